"""The questions that are put to the index of either database. What is SQL of one of them alone comes from its module,
sqlite.py or postgresql.py; which words and how far is decided in index.py."""

from typing import Protocol

from sqlalchemy import Connection

from bot.content.search.filters import prepared, where
from bot.content.search.map_points import Box
from bot.content.search.words import Sought

MOST_POINTS = 2000


class Dialect(Protocol):
    """What differs: SQL, each to follow "FROM" but `NEAR`, which is a condition, and how words are matched."""

    WITH_WORDS: str
    IN_BOX: str
    NEAR: str

    def match_of(self, sought: list[Sought], between: str, columns: str) -> str:
        """The value of `:match` in WITH_WORDS."""


def matching(
    connection: Connection, sql: Dialect, given: dict, sought: list[Sought], between: str, box: Box | None, columns: str
) -> list[tuple[int, str, str]]:
    """Number, service id and words of services that hold one of the words (" OR " between them), or all (" AND ").

    given: the conditions, as index.py makes them; columns: in which of COLUMNS, with spaces between them; "": in any.
    """
    condition, values = where(given)
    if box:
        condition += f" AND {sql.NEAR}"
        values |= vars(box)
    statement = f"SELECT i.id, i.service_id, i.words FROM {sql.WITH_WORDS} AND {condition} LIMIT :limit"
    values["match"] = sql.match_of(sought, between, columns)
    return connection.execute(prepared(statement), values).tuples().all()


def inside(connection: Connection, sql: Dialect, given: dict, box: Box) -> list[tuple[int, str, float, float]]:
    """Number, service id, latitude and longitude of points in a box."""
    condition, values = where(given)
    statement = f"SELECT i.id, i.service_id, p.latitude, p.longitude FROM {sql.IN_BOX} AND {condition} LIMIT :most"
    return connection.execute(prepared(statement), values | vars(box) | {"most": MOST_POINTS}).tuples().all()


def points_of(connection: Connection, numbers: list[int]) -> list[tuple[int, float, float]]:
    """Number of the service, latitude and longitude of all points of these services."""
    # Whole numbers of the index itself; written out, because SQLAlchemy needs a millisecond to fill in so many values.
    listed = ", ".join(map(str, numbers))
    found = connection.exec_driver_sql(
        f"SELECT index_id, latitude, longitude FROM service_point WHERE index_id IN ({listed})"
    )
    return found.tuples().all()


def listed(connection: Connection, given: dict) -> list[tuple[int, str, float]]:
    """Number, service id and 0 of any services that fulfil the conditions, the sure ones first."""
    condition, values = where(given)
    rows: list = []
    for sure in ("(i.yes & :wanted) = :wanted", "(i.yes & :wanted) <> :wanted") if given["wanted"] else ("1 = 1",):
        statement = f"SELECT i.id, i.service_id, 0.0 FROM service_index i WHERE {sure} AND {condition} LIMIT :limit"
        if len(rows) < given["limit"]:
            rows += connection.execute(prepared(statement), values).tuples()
    return rows


def named(connection: Connection, given: dict, ids: list[str]) -> list[tuple[int, str, float]]:
    """Number, service id and 0 of those of the named services that fulfil the conditions."""
    condition, values = where(given)
    names = {f"id_{number}": service for number, service in enumerate(ids)}
    marks = ", ".join(f":{name}" for name in names)
    statement = f"SELECT i.id, i.service_id, 0.0 FROM service_index i WHERE i.service_id IN ({marks}) AND {condition}"
    return connection.execute(prepared(statement), values | names).tuples().all()
