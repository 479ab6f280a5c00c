"""The gate: which languages the desk understands well enough to answer outright, from measured figures and the floors.

Floors are in nlu/gate.csv, the figures and the verdict in nlu/languages.csv. What "basic" means to people is in
bot/dialogue/basic_help.py.
"""

import csv
import io
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot.app.evaluation import Result
from bot.app.figures import figures
from bot.dialogue.basic_help import BASIC, COLUMNS, FULL
from bot.errors import ContentError

FLOORS = "nlu/gate.csv"
MEASURES = COLUMNS[1:-1]
JUDGED_KINDS = ("answer", "emergency")
Floors = dict[str, float]
Row = dict[str, str]


def read_floors(path: Path) -> Floors:
    """The floor of each measure. Raises ContentError with the line that is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        floors = {row["measure"]: float(row["floor"]) for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, ValueError, TypeError, csv.Error) as error:
        raise ContentError(f"{FLOORS}: cannot be read ({error}). It has the columns measure and floor.") from error
    unknown = sorted(set(floors) - set(MEASURES))
    if unknown or not floors:
        raise ContentError(f"{FLOORS}: {unknown or 'no measure'} is not known. Use some of: {', '.join(MEASURES)}.")
    return floors


def judge(results: list[Result], spoken: Iterable[str], floors: Floors) -> list[Row]:
    """A row of nlu/languages.csv for each language that the desk speaks or that was measured, `spoken` first.

    Questions make the shares, emergencies the recall; romanised messages do not count.
    """
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.case.lang and result.case.kind in JUDGED_KINDS and not result.case.is_romanised:
            groups[result.case.lang].append(result)
    languages = dict.fromkeys((*spoken, *sorted(groups)))
    return [_row(language, groups[language], floors) for language in languages]


def _row(language: str, results: list[Result], floors: Floors) -> Row:
    questions = figures([result for result in results if result.case.kind == "answer"])
    urgent = figures([result for result in results if result.case.kind == "emergency"])
    measured = {
        "messages": questions["total"],
        "top1": questions["top1"],
        "top3": questions["top3"],
        "topic": questions["topic_accuracy"],
        "emergencies": urgent["total"],
        "emergency_recall": urgent["emergency_recall"],
    }
    row = {"language": language, **{name: _written(value) for name, value in measured.items()}}
    return {**row, "help": verdict(row, floors)}


def _written(value: float | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def verdict(row: Row, floors: Floors) -> str:
    """ "full" where every floor is reached; what was never measured does not reach its floor."""
    return BASIC if short_of(row, floors) else FULL


def short_of(row: Row, floors: Floors) -> list[str]:
    """The measures under their floor, in words: "top1 0.500 under 0.55"."""
    return [
        f"{name} {row[name] or 'never measured'} under {floor:g}"
        for name, floor in floors.items()
        if not row[name] or float(row[name]) < floor
    ]


def write_rows(path: Path, rows: list[Row]) -> None:
    """Put the rows in the place of the file, whole or not at all. Raises ContentError where it cannot be written."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as made:
            made.write(text.getvalue())
        os.chmod(made.name, 0o644)  # a temporary file is its owner's alone, and this one goes into git
        os.replace(made.name, path)
    except OSError as error:
        raise ContentError(f"{path} cannot be written ({error.strerror}). Check the rights of its folder.") from error
