"""The search index on SQLite: FTS5 for words, R*Tree for the map. Which words and how far is decided in index.py."""

from sqlalchemy import Connection

from bot.content.search.filters import prepared, where
from bot.content.search.map_points import Box
from bot.content.search.rows import COLUMNS
from bot.content.search.words import Sought

MOST_POINTS = 2000
REMOVED_AT_ONCE = 500
_TABLES = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS service_words USING fts5({', '.join(COLUMNS)}, "
    "content = '', detail = 'column', tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")",
    "CREATE VIRTUAL TABLE IF NOT EXISTS service_words_vocabulary USING fts5vocab(service_words, row)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS service_map USING rtree(id, south, north, west, east)",
)


def create(connection: Connection) -> None:
    """Make the virtual tables where they are missing."""
    for table in _TABLES:
        connection.exec_driver_sql(table)


def remove(connection: Connection, numbers: list[int]) -> None:
    """Take services out, by their numbers in the index."""
    for start in range(0, len(numbers), REMOVED_AT_ONCE):
        part = tuple(numbers[start : start + REMOVED_AT_ONCE])
        marks = ", ".join("?" * len(part))
        _forget_words(connection, part, marks)
        for statement in (
            f"DELETE FROM service_map WHERE id IN (SELECT id FROM service_point WHERE index_id IN ({marks}))",
            f"DELETE FROM service_point WHERE index_id IN ({marks})",
            f"DELETE FROM service_index WHERE id IN ({marks})",
        ):
            connection.exec_driver_sql(statement, part)


def _forget_words(connection: Connection, numbers: tuple[int, ...], marks: str) -> None:
    """The full text keeps no texts of its own, and must be told what it holds of a service to forget it."""
    rows = connection.exec_driver_sql(f"SELECT id, words FROM service_index WHERE id IN ({marks})", numbers).all()
    names = ", ".join(COLUMNS)
    marks = ", ".join("?" * len(COLUMNS))
    if rows:
        connection.exec_driver_sql(
            f"INSERT INTO service_words (service_words, rowid, {names}) VALUES ('delete', ?, {marks})",
            [(number, *words.split("\n")) for number, words in rows],
        )


def put_words(connection: Connection, rows: list[tuple[int, str]]) -> None:
    """Add the words of services: number, and a line of words for each of COLUMNS."""
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    statement = f"INSERT INTO service_words (rowid, {', '.join(COLUMNS)}) VALUES ({marks})"
    connection.exec_driver_sql(statement, [(number, *words.split("\n")) for number, words in rows])


def put_points(connection: Connection, points: list[tuple[int, int, tuple[float, float]]]) -> None:
    """Add points: number of the point, number of the service, latitude and longitude."""
    connection.exec_driver_sql(
        "INSERT INTO service_point (id, index_id, latitude, longitude) VALUES (?, ?, ?, ?)",
        [(number, service, *place) for number, service, place in points],
    )
    connection.exec_driver_sql(
        "INSERT INTO service_map VALUES (?, ?, ?, ?, ?)",
        [(number, lat, lat, lon, lon) for number, _, (lat, lon) in points],
    )


def count_words(connection: Connection) -> None:
    """Fill `search_term` from the words that are there."""
    connection.exec_driver_sql(
        "INSERT INTO search_term (term, documents) SELECT term, doc FROM service_words_vocabulary"
    )


def matching(
    connection: Connection, given: dict, sought: list[Sought], between: str, box: Box | None, columns: str
) -> list[tuple[int, str, str]]:
    """Number, service id and words of services that hold one of the words (" OR " between them), or all (" AND ").

    columns: in which of COLUMNS, with spaces between them; "": in any.
    """
    condition, values = where(given)
    inside = ""
    if box:
        inside = (
            " AND EXISTS (SELECT 1 FROM service_point p WHERE p.index_id = i.id"
            " AND p.latitude BETWEEN :south AND :north AND p.longitude BETWEEN :west AND :east)"
        )
        values |= vars(box)
    # The terms come from the index itself and hold only letters and digits; quoted, none of them is an operator.
    groups = ("(" + " OR ".join(f'"{term}"' for term in one.terms) + ")" for one in sought)
    values["match"] = (f"{{{columns}}} : " if columns else "") + f"({between.join(groups)})"
    found = connection.execute(
        prepared(
            "SELECT i.id, i.service_id, i.words FROM service_words"
            " CROSS JOIN service_index i ON i.id = service_words.rowid"
            f" WHERE service_words MATCH :match AND {condition}{inside} LIMIT :limit"
        ),
        values,
    )
    return found.tuples().all()


def inside(connection: Connection, given: dict, box: Box) -> list[tuple[int, str, float, float]]:
    """Number, service id, latitude and longitude of points in a box."""
    condition, values = where(given)
    found = connection.execute(
        prepared(
            "SELECT i.id, i.service_id, p.latitude, p.longitude FROM service_map m"
            " CROSS JOIN service_point p ON p.id = m.id CROSS JOIN service_index i ON i.id = p.index_id"
            " WHERE m.north >= :south AND m.south <= :north AND m.east >= :west AND m.west <= :east"
            f" AND {condition} LIMIT :most"
        ),
        values | vars(box) | {"most": MOST_POINTS},
    )
    return found.tuples().all()


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
