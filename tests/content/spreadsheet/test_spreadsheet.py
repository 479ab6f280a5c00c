"""The pack as a spreadsheet: nothing lost on the way, no formula goes out or comes in, every fault with its row."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.pack.csv_files import STRAY
from bot.content.pack.tables import TABLE_BY_NAME, TABLES
from bot.content.packs import export_file, export_pack, import_pack, plan_import
from bot.content.spreadsheet.cells import RISKY, escape, to_sheet, unescape
from bot.content.spreadsheet.notes import README_SHEET, SHEETS, note_of
from bot.content.spreadsheet.reading import read_spreadsheet
from bot.content.spreadsheet.writing import workbook_of
from bot.content.store import Store
from bot.errors import ContentError
from tests.content.spreadsheet.workbook_parts import parts, write

PROJECT = Path(__file__).parents[3]

nasty = st.sampled_from(
    ["0121", "007", "=1+1", "+44 20", "-5", "@a", "'", "''", "'=x", "\tx", "a\nb", '"q"', "_x0041_", "_x005F_x0041_"]
    + ["1e5", "TRUE", "2026-01-31", "31/01/2026", "NULL", "#N/A", "1,15", "52.40", "-1.513211", "＝1", "مرحبا", "🩺"]
)
signs = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
texts = nasty | signs | st.builds(str.__add__, nasty, signs)


def tables(pack: Path) -> dict[str, list[dict[str, str]]]:
    read = read_spreadsheet(pack)
    assert read.faults == []
    return {name: [dict(row.cells) for row in rows] for name, rows in read.tables.items()}


@pytest.fixture
def sheet(filled, tmp_path):
    """A function that exports the small pack, lets a test edit the workbook, and gives the path of the file."""

    def edited(change=lambda book: None) -> Path:
        path = tmp_path / "desk.xlsx"
        export_file(filled, path)
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path

    return edited


def faults(path: Path) -> list[str]:
    return [str(fault) for fault in read_spreadsheet(path).faults]


# ---- nothing is lost


@given(texts)
@settings(max_examples=200)
def test_every_text_comes_back_out_of_a_cell(text):
    assert unescape(escape(text)) == text


@given(texts)
@settings(max_examples=200)
def test_no_text_in_a_cell_begins_as_a_formula_does(text):
    assert not escape(text).startswith(tuple(RISKY))


def test_texts_that_people_type_without_an_apostrophe_stay_as_they_are():
    assert [unescape(text) for text in ("'hello", "'", "it's", "+44")] == ["'hello", "'", "it's", "+44"]


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_come_back_from_a_file_with_every_sign(tmp_path, rows):
    columns = TABLE_BY_NAME["phones"].columns
    cells = [
        {column.name: "" for column in columns}
        | {"id": f"p-{index}", "service_id": one, "number": two, "description": three}
        for index, (one, two, three) in enumerate(rows)
    ]
    path = tmp_path / "rows.xlsx"
    workbook_of({"phones": cells}, {}).save(path)
    read = read_spreadsheet(path)
    # Signs that nobody can see are taken out and told, as they are in CSV files.
    assert [dict(row.cells) for row in read.tables["phones"]] == [
        {name: STRAY.sub("", text) for name, text in row.items()} for row in cells
    ]
    assert bool(read.faults) == any(STRAY.search(text.replace("\r\n", "\n")) for row in cells for text in row.values())


def test_the_pack_of_the_project_comes_back_byte_for_byte_through_a_spreadsheet(store, tmp_path, read_all):
    import_pack(store, PROJECT / "services_data")
    export_pack(store, tmp_path / "first")
    export_file(store, tmp_path / "desk.xlsx")
    with Store(f"sqlite:///{tmp_path / 'second.db'}") as second:
        second.migrate()
        import_pack(second, tmp_path / "desk.xlsx")
        export_pack(second, tmp_path / "second")
    first, second = read_all(tmp_path / "first"), read_all(tmp_path / "second")
    assert {name: second[name] for name in second if name.endswith(".csv")} == {
        name: first[name] for name in first if name.endswith(".csv")
    }
    assert not [name for name in second if name.startswith("answers/")]


def test_a_spreadsheet_that_nobody_changed_changes_nothing(filled, sheet):
    plan = plan_import(filled, sheet())
    assert (plan.changes_something, plan.kept, plan.refused, plan.untouched) == (False, (), (), ("answers",))


def test_degrees_and_whole_numbers_are_numbers_and_all_else_is_text(sheet):
    book = openpyxl.load_workbook(sheet())
    services = {cell.value: cell.column for cell in book["services"][1]}
    assert book["services"].cell(3, services["minimum_age"]).value == 16
    assert book["locations"]["I2"].value == -1.513211
    number = book["phones"]["C3"]
    assert (number.value, number.number_format) == ("0808 800 4444", "@")


@pytest.mark.parametrize("text", ["007", "52.40", "-0", "1e3", "1.12345678901", "1234"])
def test_a_number_that_would_not_come_back_the_same_stays_text(text):
    longitude = next(column for column in TABLE_BY_NAME["locations"].columns if column.name == "longitude")
    assert to_sheet(text, longitude) == escape(text)


# ---- what volunteers find


def test_the_first_sheet_says_how_to_use_the_others(sheet):
    book = openpyxl.load_workbook(sheet())
    assert book.sheetnames[0] == README_SHEET
    words = "\n".join(str(cell.value or "") for cell in book[README_SHEET]["A"])
    assert "Never write where a refuge or a safe house is" in words
    assert all(f"{table.name}: a row is" in words for table in TABLES)


def test_headers_stay_in_sight_and_tell_what_belongs_below(sheet):
    services = openpyxl.load_workbook(sheet())["services"]
    assert services.freeze_panes == "B2"
    assert "Pick an id of the sheet organizations" in services["B1"].comment.text


def test_every_sheet_is_explained():
    assert SHEETS.keys() == TABLE_BY_NAME.keys()
    assert note_of("contacts", "name") != note_of("services", "name")


def test_lists_offer_what_the_rules_allow(sheet):
    book = openpyxl.load_workbook(sheet())

    def lists(name: str) -> set[str]:
        return {each.formula1 for each in book[name].data_validations.dataValidation}

    assert '"active,inactive,defunct,temporarily closed"' in lists("services")
    assert '"RED,AMBER,GREEN"' in lists("services")
    assert any(formula.startswith("organizations!$A$2:") for formula in lists("services"))
    assert '"yes,no"' in lists("phones")
    assert '"coventry,west_midlands,national"' in lists("service_areas")


def test_a_text_that_is_too_long_for_a_cell_is_not_cut_in_silence(tmp_path):
    rows = [{column.name: "x" * 33_000 for column in TABLE_BY_NAME["accessibility"].columns}]
    with pytest.raises(ContentError, match="sheet accessibility, row 2, id: is longer than 32767 signs"):
        workbook_of({"accessibility": rows}, {})


# ---- what comes in


def test_a_formula_is_refused_with_its_sheet_row_and_cell(sheet):
    def change(book):
        book["phones"]["C2"] = "=1+1"

    expected = "sheet phones, row 2, number: holds a formula in cell C2. Write the value itself."
    assert faults(sheet(change)) == [expected]


def test_a_text_that_looks_like_a_formula_is_refused_by_the_checks(filled, sheet):
    def change(book):
        book["services"]["C2"] = "'=HYPERLINK(1)"

    plan = plan_import(filled, sheet(change))
    assert [str(fault) for fault in plan.refused] == [
        'sheet services, row 2, name: starts with "=", which spreadsheets run as a formula. Begin with a word.'
    ]


def test_faults_of_a_sheet_name_the_sheet_and_the_row(filled, sheet):
    def change(book):
        book["phones"]["C3"] = "call us"
        book["phones"]["B2"] = "nobody"

    assert [str(fault) for fault in plan_import(filled, sheet(change)).refused] == [
        'sheet phones, row 2, service_id: "nobody" is not in sheet services. Correct it, or add it there.',
        'sheet phones, row 3, number: "call us" is not a telephone number. Write one number alone, such as '
        '"0121 303 7410"; notes: description.',
    ]


@pytest.mark.parametrize(
    ("name", "column", "value", "text"),
    [
        ("services", "assured_date", datetime(2026, 1, 31), "2026-01-31"),
        ("services", "source_date", date(2026, 1, 31), "2026-01-31"),
        ("services", "minimum_age", 16.0, "16"),
        ("schedules", "opens_at", time(9, 30), "09:30"),
        ("phones", "free", True, "yes"),
        ("phones", "free", False, "no"),
        ("locations", "latitude", 52.5, "52.5"),
        ("cost_options", "amount", 12.5, "12.50"),
        ("cost_options", "amount", 0, "0"),
        ("practices", "year", 2024, "2024"),
        ("locations", "address_1", 12, "12"),
        ("services", "doubts", "one\r\ntwo", "one\ntwo"),
    ],
)
def test_what_a_spreadsheet_program_made_of_a_cell_is_read_back(sheet, name, column, value, text):
    place = [each.name for each in TABLE_BY_NAME[name].columns].index(column) + 1

    def change(book):
        book[name].cell(2, place).value = value

    assert tables(sheet(change))[name][0][column] == text


@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("phones", "number", 1213037410, "drops zeros and signs"),
        ("schedules", "bymonthday", 115, "drops zeros and signs"),
        ("locations", "address_1", datetime(2026, 2, 1), "was turned into a date"),
        ("services", "assured_date", datetime(2026, 2, 1, 10, 30), "was turned into a date"),
        ("services", "name", True, "holds TRUE or FALSE"),
        ("services", "name", 1.5, "was turned into a number"),
        ("schedules", "opens_at", timedelta(hours=30), "holds something that is no text"),
    ],
)
def test_what_cannot_be_read_back_for_sure_is_refused(sheet, name, column, value, words):
    place = [each.name for each in TABLE_BY_NAME[name].columns].index(column) + 1

    def change(book):
        book[name].cell(2, place).value = value

    (fault,) = read_spreadsheet(sheet(change)).faults
    assert str(fault).startswith(f"sheet {name}, row 2, {column}: ")
    assert words in fault.message


def test_an_unknown_sheet_is_told_with_the_name_that_is_near(sheet):
    def change(book):
        book["services"].title = "service"

    assert 'sheet service: is no sheet of the desk. Did you mean "services"?' in faults(sheet(change))


def test_unknown_missing_and_double_columns_are_told(sheet):
    def change(book):
        book["contacts"]["C1"] = "nickname"
        book["contacts"]["D1"] = "id"

    found = faults(sheet(change))
    assert "sheet contacts, row 1, email: is missing. Add this column to the first line." in found
    assert "sheet contacts, row 1, id: stands twice. Keep one of the two columns." in found
    assert any("sheet contacts, row 1, nickname: is not a column" in fault for fault in found)


def test_a_value_in_a_column_without_a_name_is_told(sheet):
    def change(book):
        book["contacts"]["H2"] = "ring Ann"

    assert faults(sheet(change)) == [
        "sheet contacts, row 2, H2: stands in a column without a name. Empty it, or name the column."
    ]


def test_empty_rows_between_others_are_no_rows(sheet):
    def change(book):
        book["phones"].insert_rows(3)
        book["phones"]["D900"].number_format = "@"

    assert len(tables(sheet(change))["phones"]) == 2


def test_a_workbook_without_any_sheet_of_the_desk_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = README_SHEET
    book.save(tmp_path / "a.xlsx")
    assert faults(tmp_path / "a.xlsx") == ["a.xlsx: has none of the sheets of the desk."]


def test_texts_that_another_program_keeps_in_one_list_are_read_sign_for_sign(tmp_path):
    """Excel writes all texts into one shared list; the library's own way to read that list loses some signs."""
    documents = ("<t>x005F_</t>", "<t>_x005F_x0041_</t>", "<r><t>Pass</t></r><r><t>port</t></r><rPh><t>no</t></rPh>")
    path = write(tmp_path / "shared.xlsx", parts(documents=documents))
    assert [row["document"] for row in tables(path)["required_documents"]] == ["x005F_", "_x0041_", "Passport"]
