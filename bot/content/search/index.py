"""The search index behind one interface: which services may fit, how well their words do, and how far they are.

It holds nothing that the content does not, and is renewed when the content's revision has moved. Ranking is in
skills/service_search.py; the SQL in queries.py, and of each database in sqlite.py and postgresql.py.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nlargest, nsmallest
from itertools import accumulate, islice

from sqlalchemy import Connection, delete, insert, select

from bot.content.models.search import SearchState, SearchTerm, ServiceIndex, ServicePoint
from bot.content.records import Content
from bot.content.revision import read_revision
from bot.content.search import postgresql, queries, sqlite
from bot.content.search.map_points import box_around, miles_between
from bot.content.search.rows import NAMES, WEIGHTS, IndexRow, bits, digest_of, index_row, layout_of
from bot.content.search.words import Sought, Vocabulary, words_score

Progress = Callable[[int, int], None]  # services written, services to write

MOST_CANDIDATES = 200  # for an answer to a person; who asks without a limit gets all that fit
ROWS_AT_ONCE = 2000
FIRST_RING_MILES = 0.1
FURTHEST_MILES = 200.0  # from any place of the desk, all of England
NEAR_WORDS_MILES = 5.0  # so near, the words of a question are looked for once more, where they are frequent
MOST_MATCHES = 400  # words that stand in more services than this are not looked for alone, where there are rarer ones
SCORED_FOR_EACH = 4  # so many matches are looked at for each one that is wanted
_ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class IndexQuery:
    """What to look for. Everything given must hold, except that `ids` are looked at beside what the words find.

    words: any text; areas, topics: one of them is enough; position: latitude and longitude in degrees.
    flags: names of FLAGS that must not be known to be untrue, those known to be true come first; refused: names of
    which one at least is known to be untrue; language: BCP 47 code of a language that is spoken there.
    limit: so many are wanted, the best for the words; None: every service that holds one of the words, however many.
    """

    words: str = ""
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    position: tuple[float, float] | None = None
    within_miles: float | None = None
    flags: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    language: str | None = None
    ids: tuple[str, ...] = ()
    limit: int | None = 60


@dataclass(frozen=True)
class Candidate:
    """A service that may fit. `words`: how much of the question it holds, 0 to 1; `miles`: None without a place."""

    service_id: str
    words: float = 0.0
    miles: float | None = None


class SearchIndex:
    """Finds in an index and renews it. Keeps the index's vocabulary in memory; safe from several threads."""

    def __init__(self) -> None:
        self._vocabulary: tuple[int, Vocabulary] | None = None

    def is_fresh(self, connection: Connection) -> bool:
        """Whether the index is of the content's present revision."""
        state = _state(connection)
        return state is not None and state.revision == read_revision(connection)

    def find(self, connection: Connection, query: IndexQuery) -> list[Candidate] | None:
        """The candidates, in no order that matters; None where the index must be renewed first."""
        state = _state(connection)
        if state is None or state.revision != read_revision(connection):
            return None
        most = state.services if query.limit is None else min(query.limit, MOST_CANDIDATES)
        search = _Search(connection, replace(query, limit=max(1, most)), self._words(connection, state))
        return search.candidates(everything=query.limit is None)

    def _words(self, connection: Connection, state) -> Vocabulary:
        kept = self._vocabulary
        if kept is None or kept[0] != state.revision:
            rows = connection.execute(select(SearchTerm.term, SearchTerm.documents))
            kept = (state.revision, Vocabulary(dict(rows.tuples().all()), state.services))
            self._vocabulary = kept
        return kept[1]


