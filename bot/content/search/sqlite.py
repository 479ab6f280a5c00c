"""The search index on SQLite: FTS5 for words, R*Tree for the map. What is the same on PostgreSQL is in queries.py."""

from sqlalchemy import Connection

from bot.content.search.rows import COLUMNS
from bot.content.search.words import Sought

REMOVED_AT_ONCE = 500
_TABLES = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS service_words USING fts5({', '.join(COLUMNS)}, "
    "content = '', detail = 'column', tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")",
    "CREATE VIRTUAL TABLE IF NOT EXISTS service_words_vocabulary USING fts5vocab(service_words, row)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS service_map USING rtree(id, south, north, west, east)",
)

WITH_WORDS = "service_words CROSS JOIN service_index i ON i.id = service_words.rowid WHERE service_words MATCH :match"
NEAR = (
    "EXISTS (SELECT 1 FROM service_point p WHERE p.index_id = i.id"
    " AND p.latitude BETWEEN :south AND :north AND p.longitude BETWEEN :west AND :east)"
)
IN_BOX = (
    "service_map m CROSS JOIN service_point p ON p.id = m.id CROSS JOIN service_index i ON i.id = p.index_id"
    " WHERE m.north >= :south AND m.south <= :north AND m.east >= :west AND m.west <= :east"
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


def match_of(sought: list[Sought], between: str, columns: str) -> str:
    """The words as FTS5 reads them; `between` them " OR " or " AND ".

    columns: in which of COLUMNS, with spaces between them; "": in any.
    """
    # The terms come from the index itself and hold only letters and digits; quoted, none of them is an operator.
    groups = ("(" + " OR ".join(f'"{term}"' for term in one.terms) + ")" for one in sought)
    return (f"{{{columns}}} : " if columns else "") + f"({between.join(groups)})"
