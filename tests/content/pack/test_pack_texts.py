"""Any text that an editor can type survives CSV and YAML, and the canonical form is stable."""

import string

from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.pack.answer_files import AnswerReader, answers_text, yaml_scalar
from bot.content.pack.cells import DEGREES, tidy
from bot.content.pack.csv_files import csv_text, natural_order, read_csv

visible = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))
typed = st.text(visible | st.just("\n") | st.sampled_from(",\"' ;"))
lines = typed.map(lambda text: text.replace("\n", " "))


@given(st.lists(st.tuples(typed, typed), max_size=5))
def test_csv_text_reads_back_as_it_was_written(tmp_path_factory, rows):
    cells = [(f"id-{index}", tidy(first), tidy(second)) for index, (first, second) in enumerate(rows)]
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    path.write_text(csv_text(("id", "first", "second"), cells), encoding="utf-8", newline="")
    read = read_csv(path, "table.csv")
    assert read.faults == ()
    assert [tuple(row.cells.values()) for row in read.rows] == cells
    assert csv_text(read.header, [tuple(row.cells.values()) for row in read.rows]) == path.read_text(encoding="utf-8")


@given(st.lists(typed.filter(str.strip), max_size=3))
def test_the_line_of_a_row_is_where_it_starts_in_the_file(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    cells = [(f"id-{index}", tidy(name)) for index, name in enumerate(names)]
    path.write_text(csv_text(("id", "name"), cells), encoding="utf-8", newline="")
    written = path.read_text(encoding="utf-8").split("\n")
    for row in read_csv(path, "table.csv").rows:
        assert written[row.lines["id"] - 1].startswith(row.cells["id"] + ",")


@given(lines, lines, st.booleans())
@example("no", "12:30", True)
@example("- x", "a: b", False)
@example('it\'s "so"', "\\", True)
@example("2026-01-31", "~", True)
@example("0x1F", "# note", False)
@example("a #b", "[x]", True)
def test_answers_read_back_as_they_were_written(question, point, verified):
    record = {
        "id": "housing/x",
        "question": tidy(question),
        "audience_note": tidy(point),
        "review_colour": "",
        "assured_date": "",
        "doubts": tidy(question),
        "audience": ["ALL"],
        "services": [],
        "sources": ["A1"],
        "points": [{"text": tidy(point), "city": "", "verified": verified}],
        "careful": [
            {"text": tidy(question), "city": "coventry", "verified": not verified},
            {"text": tidy(point), "city": "", "verified": verified, "audience": ["AS", "UN"]},
        ],
    }
    text = answers_text([record])
    reader = AnswerReader(text, "housing.yml")
    assert reader.faults == []
    assert [entry.record for entry in reader.entries] == [record]
    assert answers_text(entry.record for entry in reader.entries) == text


def test_plain_words_need_no_quotation_marks():
    assert yaml_scalar("Call 111, day or night.") == "Call 111, day or night."
    assert yaml_scalar("Coventry: call 111.") == '"Coventry: call 111."'
    assert yaml_scalar("no") == '"no"'


def test_rows_are_sorted_as_people_count():
    assert sorted(["x-10", "x-9", "x-1"], key=natural_order) == ["x-1", "x-9", "x-10"]


@given(st.floats(-180, 180).map(lambda degrees: round(degrees, 7)))
def test_degrees_are_written_without_exponents_and_without_loss(degrees):
    text = DEGREES.to_text(degrees)
    assert DEGREES.to_value(text) == degrees
    assert set(text) <= set(string.digits + ".-")
