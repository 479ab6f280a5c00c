"""The number that grows with every change of content, by which readers see that their copy is old."""

from sqlalchemy import Connection, insert, select, text, update

from bot.content.models import ContentRevision

CONTENT_LOCK = 727_002  # on PostgreSQL all writers of content take this lock; SQLite has one writer at a time anyway


def read_revision(connection: Connection) -> int:
    """The present revision; 0 where nothing was ever stored."""
    return connection.scalar(select(ContentRevision.revision).where(ContentRevision.id == 1)) or 0


def lock_content(connection: Connection) -> None:
    """Wait until no other process changes content; the lock ends with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CONTENT_LOCK})


def raise_revision(connection: Connection) -> int:
    """Add one and return the new revision. Whoever changes content calls this in the same transaction."""
    revision = read_revision(connection) + 1
    if revision == 1:
        connection.execute(insert(ContentRevision).values(id=1, revision=1))
    else:
        connection.execute(update(ContentRevision).where(ContentRevision.id == 1).values(revision=revision))
    return revision
