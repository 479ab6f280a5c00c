"""What all tables have in common: names of constraints, ids, and moments with their time zone."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, ForeignKey, MetaData, String, Text, types
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID_LENGTH = 120


class UtcDateTime(types.TypeDecorator):
    """A moment with its time zone. SQLite forgets the zone, so that moments are stored as UTC and read back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        """The moment in UTC; a moment without a time zone raises ValueError, because nobody could tell when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone before it can be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        """The moment with the time zone UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables. Constraints get fixed names, because later migrations must be able to name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text(), datetime: UtcDateTime()}


def id_column() -> Mapped[str]:
    """A primary key that people can read."""
    return mapped_column(String(ID_LENGTH), primary_key=True)


def link_to(target: str) -> Mapped[str]:
    """A column that holds the id of a record of another table; `target` is "table.column"."""
    return mapped_column(String(ID_LENGTH), ForeignKey(target), index=True)
