"""Unanswered questions as files: what a spreadsheet and a program read back is what was kept, and no cell is a formula."""

import csv
import io
import json
from datetime import date

import pytest

from bot.app.unanswered_export import as_csv, as_json_lines, write_private
from bot.content.unanswered import KeptQuestion

FISHING = KeptQuestion(
    'where, "exactly", is fishing',
    "en",
    "unknown",
    (("business/trade_rules", 0.2), ("housing/rights", 0.1)),
    "coventry",
    id=3,
    asked_on=date(2026, 11, 22),
    times=2,
)


def test_a_csv_row_holds_what_was_kept():
    (row,) = csv.DictReader(io.StringIO(as_csv([FISHING])))
    assert (row["id"], row["asked_on"], row["times"], row["status"]) == ("3", "2026-11-22", "2", "open")
    assert row["text"] == FISHING.text
    assert row["nearest"] == "business/trade_rules=0.20 housing/rights=0.10"


def test_a_json_line_holds_what_was_kept():
    kept = json.loads(as_json_lines([FISHING]))
    assert kept["nearest"][0] == {"answer": "business/trade_rules", "confidence": 0.2}
    assert (kept["text"], kept["city"], kept["resolved_by"]) == (FISHING.text, "coventry", None)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula_to_a_spreadsheet(start):
    question = KeptQuestion(f"{start}HYPERLINK(1) where is fishing", "en", "unknown", resolved_by=f"{start}1")
    (row,) = csv.DictReader(io.StringIO(as_csv([question])))
    assert row["text"].startswith(f"'{start}") and row["resolved_by"].startswith(f"'{start}")


def test_any_script_survives_both_formats():
    question = KeptQuestion("де ловити рибу 我想 أين", "uk", "unknown")
    (row,) = csv.DictReader(io.StringIO(as_csv([question])))
    assert row["text"] == question.text == json.loads(as_json_lines([question]))["text"]


def test_the_file_is_for_its_owner_only_also_where_an_older_one_was_not(tmp_path):
    path = tmp_path / "questions.csv"
    path.write_text("older")
    path.chmod(0o644)
    write_private(path, "x")
    assert path.stat().st_mode & 0o777 == 0o600 and path.read_text() == "x"
