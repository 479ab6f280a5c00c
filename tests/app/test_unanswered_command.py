"""`desk unanswered` as a volunteer meets it: real processes over a real database."""

import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.store import Store
from bot.content.unanswered import OpenQuestion
from tests.app.processes import desk

pytestmark = pytest.mark.slow
TODAY = datetime.now(UTC).date()
FISHING = OpenQuestion("where is [name] to get a fishing licence", "en", "unknown", (("housing/rent_room", 0.21),))
HONEY = OpenQuestion("=де продати мед", "uk", "not_what_i_meant")


@pytest.fixture
def data(tmp_path):
    """The data folder of a desk that keeps two questions."""
    folder = tmp_path / "var"
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        store.add_question(FISHING, TODAY)
        store.add_question(FISHING, TODAY)
        store.add_question(HONEY, TODAY - timedelta(days=30))
    return folder


def failed_plainly(ended, words: str) -> None:
    assert ended.returncode > 0
    assert words in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stdout + ended.stderr


def test_the_list_shows_each_question_with_number_times_and_nearest_answers(data):
    ended = desk("unanswered", "list", data=data, COLUMNS="160")
    assert ended.returncode == 0
    row = next(line for line in ended.stdout.splitlines() if "fishing" in line)
    cells = [cell.strip() for cell in row.split("│") if cell.strip()]
    assert cells == ["1", TODAY.isoformat(), "en", "2", "unknown", FISHING.text, "housing/rent_room 21%"]
    assert "мед" in ended.stdout


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        (("--language", "uk"), "мед", "fishing"),
        (("--since", (TODAY - timedelta(days=3)).isoformat()), "fishing", "мед"),
        (("--reason", "not_what_i_meant"), "мед", "fishing"),
    ],
)
def test_the_list_can_be_limited(data, options, there, gone):
    ended = desk("unanswered", "list", *options, data=data, COLUMNS="160")
    assert there in ended.stdout and gone not in ended.stdout


def test_an_empty_list_says_so(tmp_path):
    assert desk("unanswered", "list", data=tmp_path / "new").stdout.strip() == "There are no such questions."


def test_the_export_is_read_back_as_csv_and_as_json_lines(data, tmp_path):
    assert desk("unanswered", "export", str(tmp_path / "q.csv"), data=data).returncode == 0
    with (tmp_path / "q.csv").open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [FISHING.text, "'" + HONEY.text]
    assert desk("unanswered", "export", str(tmp_path / "q.jsonl"), data=data).returncode == 0
    lines = (tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == [FISHING.text, HONEY.text]


def test_a_file_that_is_there_is_written_over_only_when_that_is_said(data, tmp_path):
    path = tmp_path / "q.csv"
    path.write_text("mine")
    failed_plainly(desk("unanswered", "export", str(path), data=data), "is there already")
    assert path.read_text() == "mine"
    assert desk("unanswered", "export", str(path), "--force", data=data).returncode == 0
    assert FISHING.text in path.read_text(encoding="utf-8")


def test_a_file_of_another_kind_or_in_no_folder_is_refused(data, tmp_path):
    failed_plainly(desk("unanswered", "export", str(tmp_path / "q.xlsx"), data=data), "ends in .csv or .jsonl")
    failed_plainly(desk("unanswered", "export", str(tmp_path / "no" / "q.csv"), data=data), "cannot be written")


def test_a_question_is_ticked_off_with_a_note_and_leaves_the_list(data):
    assert desk("unanswered", "resolve", "1", "--note", "no matter of ours", data=data).returncode == 0
    assert "fishing" not in desk("unanswered", "list", data=data, COLUMNS="160").stdout
    assert "no matter of ours" in desk("unanswered", "list", "--all", data=data, COLUMNS="160").stdout


def test_a_question_is_ticked_off_only_by_an_answer_that_there_is(data, project):
    assert desk("content", "import", data=data).returncode == 0
    failed_plainly(
        desk("unanswered", "resolve", "1", "--answer", "everyday/fishing", data=data),
        "There is no answer everyday/fishing",
    )
    assert desk("unanswered", "resolve", "1", "--answer", "housing/rent_room", data=data).returncode == 0
    with Store(f"sqlite:///{data / 'desk.db'}") as store:
        resolved = next(kept for kept in store.questions(resolved=True) if kept.id == 1)
    assert (resolved.resolved_by, resolved.resolved_on) == ("housing/rent_room", TODAY)
    assert isinstance(resolved.resolved_on, date)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("77", "--note", "x"), "There is no question with the number 77"),
        (("1",), "either --answer TOPIC/NAME or --note TEXT"),
        (("1", "--note", "x", "--answer", "housing/rent_room"), "either --answer TOPIC/NAME or --note TEXT"),
        (("one", "--note", "x"), "not a valid integer"),
    ],
)
def test_a_wrong_wish_is_refused_in_plain_words(data, words, said):
    failed_plainly(desk("unanswered", "resolve", *words, data=data), said)
