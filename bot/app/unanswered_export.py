"""Unanswered questions as a CSV or JSON Lines file that volunteers open elsewhere. Nothing is read from the database here."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot.content.unanswered import KeptQuestion

COLUMNS = ("id", "asked_on", "language", "times", "reason", "city", "text", "nearest", "status", "resolved_by")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to a spreadsheet


def as_csv(questions: Iterable[KeptQuestion]) -> str:
    """One row a question; no cell is a formula."""
    written = io.StringIO(newline="")
    rows = csv.DictWriter(written, COLUMNS)
    rows.writeheader()
    for question in questions:
        nearest = " ".join(f"{answer}={confidence:.2f}" for answer, confidence in question.nearest)
        rows.writerow({name: _safe(value) for name, value in (_fields(question) | {"nearest": nearest}).items()})
    return written.getvalue()


def as_json_lines(questions: Iterable[KeptQuestion]) -> str:
    """One JSON object a line; "nearest" is a list of {"answer", "confidence"}."""
    lines = []
    for question in questions:
        nearest = [{"answer": answer, "confidence": confidence} for answer, confidence in question.nearest]
        lines.append(json.dumps(_fields(question) | {"nearest": nearest}, ensure_ascii=False) + "\n")
    return "".join(lines)


FORMATS: dict[str, Callable[[Iterable[KeptQuestion]], str]] = {".csv": as_csv, ".jsonl": as_json_lines}


def write_private(path: Path, text: str) -> None:
    """Write the file so that only its owner can read it. Raises OSError."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8", newline="")


def _fields(question: KeptQuestion) -> dict[str, Any]:
    fields = {name: getattr(question, name) for name in COLUMNS}
    return fields | {"asked_on": question.asked_on.isoformat()}


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
