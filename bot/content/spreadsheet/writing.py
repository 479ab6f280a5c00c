"""From records to an .xlsx file for volunteers: a sheet a table, lists to pick from, notes. Reading: reading.py."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.content.field_rules import WIDER_AREAS, allowed_words
from bot.content.pack import cells
from bot.content.pack.csv_files import natural_order
from bot.content.pack.records import Records
from bot.content.pack.tables import TABLES, Column, Table
from bot.content.spreadsheet.cells import LONGEST, escape, to_sheet
from bot.content.spreadsheet.notes import README_LINES, README_SHEET, SHEETS, note_of
from bot.errors import ContentError

BASE_SHEET = "_base"  # hidden: what each record was when the file was written
SPARE_ROWS = 2000  # below the last row, lists to pick from go on for so many new rows
TEXT_FORMAT = "@"
WIDE = {"description": 60, "doubts": 40, "source_url": 40, "url": 40, "website": 40, "what": 60, "evidence": 50}
USUAL, WIDEST = 12, 40

Rows = Mapping[str, list[dict[str, str]]]  # the rows of each table by its name; cells by column


def write_spreadsheet(path: Path, content: Records, base: Mapping[str, str]) -> None:
    """Write all tables of `content` (answers are no tables) to an .xlsx file. Raises ContentError, OSError.

    base: what `base_entries` in pack/baseline.py says of the database.
    """
    rows = {
        table.name: sorted(
            (record for (name, _), record in content.items() if name == table.name),
            key=lambda record: natural_order(next(iter(record.values()))),
        )
        for table in TABLES
    }
    workbook_of(rows, base).save(path)


def workbook_of(rows: Rows, base: Mapping[str, str]) -> Workbook:
    """The workbook with the sheets of `rows`, and `base` on a hidden one."""
    book = Workbook()
    _fill_readme(book.active, rows)
    for table in TABLES:
        if table.name in rows:
            _fill_sheet(book.create_sheet(table.name), table, rows)
    hidden = book.create_sheet(BASE_SHEET)
    hidden.sheet_state = "veryHidden"
    for record, digest in base.items():
        hidden.append([escape(record), digest])
    return book


def _fill_readme(sheet: Worksheet, rows: Rows) -> None:
    sheet.title = README_SHEET
    sheet.column_dimensions["A"].width = 110
    lines = [*README_LINES, *(f"{name}: a row is {SHEETS[name]}." for name in rows)]
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, line or None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        # A line after an empty one is a heading.
        cell.font = Font(bold=number == 1 or not lines[number - 2], size=12)


def _fill_sheet(sheet: Worksheet, table: Table, rows: Rows) -> None:
    for index, column in enumerate(table.columns, start=1):
        _fill_header(sheet, table, column, index)
        texts = [row[column.name] for row in rows[table.name]]
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = WIDE.get(column.name) or min(max([USUAL, *(len(text) + 2 for text in texts)]), WIDEST)
        number_format = "General" if column.kind in (cells.WHOLE, cells.DEGREES) else TEXT_FORMAT
        dimension.number_format = number_format  # for rows that people add
        for number, text in enumerate(texts, start=2):
            cell = sheet.cell(number, index)
            cell.number_format = number_format
            if text:
                _fill_cell(cell, to_sheet(text, column), table, column, number)
        _offer_choices(sheet, table, column, index, rows)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows[table.name]) + 1}"


def _fill_cell(cell, value: str | int | float, table: Table, column: Column, number: int) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST:
            message = f"sheet {table.name}, row {number}, {column.name}: is longer than {LONGEST} signs"
            raise ContentError(f"{message}, and Excel would cut it. Make the text shorter.")
        # Set as it is: the library would take a text that starts with "=" for a formula.
        cell._value, cell.data_type = value, "s"
        return
    cell.value = value


def _fill_header(sheet: Worksheet, table: Table, column: Column, index: int) -> None:
    cell = sheet.cell(1, index, column.name)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE7F0")
    parts = [note_of(table.name, column.name), "Must be filled." if column.missing else ""]
    if note := " ".join(part for part in parts if part):
        cell.comment = Comment(note, "the desk", width=260, height=90)


def _offer_choices(sheet: Worksheet, table: Table, column: Column, index: int, rows: Rows) -> None:
    last = len(rows[table.name]) + 1 + SPARE_ROWS
    if column.points_to:
        if column.points_to not in rows:
            return
        target = len(rows[column.points_to]) + 1 + SPARE_ROWS
        source, advice = f"{column.points_to}!$A$2:$A${target}", f"Pick an id of the sheet {column.points_to}."
    elif words := _words(column, rows):
        source, advice = f'"{",".join(words)}"', f"Use one of: {', '.join(words)}."
    else:
        return
    choice = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "Not in the list", advice[:220]
    letter = get_column_letter(index)
    choice.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(choice)


def _words(column: Column, rows: Rows) -> list[str]:
    words = list(allowed_words(column.rule))
    if column.name == "area" and "cities" in rows:
        words = [*(row["id"] for row in rows["cities"]), *WIDER_AREAS]
    # Excel allows 255 signs for a list that is written out, and takes its commas for borders.
    return words if len(",".join(words)) <= 255 and not any("," in word for word in words) else []