def renew(connection: Connection, content: Content, now: datetime, progress: Progress | None = None) -> int:
    """Bring the index to `content`, in the caller's transaction; returns how many services were written anew.

    now: the moment that services get which were changed since the index was last renewed.
    """
    engine, layout = _ENGINES[connection.dialect.name], layout_of(content)
    engine.create(connection)
    state = _state(connection)
    rows = connection.execute(
        select(ServiceIndex.service_id, ServiceIndex.id, ServiceIndex.digest, ServiceIndex.modified_at)
    )
    known = {row.service_id: row for row in rows}
    same_layout = state is not None and state.layout == layout
    digests = {key: digest_of(service) for key, service in content.services.items()}
    stays = {key for key, row in known.items() if same_layout and digests.get(key) == row.digest}
    engine.remove(connection, [row.id for key, row in known.items() if key not in stays])
    moments = {key: row.modified_at for key, row in known.items() if digests.get(key) == row.digest}
    new = [key for key in content.services if key not in stays]
    made = (index_row(content.services[key], digests[key], content.topics) for key in new)
    _write(connection, engine, made, moments, now, len(new), progress or (lambda done, total: None))
    _finish(connection, engine, content, layout, changed=bool(new) or len(stays) != len(known))
    return len(new)


def _write(
    connection, engine, rows: Iterator[IndexRow], moments, now: datetime, total: int, progress: Progress
) -> None:
    number = connection.scalar(select(ServiceIndex.id).order_by(ServiceIndex.id.desc()).limit(1)) or 0
    point = connection.scalar(select(ServicePoint.id).order_by(ServicePoint.id.desc()).limit(1)) or 0
    done = 0
    while part := list(islice(rows, ROWS_AT_ONCE)):
        numbered = list(enumerate(part, number + 1))
        points = [(index, place) for index, row in numbered for place in row.points]
        connection.execute(insert(ServiceIndex), [_columns(n, row, moments, now) for n, row in numbered])
        engine.put_words(connection, [(n, row.words) for n, row in numbered])
        if points:
            engine.put_points(connection, [(point + k, *one) for k, one in enumerate(points, 1)])
        number, point, done = number + len(part), point + len(points), done + len(part)
        progress(done, total)


def _columns(number: int, row: IndexRow, moments: dict[str, datetime], now: datetime) -> dict:
    return {
        "id": number,
        "service_id": row.service_id,
        "digest": row.digest,
        "modified_at": moments.get(row.service_id, now),
        "yes": row.yes,
        "no": row.no,
        "areas": row.areas,
        "topics": row.topics,
        "spoken": row.spoken,
        "words": row.words,
    }


def _finish(connection: Connection, engine, content: Content, layout: str, changed: bool) -> None:
    if changed:
        connection.execute(delete(SearchTerm))
        engine.count_words(connection)
    connection.execute(delete(SearchState))
    connection.execute(
        insert(SearchState).values(id=1, revision=content.revision, layout=layout, services=len(content.services))
    )


def _rare(sought: list[Sought]) -> list[Sought]:
    """The rarest words, as many as stand in few services together, but one at least."""
    documents = accumulate(one.documents for one in sought)
    return [
        one for n, (one, so_far) in enumerate(zip(sought, documents, strict=True)) if n == 0 or so_far <= MOST_MATCHES
    ]


def modified_moments(connection: Connection) -> dict[str, datetime]:
    """When each service was last seen changed, by its id."""
    return dict(connection.execute(select(ServiceIndex.service_id, ServiceIndex.modified_at)).tuples().all())


def _state(connection: Connection):
    return connection.execute(select(SearchState.__table__).where(SearchState.id == 1)).first()


