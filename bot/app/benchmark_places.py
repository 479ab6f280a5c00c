"""Measuring postcodes: how fast a file of them comes in, and how fast one is found. Figures are of one run on one machine."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.content.postcodes.importing import import_postcodes
from bot.content.store import Store
from bot.skills.whereabouts import find_place

ALL = 1_740_000  # so many has Code-Point Open
LOOK_UPS = 2_000
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those that stand in the second half of a postcode
_AREAS = tuple(f"{one}{two}" for one, two in product("ABCDEFGHLMNPRSTW", _LETTERS))
_TEXTS = (
    "b18 5",
    "i live in coventary and need a doctor",
    "أنا في كوفنتري",
    "near Selly Oak",
    "where can i learn english",
)


def measure_postcodes(
    store: Store, folder: Path, how_many: int = ALL, say: Callable[[str], None] = lambda line: None
) -> dict[str, Any]:
    """Import made-up postcodes into `store` (migrated, and emptied of others by this), and look some up.

    folder: where the made-up file may stand. Returns seconds, rows a second, and milliseconds (p50, p95) of a look-up.
    """
    path = folder / "made_up_postcodes.csv"
    say(f"writing {how_many:,} made-up postcodes")
    names = write_made_up(path, how_many)
    say("importing them")
    started = time.perf_counter()
    report = import_postcodes(store, path, datetime.now(UTC))
    seconds = time.perf_counter() - started
    say("looking them up")
    chosen = random.Random(1).sample(names, min(LOOK_UPS, len(names)))
    gazetteer = store.content().gazetteer
    return {
        "postcodes": report.postcodes,
        "import_s": round(seconds, 1),
        "rows_a_second": round(report.rows / seconds),
        "postcode_ms": _timed(store.postcode, chosen),
        "sector_ms": _timed(store.postcode, [f"{name[:-3]} {name[-3]}" for name in chosen[: LOOK_UPS // 4]]),
        "place_in_text_ms": _timed(lambda text: find_place(text, gazetteer, store.postcode), _TEXTS * 40),
    }


def write_made_up(path: Path, how_many: int) -> list[str]:
    """Write postcodes that need not exist, in the form of Code-Point Open; returns them without their spaces."""
    names = list(islice(_names(), how_many))
    with path.open("w", encoding="utf-8") as file:
        for number, name in enumerate(names):
            file.write(f'"{name[:-3]:<4}{name[-3:]}",10,{400_000 + number % 50_000},{250_000 + number // 50}\n')
    return names


def _names() -> Iterator[str]:
    for area, district, sector in product(_AREAS, range(1, 30), range(10)):
        for unit in product(_LETTERS, _LETTERS):
            yield f"{area}{district}{sector}{''.join(unit)}"


def _timed(find: Callable[[str], object], texts: list[str] | tuple[str, ...]) -> dict[str, float]:
    for text in texts[:20]:  # what is only slow once is not what people meet
        find(text)
    spent = []
    for text in texts:
        started = time.perf_counter()
        find(text)
        spent.append((time.perf_counter() - started) * 1000)
    return {"p50": round(median(spent), 3), "p95": round(quantiles(spent, n=20)[-1], 3)}
