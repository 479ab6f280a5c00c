"""The tables of the search index: all of it can be made again from the content. The engines' own tables (full text,
map) are made by search/sqlite.py and search/postgresql.py."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.content.models.base import ID_LENGTH, Base


class ServiceIndex(Base):
    """What a search must know of a service before it is read.

    `yes` and `no` hold a bit for each flag of search_index_rows.FLAGS; a flag in neither is not known. `areas`, `topics`
    and `spoken` are words with a space before and after each; `words` has a line for each of search_index_rows.COLUMNS.
    `modified_at`: when the service was last seen changed.
    """

    __tablename__ = "service_index"
    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True)
    digest: Mapped[str] = mapped_column(String(40))
    modified_at: Mapped[datetime]
    yes: Mapped[int] = mapped_column(BigInteger)
    no: Mapped[int] = mapped_column(BigInteger)
    areas: Mapped[str]
    topics: Mapped[str]
    spoken: Mapped[str]
    words: Mapped[str]


class ServicePoint(Base):
    """A point on the map where a service is; one that is in several places has several. Degrees, WGS 84."""

    __tablename__ = "service_point"
    id: Mapped[int] = mapped_column(primary_key=True)
    index_id: Mapped[int] = mapped_column(index=True)
    latitude: Mapped[float]
    longitude: Mapped[float]


class SearchTerm(Base):
    """A word of the index, and in how many services it stands."""

    __tablename__ = "search_term"
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    documents: Mapped[int]


class SearchState(Base):
    """One row (id 1): of which content revision the index is, and in which layout it was made."""

    __tablename__ = "search_state"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    layout: Mapped[str] = mapped_column(String(40))
    services: Mapped[int]


class ServiceVector(Base):
    """The meaning of a record as vectors (float32, little end first), one after the other, with a digest of their texts.

    `record_id`: such as "services/nhs-111", or "answers/housing/rent_room" for the question of an answer.
    """

    __tablename__ = "service_vector"
    record_id: Mapped[str] = mapped_column(String(2 * ID_LENGTH), primary_key=True)
    digest: Mapped[str] = mapped_column(String(40))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
