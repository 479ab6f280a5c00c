"""The search index on PostgreSQL: tsvector with GIN for words, GiST over points for the map. It needs no extension, so
that an ordinary user of a hosted database can run it. What is the same on SQLite is in queries.py."""

from sqlalchemy import Connection, delete, text

from bot.content.models.search import ServiceIndex, ServicePoint
from bot.content.search.rows import COLUMNS
from bot.content.search.words import Sought

# PostgreSQL has four weights: one letter for each of the columns name, organization, description, topics and rest.
LETTERS = dict(zip(COLUMNS, "ABCDD", strict=True))
LAST_POSITION = 16383  # of a word in a tsvector
_TABLES = (
    "CREATE TABLE IF NOT EXISTS service_words (id integer PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS service_words_words ON service_words USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX IF NOT EXISTS service_point_place ON service_point USING gist (point(longitude, latitude))",
)

WITH_WORDS = "service_words w JOIN service_index i ON i.id = w.id WHERE w.words @@ :match ::tsquery"
# Not EXISTS, which the planner would begin with: it takes the box for small, and looks at a whole city first.
NEAR = (
    "(SELECT bool_or(p.latitude BETWEEN :south AND :north AND p.longitude BETWEEN :west AND :east)"
    " FROM service_point p WHERE p.index_id = i.id)"
)
IN_BOX = (
    "service_point p JOIN service_index i ON i.id = p.index_id"
    " WHERE point(p.longitude, p.latitude) <@ box(point(:west, :south), point(:east, :north))"
)


def create(connection: Connection) -> None:
    """Make the table of words and the indexes where they are missing."""
    connection.exec_driver_sql("SET LOCAL client_min_messages = warning")
    for table in _TABLES:
        connection.exec_driver_sql(table)


def remove(connection: Connection, numbers: list[int]) -> None:
    """Take services out, by their numbers in the index."""
    if not numbers:
        return
    connection.execute(text("DELETE FROM service_words WHERE id = ANY(:numbers)"), {"numbers": numbers})
    connection.execute(delete(ServicePoint).where(ServicePoint.index_id.in_(numbers)))
    connection.execute(delete(ServiceIndex).where(ServiceIndex.id.in_(numbers)))


def put_words(connection: Connection, rows: list[tuple[int, str]]) -> None:
    """Add the words of services: number, and a line of words for each of COLUMNS."""
    connection.execute(
        text(
            "INSERT INTO service_words (id, words) SELECT * FROM unnest(:ids ::int[], (:words) ::text[] ::tsvector[])"
        ),
        {"ids": [number for number, _ in rows], "words": [_vector(words) for _, words in rows]},
    )


def _vector(lines: str) -> str:
    """The words in the form that PostgreSQL itself writes; its parser would cut them otherwise than SQLite's."""
    position, parts = 0, []
    for column, words in zip(COLUMNS, lines.split("\n"), strict=True):
        for word in words.split():
            position = min(position + 1, LAST_POSITION)
            parts.append(f"'{word}':{position}{LETTERS[column]}")
    return " ".join(parts)


def put_points(connection: Connection, points: list[tuple[int, int, tuple[float, float]]]) -> None:
    """Add points: number of the point, number of the service, latitude and longitude."""
    connection.execute(
        text(
            "INSERT INTO service_point (id, index_id, latitude, longitude) SELECT * FROM unnest(:numbers ::int[],"
            " :services ::int[], :latitudes ::float8[], :longitudes ::float8[])"
        ),
        {
            "numbers": [number for number, _, _ in points],
            "services": [service for _, service, _ in points],
            "latitudes": [place[0] for _, _, place in points],
            "longitudes": [place[1] for _, _, place in points],
        },
    )


def count_words(connection: Connection) -> None:
    """Fill `search_term` from the words that are there."""
    connection.exec_driver_sql(
        "INSERT INTO search_term (term, documents) SELECT word, ndoc FROM ts_stat('SELECT words FROM service_words')"
    )
    for table in ("service_words", "service_point", "service_index"):
        connection.exec_driver_sql(f"ANALYZE {table}")


def match_of(sought: list[Sought], between: str, columns: str) -> str:
    """The words as a tsquery; `between` them " OR " or " AND ".

    columns: in which of COLUMNS, with spaces between them; "": in any.
    """
    # The terms come from the index itself and hold only letters and digits; quoted, none of them is an operator.
    letters = "".join(LETTERS[column] for column in columns.split())
    mark = f":{letters}" if letters else ""
    groups = ("(" + " | ".join(f"'{term}'{mark}" for term in one.terms) + ")" for one in sought)
    return {" AND ": " & ", " OR ": " | "}[between].join(groups)
