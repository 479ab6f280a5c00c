"""The tables that remember what was last read from each neighbour's feed. The records themselves are in services.py."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.content.models.base import Base, id_column


class Feed(Base):
    """A neighbour whose services were taken in: `id` is the name that begins the ids of its records."""

    __tablename__ = "feed"
    id: Mapped[str] = id_column()
    url: Mapped[str]
    licence: Mapped[str]
    last_run: Mapped[datetime]


class FeedBaseline(Base):
    """The digest of each record as the feed and the database last had it in common; the record may be gone since."""

    __tablename__ = "feed_baseline"
    feed_id: Mapped[str] = mapped_column(String(120), ForeignKey("feed.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(60), primary_key=True)
    record_id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64))
