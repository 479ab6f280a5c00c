"""The migrations make exactly the tables of the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.content.database import writing
from bot.content.models import Base
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
