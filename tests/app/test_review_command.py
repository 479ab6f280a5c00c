"""`desk review` as a volunteer meets it: real processes over a real database."""

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.content.reports import Report
from bot.content.store import Store
from tests.app.processes import desk

pytestmark = pytest.mark.slow
TODAY = datetime.now(UTC).date()


@pytest.fixture
def data(tmp_path, pack_store):
    """The data folder of a desk with the project's content and two reports on one service."""
    folder = tmp_path / "var"
    folder.mkdir()
    with closing(sqlite3.connect(pack_store.engine.url.database)) as full:
        full.execute("VACUUM INTO ?", (str(folder / "desk.db"),))
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.add_report(Report("services", "nhs-111", "phone", "web", "so"), TODAY)
        store.add_report(Report("services", "nhs-111", "phone", "web", "ar"), TODAY)
    return folder


def said(ended) -> str:
    return " ".join((ended.stdout + ended.stderr).split())


def test_what_is_due_is_listed_with_what_was_reported_on_top_and_written_to_a_file(data, tmp_path):
    ended = desk("review", "due", "--most", "1", data=data, COLUMNS="200")
    assert ended.returncode == 0
    assert "services/nhs-111" in ended.stdout and "the phone does not work (2 times)" in said(ended)
    assert "These are the first 1" in said(ended)
    file = tmp_path / "due.csv"
    assert desk("review", "due", "--table", "services", "--csv", str(file), data=data).returncode == 0
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    assert rows[0]["record"] == "services/nhs-111" and rows[0]["reported"] == "2"
    assert {row["record"].split("/")[0] for row in rows} == {"services"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


def test_an_owner_without_anything_to_do_has_nothing_due(data):
    assert said(desk("review", "due", "--owner", "Nobody at all", data=data)) == "Nothing is due."


def test_owners_are_counted_and_nobody_is_one_of_them(data):
    assert "nobody yet" in said(desk("review", "owners", data=data, COLUMNS="120"))


def test_confirming_a_record_ticks_its_reports_off_and_tells_when_to_look_again(data):
    ended = desk(
        *("review", "confirm", "services/nhs-111", "--by", "Health team", "--colour", "GREEN", "--doubts-settled"),
        data=data,
    )
    assert ended.returncode == 0, ended.stderr
    assert f"is confirmed, checked on {TODAY.isoformat()}." in said(ended)
    assert "Reports closed: 1." in said(ended)
    assert f"Look again: {(TODAY + timedelta(days=365)).isoformat()}." in said(ended)
    assert said(desk("review", "reports", data=data)) == "There are no such reports."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("confirm", "nhs-11"), "Did you mean services/nhs-111"),
        (("confirm", "nhs-111", "--on", "2999-01-01"), "lies in the future"),
        (("close", "99", "--note", "x"), "There is no report with the number 99"),
    ],
)
def test_a_slip_is_told_plainly(data, words, told):
    ended = desk("review", *words, data=data)
    assert ended.returncode > 0 and told in said(ended) and "Traceback" not in said(ended)


def test_reports_are_listed_and_closed_by_their_number(data):
    listed = desk("review", "reports", data=data, COLUMNS="160")
    row = next(line for line in listed.stdout.splitlines() if "nhs-111" in line)
    cells = [cell.strip() for cell in row.split("│") if cell.strip()]
    assert cells == ["1", TODAY.isoformat(), "services/nhs-111", "the phone does not work", "2"]
    assert desk("review", "close", "1", "--note", "we rang: it works", data=data).returncode == 0
    assert "closed: we rang: it works" in said(desk("review", "reports", "--all", data=data, COLUMNS="200"))
