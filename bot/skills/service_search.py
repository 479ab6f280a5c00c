"""Finding services: by words, meaning, topic, place and wishes; each result says why, and what was left out is told.

The index (SQL) and the vectors (encoder) are passed in; weights are in service_ranking.py, filters in service_filters.py.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from bot.content.records import Content, Service
from bot.content.search.index import Candidate, IndexQuery
from bot.content.search.words import words_of
from bot.skills import service_ranking as ranking
from bot.skills.eligibility import LeftOut, suits
from bot.skills.opening_hours import OpenState, london, state
from bot.skills.search import NATIONAL, REGION
from bot.skills.service_filters import OF_TIME, Filter, fulfils
from bot.skills.service_ranking import Signals, Wishes
from bot.skills.service_vectors import ServiceVectors

Index = Callable[[IndexQuery], list[Candidate]]  # Store.find_services

MOST_CANDIDATES = 60
LOOKED_AT = 40  # so many of the best are asked for their opening hours, for as many filters as there are
MOST_LEFT_OUT = 5
RELEVANT = 0.5  # of the best fit; what fits less comes after all that fits more


@dataclass(frozen=True)
class ServiceQuery:
    """What a person looks for.

    text: any words; meaning: the text's vector, float32, shape (dimension,), length 1; topics: one of them; city: id;
    position: latitude and longitude in degrees; audience: AS, RF, VH, EU or UN; language: BCP 47; at: with time zone.
    """

    at: datetime
    text: str = ""
    meaning: np.ndarray | None = field(default=None, compare=False)
    topics: tuple[str, ...] = ()
    city: str | None = None
    position: tuple[float, float] | None = None
    within_miles: float | None = None
    audience: str | None = None
    filters: frozenset[Filter] = frozenset()
    language: str | None = None
    limit: int = 10


@dataclass(frozen=True)
class Hit:
    """A service that was found. reasons: codes, such as WORDS, NEAR or FREE; UNSURE_FREE: nobody knows whether it is.

    `opening` is None where it was not looked at.
    """

    service: Service
    score: float
    miles: float | None
    opening: OpenState
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What was found, best first; some that fit but for one wish; and which wishes were given up to find anything:
    "distance", "city", "hours", in this order."""

    hits: tuple[Hit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    widened: tuple[str, ...] = ()


def search_services(
    query: ServiceQuery, content: Content, index: Index, vectors: ServiceVectors | None = None
) -> Found:
    """The services that fit best. Where nothing does, wishes are given up one after the other, and that is told."""
    near = Nearness()
    if vectors is not None and query.meaning is not None:
        near = Nearness(ranking.in_steps(vectors.own(query.meaning)), ranking.in_steps(vectors.pointed(query.meaning)))
    left_out: tuple[LeftOut, ...] = ()
    for widened, wider in _wider(query):
        search = _Search(wider, content, index, near)
        hits = search.hits()
        left_out = left_out or tuple(search.left_out[:MOST_LEFT_OUT])
        if hits:
            return Found(hits, left_out, widened)
    return Found(left_out=left_out)


def _wider(query: ServiceQuery) -> Iterator[tuple[tuple[str, ...], ServiceQuery]]:
    """The query, then with less and less asked."""
    yield (), query
    given_up: tuple[str, ...] = ()
    for name, asked, without in (
        ("distance", query.within_miles is not None, {"within_miles": None}),
        ("city", query.city is not None, {"city": None}),
        ("hours", bool(query.filters & OF_TIME), {"filters": query.filters - OF_TIME}),
    ):
        if asked:
            given_up, query = (*given_up, name), replace(query, **without)
            yield given_up, query


@dataclass(frozen=True)
class Nearness:
    """How near services are in meaning, 0 to 1, by id: by their own words, and by questions that lead to them."""

    own: dict[str, float] = field(default_factory=dict)
    pointed: dict[str, float] = field(default_factory=dict)


class _Search:
    """One try with one query."""

    def __init__(self, query: ServiceQuery, content: Content, index: Index, near: Nearness) -> None:
        self._query, self._content, self._index = query, content, index
        self._near = near
        today = query.at.astimezone(london()).date()
        self._wishes = Wishes(query.city, query.audience, query.language, today)
        self._flags = sorted((one for one in query.filters - OF_TIME), key=lambda one: one.value)
        self._times = sorted((one for one in query.filters & OF_TIME), key=lambda one: one.value)
        self.left_out: list[LeftOut] = []

    def hits(self) -> tuple[Hit, ...]:
        """The best, in order."""
        ranked = self._in_order(self._candidates())
        hits = self._opened(ranked)
        self._note_refused()
        return tuple(hit for _, hit in sorted(hits, key=lambda pair: pair[0])[: self._query.limit])

    def _candidates(self) -> list[tuple[Service, Signals]]:
        query, found = self._query, {}
        asked = IndexQuery(
            words=query.text,
            topics=query.topics,
            areas=(query.city, REGION, NATIONAL) if query.city else (),
            position=query.position,
            within_miles=query.within_miles,
            flags=frozenset(one.value for one in self._flags),
            ids=tuple(dict.fromkeys([*self._near.own, *self._near.pointed])),
            limit=MOST_CANDIDATES,
        )
        for candidate in self._index(asked):
            service = self._content.services.get(candidate.service_id)
            if service is None:  # the index knows of an import that the caller's content is too old for
                continue
            if suits(service.conditions, query.audience) is False:
                self.left_out.append(LeftOut(service, "audience"))
                continue
            found[service.id] = (service, self._signals(candidate))
        return list(found.values())

    def _signals(self, candidate: Candidate) -> Signals:
        return Signals(
            words=candidate.words,
            meaning=self._near.own.get(candidate.service_id, 0.0),
            pointed=self._near.pointed.get(candidate.service_id, 0.0),
            topic=bool(self._query.topics),
            miles=candidate.miles,
        )

    def _in_order(self, candidates: Iterable[tuple[Service, Signals]]) -> list[tuple[tuple, Service, Signals]]:
        """By group, then by score. The first group fits, is not far away and surely fulfils all wishes; the others are for
        those of which one wish, two wishes are not known, and last for what fits badly or is far away."""
        fits = [(ranking.fit(signals), service, signals) for service, signals in candidates]
        enough = RELEVANT * max((fit for fit, _, _ in fits), default=0.0)
        ranked = []
        for fit, service, signals in fits:
            if fit <= 0.0:
                continue
            unsure = sum(fulfils(service, wish, self._query.at) is None for wish in self._flags)
            group = (fit < enough or (signals.miles or 0) > ranking.FAR_MILES, unsure)
            ranked.append(((*group, -fit - ranking.standing(service, signals, self._wishes)), service, signals))
        return sorted(ranked, key=lambda one: (one[0], one[1].id))

    def _opened(self, ranked: list[tuple[tuple, Service, Signals]]) -> list[tuple[tuple, Hit]]:
        """The best with their opening hours, as long as it takes to have enough that are surely open when wanted."""
        hits: list[tuple[tuple, Hit]] = []
        sure = 0
        enough = self._query.limit if self._times else 2 * self._query.limit
        for (last, unsure, score), service, signals in ranked[: max(LOOKED_AT, enough)]:
            if sure >= enough:
                break
            times = {wish: fulfils(service, wish, self._query.at) for wish in self._times}
            if refused := next((wish for wish, known in times.items() if known is False), None):
                self.left_out.append(LeftOut(service, refused.value))
                continue
            opening = state(service, self._query.at)
            unsure += sum(known is None for known in times.values())
            sure += None not in times.values()
            bonus = ranking.OPEN_NOW if opening.open else 0.0
            hit = Hit(
                service, round(bonus - score, 4), signals.miles, opening, self._why(service, signals, opening, times)
            )
            hits.append(((last, unsure, score - bonus), hit))
        return hits

    def _why(self, service: Service, signals: Signals, opening: OpenState, times: dict) -> tuple[str, ...]:
        codes = ranking.reasons(service, signals, self._wishes)
        if self._is_named(service):
            codes = ["NAME", *(code for code in codes if code != "WORDS")]
        if opening.open:
            codes.append("OPEN_NOW")
        known = {wish: fulfils(service, wish, self._query.at) for wish in self._flags} | times
        codes += [wish.name if fulfilled else f"UNSURE_{wish.name}" for wish, fulfilled in known.items()]
        return tuple(dict.fromkeys(codes))

    def _is_named(self, service: Service) -> bool:
        """Whether the text holds the whole name of the service or of who runs it."""
        said = f" {' '.join(words_of(self._query.text))} "
        names = (" ".join(words_of(name)) for name in (service.name, service.organization))
        return any(name and f" {name} " in said for name in names)

    def _note_refused(self) -> None:
        """Services that would have fitted but for a filter, with that filter as the reason."""
        if not self._flags:
            return
        names = frozenset(one.value for one in self._flags)
        query = IndexQuery(
            words=self._query.text,
            topics=self._query.topics,
            areas=(self._query.city, REGION, NATIONAL) if self._query.city else (),
            refused=names,
            limit=MOST_LEFT_OUT,
        )
        for candidate in sorted(self._index(query), key=lambda one: -one.words):
            service = self._content.services.get(candidate.service_id)
            if service:
                reason = next(one for one in self._flags if fulfils(service, one, self._query.at) is False)
                self.left_out.append(LeftOut(service, reason.value))
