"""What is to be reviewed as a CSV file that volunteers open elsewhere. Which records these are says bot/skills/review_round.py."""

import csv
import io
from collections.abc import Iterable

from bot.app.unanswered_export import FORMULA
from bot.skills.review_round import ReviewItem

COLUMNS = (
    "record",
    "name",
    "owner",
    "colour",
    "checked_on",
    "due_on",
    "state",
    "near_danger",
    "reported",
    "check",
    "where",
)


def as_csv(items: Iterable[ReviewItem]) -> str:
    """One row a record; no cell is a formula."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows([_safe(cell) for cell in _cells(item)] for item in items)
    return written.getvalue()


def _cells(item: ReviewItem) -> tuple[str, ...]:
    fresh = item.freshness
    days = (fresh.checked_on.isoformat() if fresh.checked_on else "", fresh.due_on.isoformat() if fresh.due_on else "")
    harmful, reported = "yes" if item.harmful else "no", str(item.reported)
    texts = " | ".join(item.check), " | ".join(item.where)
    return (item.key, item.name, item.owner, item.colour, *days, fresh.state.value, harmful, reported, *texts)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
