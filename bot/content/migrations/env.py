"""Run by Alembic inside a transaction that bot/content/database.py began. No settings are read here."""

from alembic import context

from bot.content.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot change most columns in place
    transactional_ddl=False,  # the caller's transaction holds all steps: they happen together or not at all
)
context.run_migrations()
