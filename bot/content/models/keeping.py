"""What the database remembers of its own content: what the pack last held, and the number of changes."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.content.models.base import Base, id_column


class PackBaseline(Base):
    """The digest of each record as it was last read from or written to the pack: the common ancestor of both sides."""

    __tablename__ = "pack_baseline"
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    record_id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64))


class ContentRevision(Base):
    """One row (id 1): a number that grows with every change of content."""

    __tablename__ = "content_revision"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
