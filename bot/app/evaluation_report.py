"""The figures of an evaluation as lines that a person reads. Each share stands with its number of messages and interval."""

from collections.abc import Iterator
from typing import Any

UNDERSTANDING = (
    ("top-1", "top1"),
    ("top-3", "top3"),
    ("topic", "topic_accuracy"),
    ("shown outright", "shown_right"),
    ("language", "language_accuracy"),
)
DANGER = (
    ("emergencies found", "emergency_recall"),
    ("right group", "group_right"),
    ("false alarms", "false_alarm_rate"),
)
NAME, CELL = 24, 20


def report(summary: dict[str, Any]) -> Iterator[str]:
    """All tables of `figures.summarise`, line by line."""
    yield "Each figure: % (of so many messages) and where it lies with 95 % certainty. A wide range is no truth yet."
    rows = {"all": summary, "romanised": summary["romanised"], **summary["by_kind"], **summary["by_language"]}
    yield from _table("understanding", rows, UNDERSTANDING)
    yield from _table("danger", rows, DANGER)
    yield from _table("emergencies by group", summary["by_group"], DANGER[:2])
    if summary["romanised"]["total"]:
        yield ""
        yield f"Romanised: topic right or language asked {_cell(summary['romanised'], 'topic_or_language_asked')}"
    yield from _answering(summary)
    yield from _reliability(summary["reliability"])
    yield ""
    yield f"The desk itself, with all sentences encoded before: p50 {summary['p50_ms']} ms, p95 {summary['p95_ms']} ms."
    yield from (f"  {row['times']} x {row['expected']} read as {row['got']}" for row in summary["confusions"][:10])


def _table(title: str, rows: dict[str, dict[str, Any]], columns: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """A table with a row for each name that has any of the figures."""
    told = {name: row for name, row in rows.items() if any(row["counted"][measure] for _, measure in columns)}
    if not told:
        return
    yield ""
    yield f"{title:{NAME}}" + "".join(f"{heading:>{CELL}}" for heading, _ in columns)
    for name, row in told.items():
        yield f"{name:{NAME}}" + "".join(f"{_cell(row, measure):>{CELL}}" for _, measure in columns)


def _cell(row: dict[str, Any], measure: str) -> str:
    if row[measure] is None:
        return "-"
    low, high = row["between"][measure]
    return f"{row[measure] * 100:.1f} ({row['counted'][measure]}) {low * 100:.0f}-{high * 100:.0f}"


def _answering(summary: dict[str, Any]) -> Iterator[str]:
    shown = summary["shown"]
    if shown["outright"] is None:
        return
    yield ""
    yield (
        f"Questions: the right answer was shown outright to {shown['outright']:.1%}, among three choices to "
        f"{shown['among_three']:.1%}, not at all to {shown['not_at_all']:.1%}."
    )
    for row in summary["ways"]:
        yield (
            f"  {row['outcome']:12}{row['messages']:>6} messages: first reading right {row['top1']:.1%}, "
            f"one of three {row['top3']:.1%}"
        )


def _reliability(table: dict[str, Any]) -> Iterator[str]:
    if not table["bins"]:
        return
    yield ""
    yield f"{'confidence':14}{'messages':>9}{'mean confidence':>18}{'first reading right':>22}"
    for row in table["bins"]:
        low, high = row["between"]
        right = f"{row['right']:.2f} [{low:.2f}-{high:.2f}]"
        yield f"{row['from']:.1f} to {row['to']:.1f}    {row['messages']:>9}{row['confidence']:>18.2f}{right:>22}"
    yield f"Mean distance of confidence and share: {table['gap']:.3f} (0 is perfect)."
