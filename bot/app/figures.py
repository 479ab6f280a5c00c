"""Figures made of the results of an evaluation: shares, how sure each share is, and whether confidence means something."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import sqrt
from statistics import median, quantiles
from typing import Any

from bot.app.evaluation import EMERGENCY, LANGUAGE_ONLY, OUT_OF_SCOPE, UNDECIDED, Result

SURE = 1.96  # standard deviations on both sides that hold 95 of 100
BINS = 10


def summarise(results: list[Result]) -> dict[str, Any]:
    """All figures as plain JSON values; shares are between 0 and 1, None where nothing could be counted.

    A romanised message counts in `all` and in `romanised`, and not among those of its language, whose letters it lacks.
    """
    native = [result for result in results if not result.case.is_romanised]
    answers = [result for result in native if result.case.kind == "answer"]
    times = sorted(result.ms for result in results)
    return {
        **figures(results),
        "by_kind": _grouped(native, lambda result: result.case.kind),
        "by_language": _grouped(native, lambda result: result.case.lang or UNDECIDED),
        "by_group": _grouped(
            [result for result in native if result.case.is_urgent],
            lambda result: result.case.expect.removeprefix(EMERGENCY),
        ),
        "romanised": figures([result for result in results if result.case.is_romanised]),
        "outcomes": dict(Counter(result.outcome for result in results)),
        "ways": _ways(answers),
        "shown": _shown(answers),
        "reliability": _reliability(results),
        "confusions": _confusions(results),
        "p50_ms": round(median(times), 1) if times else None,
        "p95_ms": round(quantiles(times, n=20)[-1], 1) if len(times) > 1 else None,
    }


def figures(results: list[Result]) -> dict[str, Any]:
    """The shares of some results. `counted`: how many messages stand behind each; `between`: its 95 % interval."""
    marks = _marks(results)
    return {
        "total": len(results),
        **{name: share(values) for name, values in marks.items()},
        "false_alarms": int(sum(marks["false_alarm_rate"])),
        "counted": {name: len(values) for name, values in marks.items()},
        "between": {name: interval(sum(values), len(values)) for name, values in marks.items()},
    }


def _marks(results: list[Result]) -> dict[str, list[float]]:
    """For each measure a mark between 0 and 1 for every message that it is about."""
    judged = [result for result in results if result.case.is_judged]
    urgent = [result for result in judged if result.case.is_urgent]
    calm = [result for result in results if not result.case.wants_alarm and result.case.kind != LANGUAGE_ONLY]
    return {
        "top1": [result.first_right for result in judged],
        "shown_right": [result.shown_right for result in judged if result.case.expect != OUT_OF_SCOPE],
        "top3": [result.three_right for result in judged],
        "topic_accuracy": [result.topic_right for result in judged],
        "topic_or_language_asked": [result.topic_right or result.asked_language for result in judged],
        "language_accuracy": [_language_mark(result) for result in results if result.case.lang],
        "emergency_recall": [result.alarm for result in urgent],
        "group_right": [result.group_right for result in urgent],
        "false_alarm_rate": [result.alarm for result in calm],
    }


def _language_mark(result: Result) -> float:
    """Undecided counts half: the desk then asks or keeps the language it had."""
    return 1.0 if result.language == result.case.lang else 0.5 if result.language == UNDECIDED else 0.0


def share(marks: Iterable[float]) -> float | None:
    """Their mean, or None of none."""
    listed = list(marks)
    return round(sum(listed) / len(listed), 4) if listed else None


def interval(right: float, messages: int) -> list[float] | None:
    """The 95 % interval (Wilson) of a share: where it may lie among all messages of this sort. None of none."""
    if not messages:
        return None
    found, spread = right / messages, SURE * SURE / messages
    middle = (found + spread / 2) / (1 + spread)
    half = SURE * sqrt(found * (1 - found) / messages + spread / (4 * messages)) / (1 + spread)
    return [round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)]


def _grouped(results: list[Result], key: Callable[[Result], str]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: figures(group) for name, group in sorted(groups.items())}


def _ways(answers: list[Result]) -> list[dict[str, Any]]:
    """How often the first reading was right in each way of answering a question."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in answers:
        groups[result.outcome].append(result)
    return [
        {
            "outcome": outcome,
            "messages": len(group),
            "top1": share(result.first_right for result in group),
            "top3": share(result.three_right for result in group),
        }
        for outcome, group in sorted(groups.items())
    ]


def _shown(answers: list[Result]) -> dict[str, float | None]:
    """Where the right answer of a question was: shown outright, among the choices, or not on the screen at all."""
    outright = [result.shown_right for result in answers]
    offered = [result.outcome == "choices" and result.three_right for result in answers]
    neither = [not (one or other) for one, other in zip(outright, offered, strict=True)]
    return {"outright": share(outright), "among_three": share(offered), "not_at_all": share(neither)}


def _reliability(results: list[Result]) -> dict[str, Any]:
    """Whether a confidence of 0.7 is right in 7 of 10: bins of the first reading's confidence.

    gap: mean distance between confidence and share, weighed by messages; 0 is perfect. Emergencies are left out: there
    the desk alarms long before a reading is likely.
    """
    judged = [each for each in results if each.best and each.case.is_judged and not each.case.is_urgent]
    groups: dict[int, list[Result]] = defaultdict(list)
    for result in judged:
        groups[min(int(result.best[1] * BINS), BINS - 1)].append(result)
    bins = [
        {
            "from": place / BINS,
            "to": (place + 1) / BINS,
            "messages": len(group),
            "confidence": share(result.best[1] for result in group),
            "right": share(result.reading_right for result in group),
            "between": interval(sum(result.reading_right for result in group), len(group)),
        }
        for place, group in sorted(groups.items())
    ]
    off = sum(each["messages"] * abs(each["confidence"] - each["right"]) for each in bins)
    return {"bins": bins, "gap": round(off / len(judged), 4) if judged else None}


def _confusions(results: list[Result], most: int = 25) -> list[dict[str, Any]]:
    pairs = Counter(
        (result.case.expect, result.labels[0] if result.labels else "nothing")
        for result in results
        if result.case.is_judged and not result.first_right
    )
    return [{"expected": expected, "got": got, "times": times} for (expected, got), times in pairs.most_common(most)]
