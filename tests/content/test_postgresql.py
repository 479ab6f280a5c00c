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
from bot.content.postcodes.importing import import_postcodes
from bot.content.reports import Report
from bot.content.reviews import Confirmation
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


def test_reports_are_counted_and_closed_by_a_confirmation_on_postgresql(server, pack):
    import_pack(server, pack)
    today = date(2026, 11, 22)
    for language in ("so", "ar"):
        assert server.add_report(Report("services", "nhs-111", "phone", "web", language), today)
    assert [(report.record_id, report.times) for report in server.reports()] == [("nhs-111", 2)]
    assert server.confirm_record("nhs-111", Confirmation(today)).closed_reports == 1
    assert server.content().services["nhs-111"].provenance.checked_on == today
    assert server.purge_reports(today + timedelta(days=31)) == 1


def test_postcodes_come_in_and_are_found_on_postgresql(server, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("CV1 1FS,10,433349,278977\n", encoding="utf-8")
    second.write_text(
        "CV1 5FX,10,433668,279547\nCV1 5EJ,10,434433,279171\nCV1 5FX,10,433668,279547\n", encoding="utf-8"
    )
    now = datetime(2026, 11, 22, tzinfo=UTC)
    import_postcodes(server, first, now)
    assert import_postcodes(server, second, now).postcodes == 2
    assert server.postcode("CV1 1FS") is None
    assert abs(server.postcode("cv15fx").latitude - 52.412909) < 0.0001
    assert server.postcode("CV1 5").exactness > 100
    assert import_postcodes(server, second, now).was_there
