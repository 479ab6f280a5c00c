"""Measuring understanding: every message of a file goes through the whole desk, with no memory between messages."""

import json
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.dialogue.engine import Desk
from bot.dialogue.messages import Incoming, Turn
from bot.errors import DeskError

EMERGENCY = "emergency/"
OUT_OF_SCOPE = "out_of_scope"
UNDECIDED = "und"


@dataclass(frozen=True)
class Case:
    """One line of an evaluation file. `expect`: answer id, emergency/<group>, a talk intent or out_of_scope; "" unknown."""

    text: str
    lang: str | None = None
    expect: str = ""
    also_ok: tuple[str, ...] = ()

    @property
    def good(self) -> frozenset[str]:
        return frozenset((self.expect, *self.also_ok))

    @property
    def kind(self) -> str:
        if self.expect.startswith(EMERGENCY):
            return "emergency"
        if self.expect == OUT_OF_SCOPE or not self.expect:
            return self.expect or "no expectation"
        return "answer" if "/" in self.expect else "talk"


@dataclass(frozen=True)
class Result:
    """What the desk made of a case: its best labels (at most three), whether it alarmed, the language, milliseconds."""

    case: Case
    labels: tuple[str, ...]
    outcome: str
    language: str
    ms: float

    @property
    def alarm(self) -> bool:
        return self.outcome == "emergency"

    @property
    def first_right(self) -> bool:
        if OUT_OF_SCOPE in self.case.good and self._not_as_if_known():
            return True
        return bool(set(self.labels[:1]) & self.case.good) or self._group_right()

    @property
    def shown_right(self) -> bool:
        """Whether the first thing the person saw was right, and not only the first reading behind an offer of three."""
        return self.first_right and self.outcome not in ("choices", "unknown", "menu")

    @property
    def three_right(self) -> bool:
        return self.first_right or bool(set(self.labels) & self.case.good)

    @property
    def topic_right(self) -> bool:
        topics = {label.split("/")[0] for label in self.case.good}
        return self.first_right or bool({label.split("/")[0] for label in self.labels[:1]} & topics)

    def _not_as_if_known(self) -> bool:
        return self.outcome in ("unknown", "choices", "menu") or self.labels[:1] in (
            ("personal_advice",),
            (OUT_OF_SCOPE,),
        )

    def _group_right(self) -> bool:
        return self.alarm and bool(set(self.labels[:2]) & self.case.good)  # the desk shows two texts at most


def read_cases(path: Path) -> list[Case]:
    """Read a JSON Lines file. Raises DeskError with every bad line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"{path} cannot be read ({error}). Give a file with one JSON object a line.") from error
    cases, faults = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            faults.append(f'{path.name}:{number}: {error}. A line is {{"text": ..., "lang": ..., "expect": ...}}.')
    if faults:
        raise DeskError("\n".join(faults))
    return cases


def _case(entry: dict[str, Any]) -> Case:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise ValueError("text is missing")
    if not isinstance(entry.get("expect") or "", str) or not isinstance(entry.get("lang") or "", str):
        raise ValueError("expect and lang are strings")
    also_ok = entry.get("also_ok") or ()
    also_ok = (also_ok,) if isinstance(also_ok, str) else tuple(also_ok)
    return Case(entry["text"], entry.get("lang"), entry.get("expect") or "", also_ok)


async def evaluate(desk: Desk, cases: list[Case], progress: Callable[[int], None]) -> list[Result]:
    """Ask every case in a conversation of its own. `progress` gets the number done."""
    results = []
    for number, case in enumerate(cases, 1):
        conversation = f"eval-{secrets.token_hex(8)}"
        started = time.perf_counter()
        turn = await desk.handle(Incoming(conversation, case.text))
        elapsed = (time.perf_counter() - started) * 1000
        await desk.forget(conversation)
        results.append(Result(case, _labels(turn), turn.outcome, turn.language, elapsed))
        progress(number)
    return results


def _labels(turn: Turn) -> tuple[str, ...]:
    """The desk's best three readings; what it showed comes first."""
    ranked = [label for label, _ in turn.ranking]
    shown = [reply.about for reply in turn.replies if "/" in reply.about and turn.outcome in ("answer", "emergency")]
    return tuple(dict.fromkeys([*shown, *ranked]))[:3]


def summarise(results: list[Result]) -> dict[str, Any]:
    """All figures as plain JSON values; shares are between 0 and 1, None where nothing could be counted."""
    times = sorted(result.ms for result in results)
    by_language, by_kind = defaultdict(list), defaultdict(list)
    for result in results:
        by_language[result.case.lang or UNDECIDED].append(result)
        by_kind[result.case.kind].append(result)
    return {
        **_figures(results),
        "false_alarms": sum(result.alarm and not _alarm_wanted(result) for result in results),
        "false_alarm_rate": _share(r.alarm for r in results if not _alarm_wanted(r)),
        "by_language": {code: _figures(group) for code, group in sorted(by_language.items())},
        "by_kind": {kind: _figures(group) for kind, group in sorted(by_kind.items())},
        "outcomes": dict(Counter(result.outcome for result in results)),
        "reliability": _reliability(results),
        "confusions": _confusions(results),
        "p50_ms": round(median(times), 1) if times else None,
        "p95_ms": round(quantiles(times, n=20)[-1], 1) if len(times) > 1 else None,
    }


def _figures(results: list[Result]) -> dict[str, Any]:
    judged = [result for result in results if result.case.expect]
    urgent = [result for result in judged if result.case.kind == "emergency"]
    return {
        "total": len(results),
        "top1": _share(result.first_right for result in judged),
        "shown_right": _share(result.shown_right for result in judged if result.case.kind != OUT_OF_SCOPE),
        "top3": _share(result.three_right for result in judged),
        "topic_accuracy": _share(result.topic_right for result in judged),
        "language_accuracy": _language_accuracy(results),
        "emergency_recall": _share(result.alarm for result in urgent),
        "false_alarms": sum(result.alarm and not _alarm_wanted(result) for result in results),
    }


def _alarm_wanted(result: Result) -> bool:
    return any(label.startswith(EMERGENCY) for label in result.case.good)


def _share(truths: Iterable[bool]) -> float | None:
    listed = list(truths)
    return round(sum(listed) / len(listed), 4) if listed else None


def _language_accuracy(results: list[Result]) -> float | None:
    """Undecided counts half."""
    marks = [
        1.0 if result.language == result.case.lang else 0.5 if result.language == UNDECIDED else 0.0
        for result in results
        if result.case.lang
    ]
    return round(sum(marks) / len(marks), 4) if marks else None


def _reliability(results: list[Result]) -> list[dict[str, Any]]:
    """Whether the three ways of answering deserve their confidence: how often the first reading was right in each."""
    groups = defaultdict(list)
    for result in results:
        if result.case.kind == "answer":
            groups[result.outcome].append(result)
    return [
        {
            "outcome": outcome,
            "messages": len(group),
            "top1": _share(r.first_right for r in group),
            "top3": _share(r.three_right for r in group),
        }
        for outcome, group in sorted(groups.items())
    ]


def _confusions(results: list[Result], most: int = 25) -> list[dict[str, Any]]:
    pairs = Counter(
        (result.case.expect, result.labels[0] if result.labels else "nothing")
        for result in results
        if result.case.expect and not result.first_right
    )
    return [{"expected": expected, "got": got, "times": times} for (expected, got), times in pairs.most_common(most)]
