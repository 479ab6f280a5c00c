"""The migrations make exactly the tables of the models."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.content.database import MIGRATIONS, writing
from bot.content.models import Base
from bot.content.packs import import_pack
from bot.content.store import Store, migrate
from bot.errors import StoreError


def test_the_migrated_tables_equal_the_models(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(url):
    migrate(url)
    migrate(url)
    with Store(url) as store:
        assert store.is_empty()


def test_a_database_of_a_newer_version_is_refused(store):
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        store.migrate()


def test_a_folder_with_a_percent_sign_in_its_name_is_no_obstacle(tmp_path):
    migrate(f"sqlite:///{tmp_path}/50%25/desk.db")
    with Store(f"sqlite:///{tmp_path}/50%25/desk.db") as store:
        assert store.is_empty()


def test_an_older_database_keeps_its_answers_and_its_next_import_brings_only_what_it_could_not_hold(filled, pack, edit):
    before = filled.content().answers
    with writing(filled.engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    filled.migrate()
    with Store(str(filled.engine.url)) as again:
        assert again.content().answers == before
        report = import_pack(again, pack)
    later = ("conditions", "gazetteer", "notices", "practices", "required_documents")
    assert report.added and all(key.startswith(later) for key in report.added)
    assert (report.changed, report.removed) == ((), ())
    assert report.kept == ("schedules/nhs-111-schedule-1", "services/nhs-111")