class _Search:
    """One question to one database."""

    def __init__(self, connection: Connection, query: IndexQuery, vocabulary: Vocabulary) -> None:
        self._connection, self._query, self._vocabulary = connection, query, vocabulary
        self._engine = _ENGINES[connection.dialect.name]
        self._numbers: dict[int, tuple[str, float]] = {}  # number in the index -> service id, score of its words
        self._miles: dict[int, float] = {}

    def candidates(self, everything: bool) -> list[Candidate]:
        query = self._query
        if query.words.strip():
            sought = self._vocabulary.sought(query.words)
            if everything:
                self._match(sought, sought, " OR ", None)
            else:
                self._by_words(sought)
        elif query.position:
            self._by_position()
        elif not query.ids:
            self._add(queries.listed(self._connection, self._filter()))
        if query.ids:
            self._add(queries.named(self._connection, self._filter(), list(query.ids)))
        return self._measured()

    def _filter(self) -> dict:
        """What the SQL of both databases has in common, as names and values."""
        query = self._query
        return {
            "areas": query.areas,
            "topics": query.topics,
            "language": query.language,
            "wanted": bits(query.flags),
            "refused": bits(query.refused),
            "limit": query.limit,
        }

    def _add(self, rows: Iterable[tuple]) -> None:
        for number, service_id, score in rows:
            before = self._numbers.get(number, (service_id, 0.0))[1]
            self._numbers[number] = (service_id, max(before, min(1.0, score)))

    def _by_words(self, sought: list[Sought]) -> None:
        """What holds all words, then what holds one of the rarer ones, first in its name.

        Near places get a look of their own, because there may be many that fit as well further away.
        """
        near = box_around(self._query.position, NEAR_WORDS_MILES) if self._query.position else None
        rare = _rare(sought)
        for box in (near, None) if near else (None,):
            if len(rare) < len(sought) and self._match(sought, sought, " AND ", box):
                continue
            frequent = bool(rare) and rare[0].documents > MOST_MATCHES
            if not (frequent and self._match(sought, rare, " OR ", box, NAMES)):
                self._match(sought, rare, " OR ", box)

    def _match(self, sought: list[Sought], some: list[Sought], between: str, box, columns: str = "") -> bool:
        """Add what matches some of the words; True where there is as much as was wanted."""
        if not some:
            return True
        most = SCORED_FOR_EACH * self._query.limit
        given = self._filter() | {"limit": most}
        rows = queries.matching(self._connection, self._engine, given, some, between, box, columns)
        scored = [(number, key, words_score(sought, words.split("\n"), WEIGHTS)) for number, key, words in rows]
        self._add(nlargest(self._query.limit, scored, key=lambda row: row[2]))
        return len(rows) >= self._query.limit

    def _by_position(self) -> None:
        """Rings that grow until enough services are inside."""
        reach = min(self._query.within_miles or FURTHEST_MILES, FURTHEST_MILES)
        miles = min(FIRST_RING_MILES, reach)
        while True:
            rows = queries.inside(
                self._connection, self._engine, self._filter(), box_around(self._query.position, miles)
            )
            nearest: dict[int, tuple[float, str]] = {}
            for number, service_id, latitude, longitude in rows:
                away = miles_between(self._query.position, (latitude, longitude))
                if away <= miles:
                    nearest[number] = min((away, service_id), nearest.get(number, (away, service_id)))
            if len(nearest) >= self._query.limit or miles >= reach:
                break
            # A ring with few services in it is left behind faster than one that is nearly full.
            miles = min(miles * (2 if len(nearest) > 5 else 4), reach)
        for number, (away, service_id) in nsmallest(self._query.limit, nearest.items(), key=lambda item: item[1]):
            self._numbers[number] = (service_id, 0.0)
            self._miles[number] = away

    def _measured(self) -> list[Candidate]:
        distances = self._distances() if self._query.position else {}
        found = [
            Candidate(service_id, score, distances.get(number)) for number, (service_id, score) in self._numbers.items()
        ]
        if self._query.within_miles is None or not self._query.position:
            return found
        return [one for one in found if one.miles is not None and one.miles <= self._query.within_miles]

    def _distances(self) -> dict[int, float]:
        """Miles to the nearest place of each service that was found; no entry for one without a place."""
        unknown = [number for number in self._numbers if number not in self._miles]
        nearest = dict(self._miles)
        for number, latitude, longitude in queries.points_of(self._connection, unknown) if unknown else ():
            miles = miles_between(self._query.position, (latitude, longitude))
            nearest[number] = min(miles, nearest.get(number, miles))
        return nearest
