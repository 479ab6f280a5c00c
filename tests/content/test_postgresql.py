"""The same on a PostgreSQL server. DESK_TEST_POSTGRES names an empty database that these tests may fill and empty."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.content.database import writing
from bot.content.models import Base
from bot.content.packs import export_pack, import_pack
from bot.content.store import ConversationState, Store
from bot.content.unanswered import KEPT, OpenQuestion
from bot.errors import StoreError

SERVER = os.environ.get("DESK_TEST_POSTGRES", "")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SERVER, reason="DESK_TEST_POSTGRES is not set")]


@pytest.fixture
def server():
    """An open store on the server, with its tables and nothing in them."""
    with Store(SERVER) as store:
        with writing(store.engine) as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        store.migrate()
        yield store


def test_the_migrated_tables_equal_the_models_on_postgresql(server):
    with server.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_pack_goes_through_postgresql_without_loss(server, pack, tmp_path, read_all):
    import_pack(server, pack)
    export_pack(server, tmp_path / "copy")
    assert read_all(tmp_path / "copy") == read_all(pack)
    assert import_pack(server, pack).changed == ()
    assert list(server.content().answers) == ["housing/rent_room", "housing/council_help"]


def test_conversations_keep_their_moment_on_postgresql(server):
    now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    server.write_conversation(ConversationState("k", "ar", None, now))
    server.write_conversation(ConversationState("k", "so", "coventry", now))
    assert server.read_conversation("k") == ConversationState("k", "so", "coventry", now)
    assert server.purge_conversations(now + timedelta(seconds=1)) == 1


def test_an_import_that_fails_half_way_leaves_postgresql_as_it_was(server, pack):
    def stop(table: str, done: int, total: int) -> None:
        if table == "phones":
            raise StoreError("stop")

    with pytest.raises(StoreError):
        import_pack(server, pack, progress=stop)
    assert server.is_empty()


def test_unanswered_questions_are_counted_taken_back_and_purged_on_postgresql(server):
    today = date(2026, 11, 22)
    question = OpenQuestion("how do i get a fishing licence", "en", "unknown", (("business/trade_rules", 0.23),))
    number = server.add_question(question, today)
    assert server.add_question(question, today) == number
    assert server.add_question(question, today, [number]) == number
    (kept,) = server.questions(language="en", since=today, reason="unknown")
    assert (kept.times, kept.nearest) == (2, (("business/trade_rules", 0.23),))
    server.write_conversation(ConversationState("k", "en", None, datetime.now(UTC), {KEPT: [number]}))
    server.forget_conversation("k")
    assert server.questions()[0].times == 1
    server.resolve_question(number, "a note", today)
    assert server.questions() == []
    assert server.purge_questions(today + timedelta(days=31)) == 1
