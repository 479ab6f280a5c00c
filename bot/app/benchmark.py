"""Measuring speed: whole conversations through the whole desk, without a network. Figures are of one run on one machine."""

import asyncio
import itertools
import resource
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from bot.dialogue.components.sentence_encoder import SentenceEncoder
from bot.dialogue.engine import Desk
from bot.dialogue.messages import Incoming

# What people send in a visit: questions, buttons, a follow-up, an emergency. "#" becomes a number that never repeats,
# so that no vector is found ready.
VISIT: tuple[tuple[str, str], ...] = (
    ("text", "hello #"),
    ("button", "city:coventry"),
    ("text", "where can i learn english for free #"),
    ("button", "more:"),
    ("text", "ما عندي طبيب وأنا مريض #"),
    ("button", "near:"),
    ("text", "my landlord wants me out next month what can i do #"),
    ("button", "answer:jobs/minimum_wage"),
    ("text", "мене не реєструють у лікаря #"),
    ("text", "چطور حساب بانکی باز کنم #"),
    ("button", "topic:health"),
    ("text", "my husband hits me #"),
    ("text", "how much is the bus ticket #"),
    ("button", "person:"),
    ("text", "thank you #"),
)


@dataclass
class Sample:
    """Milliseconds of each message, by kind, and how long all took together (seconds)."""

    texts: list[float]
    buttons: list[float]
    seconds: float

    def figures(self) -> dict[str, Any]:
        both = self.texts + self.buttons
        return {
            "messages": len(both),
            "messages_a_second": round(len(both) / self.seconds, 1),
            **{
                f"{name}_ms": _percentiles(values)
                for name, values in (("all", both), ("text", self.texts), ("button", self.buttons))
            },
        }


def _percentiles(values: list[float]) -> dict[str, float]:
    return {"p50": round(median(values), 1), "p95": round(quantiles(values, n=20)[-1], 1)}


async def measure(desk: Desk, encoder: SentenceEncoder, visits: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Speed with 1, 8 and 32 conversations at once, `visits` visits each time, and the encoder alone beside it."""
    numbers = itertools.count(1000)
    await _talk(desk, 2, numbers)  # what is only slow once is not what people meet
    report = {}
    for at_once in (1, 8, 32):
        say(f"{at_once} conversations at once")
        report[f"conversations_{at_once}"] = (await _sample(desk, visits, at_once, numbers)).figures()
    report["encoder_alone_ms"] = _encoder_alone(encoder, numbers)
    report["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return report


async def _sample(desk: Desk, visits: int, at_once: int, numbers: Iterator[int]) -> Sample:
    shares = [visits // at_once + (extra < visits % at_once) for extra in range(at_once)]
    started = time.perf_counter()
    timed = await asyncio.gather(*(_talk(desk, share, numbers) for share in shares if share))
    seconds = time.perf_counter() - started
    merged = [pair for share in timed for pair in share]
    return Sample([ms for kind, ms in merged if kind == "text"], [ms for kind, ms in merged if kind != "text"], seconds)


async def _talk(desk: Desk, visits: int, numbers: Iterator[int]) -> list[tuple[str, float]]:
    timed = []
    for _ in range(visits):
        conversation = f"bench-{secrets.token_hex(8)}"
        for kind, what in VISIT:
            said = what.replace("#", str(next(numbers)))
            incoming = Incoming(conversation, said) if kind == "text" else Incoming(conversation, button=said)
            started = time.perf_counter()
            await desk.handle(incoming)
            timed.append((kind, (time.perf_counter() - started) * 1000))
        await desk.forget(conversation)
    return timed


def _encoder_alone(encoder: SentenceEncoder, numbers: Iterator[int]) -> dict[str, float]:
    timed = []
    for what in [what for kind, what in VISIT if kind == "text"] * 5:
        text = what.replace("#", str(next(numbers)))
        started = time.perf_counter()
        encoder.encode([text])
        timed.append((time.perf_counter() - started) * 1000)
    return _percentiles(timed)
