"""Measuring the directory's speed over made-up services: words, the map, and the full search. One run on one machine."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any

import numpy as np

from bot.app.synthetic_services import CITIES, SEED, SPREAD_DEGREES, synthetic_content, synthetic_questions
from bot.content.database import writing
from bot.content.records import Content
from bot.content.search.index import IndexQuery, renew
from bot.content.store import Store
from bot.errors import StoreError
from bot.skills.service_filters import Filter
from bot.skills.service_search import ServiceQuery, search_services
from bot.skills.service_vectors import ServiceVectors, Vectors

QUESTIONS = 200
DIMENSION = 384
MOMENT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday morning, where England has the same time
ASKED = (Filter.FREE, Filter.WALK_IN, Filter.STEP_FREE, Filter.OPEN_NOW, Filter.NO_PAPERS)

Say = Callable[[str], None]


def measure_directory(url: str, numbers: list[int], say: Say) -> list[dict[str, Any]]:
    """Figures for each number of services, in milliseconds. The database at `url` must be empty, and is left so.

    Raises StoreError.
    """
    with Store(url) as store:
        store.migrate()
        if not store.is_empty():
            raise StoreError("The database for measuring holds services; name an empty one.")
        try:
            return [_measure(store, number, say) for number in numbers]
        finally:
            _fill(store, synthetic_content(0), say)


def _measure(store: Store, number: int, say: Say) -> dict[str, Any]:
    say(f"{number} services: making them and the index")
    content = synthetic_content(number)
    started = time.perf_counter()
    _fill(store, content, say)
    built = time.perf_counter() - started
    asked = synthetic_questions(QUESTIONS)
    points = _points(QUESTIONS)
    say(f"{number} services: asking")
    return {
        "services": number,
        "index_s": round(built, 1),
        "text_ms": _timed(lambda n: store.find_services(IndexQuery(words=asked[n]))),
        "near_ms": _timed(lambda n: store.find_services(IndexQuery(position=points[n], limit=20))),
        "full_ms": _full(store, content, asked, points, None),
        "full_with_meaning_ms": _full(store, content, asked, points, _vectors(content)),
    }


def _fill(store: Store, content: Content, say: Say) -> None:
    with writing(store.engine) as connection:
        renew(connection, content, MOMENT, lambda done, total: say(f"  {done} of {total}"))
    # A store that was asked before must read the new index's words.
    store.close()
    store.open()


def _full(
    store: Store,
    content: Content,
    asked: list[str],
    points: list[tuple[float, float]],
    vectors: ServiceVectors | None,
) -> dict[str, float]:
    chance = random.Random(SEED + 2)
    meanings = np.random.default_rng(SEED).standard_normal((len(asked), DIMENSION)).astype(np.float32)
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    queries = [
        ServiceQuery(
            at=MOMENT,
            text=text,
            meaning=meaning if vectors else None,
            city=chance.choice(list(CITIES)),
            position=point,
            filters=frozenset(chance.sample(ASKED, 2)),
            audience=chance.choice((None, "AS", "RF")),
            language=chance.choice(("en", "ar", "pl")),
        )
        for text, meaning, point in zip(asked, meanings, points, strict=True)
    ]
    return _timed(lambda n: search_services(queries[n], content, store.find_services, vectors))


def _vectors(content: Content) -> ServiceVectors:
    """Vectors without a meaning: multiplying takes as long with them."""
    matrix = np.random.default_rng(SEED).standard_normal((len(content.services), DIMENSION), dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return ServiceVectors(Vectors(list(content.services), matrix))


def _points(number: int) -> list[tuple[float, float]]:
    chance = random.Random(SEED + 3)
    middles = [chance.choice(list(CITIES.values())) for _ in range(number)]
    return [tuple(chance.gauss(degrees, SPREAD_DEGREES / 2) for degrees in middle) for middle in middles]


def _timed(ask: Callable[[int], object]) -> dict[str, float]:
    times = []
    for number in [0, 1, 2, *range(QUESTIONS)]:  # the first ones only warm up
        started = time.perf_counter()
        ask(number)
        times.append((time.perf_counter() - started) * 1000)
    times = times[3:]
    return {"p50": round(median(times), 2), "p95": round(quantiles(times, n=20)[-1], 2)}
