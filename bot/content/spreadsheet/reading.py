"""From an .xlsx file to the rows of the pack, with the sheet and row of every fault. Whether the file may be opened is
decided in guard.py; what the cells may say, in pack/checks.py."""

import warnings
import zipfile
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from bot.content.faults import ROW, Fault
from bot.content.pack.baseline import file_base
from bot.content.pack.csv_files import STRAY, Row
from bot.content.pack.reading import PackText, header_faults, with_later_columns
from bot.content.pack.tables import ANSWERS, TABLE_BY_NAME, Table
from bot.content.spreadsheet.cells import from_sheet, unescape
from bot.content.spreadsheet.guard import check_spreadsheet
from bot.content.spreadsheet.notes import README_SHEET
from bot.content.spreadsheet.writing import BASE_SHEET
from bot.errors import ContentError

MOST_ROWS = 100_000
MOST_COLUMNS = 100
# What the library raises where a part of the file is damaged or missing.
DAMAGED = (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError)

Line = tuple[Any, ...]  # the cells of one row


def read_spreadsheet(path: Path) -> PackText:
    """The rows of an .xlsx file. Sheets that it does not have are `absent`. Raises ContentError for a file that is
    refused as a whole; whatever is wrong inside a sheet becomes a fault."""
    check_spreadsheet(path)
    everything = {*TABLE_BY_NAME, ANSWERS}
    pack = PackText(unit=ROW, names={name: f"sheet {name}" for name in TABLE_BY_NAME}, absent=set(everything))
    try:
        with warnings.catch_warnings(action="ignore"):  # the library tells of colours and lists that it does not keep
            _read_workbook(path, pack)
    except DAMAGED as error:
        advice = "Open it in a spreadsheet program and save it again."
        raise ContentError(f"{path.name} cannot be read as a spreadsheet ({type(error).__name__}). {advice}") from None
    if pack.absent == everything and not pack.faults:
        pack.faults.append(Fault(path.name, 0, "", "has none of the sheets of the desk.", ROW))
    return pack


def _read_workbook(path: Path, pack: PackText) -> None:
    reader = _Reader(path, read_only=True, keep_links=False)
    try:
        reader.read()
        for sheet in reader.wb.worksheets:
            _read_sheet(sheet, pack)
    finally:
        reader.archive.close()


class _Reader(ExcelReader):
    """The library's reader, but with every text as it stands in the file: the library drops some codes of signs."""

    def read_strings(self) -> None:
        """Fill the list of texts that cells point to."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        entry, text, phonetic = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}rPh"
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source, forbid_dtd=True):
                if node.tag == phonetic:
                    node.clear()
                elif node.tag == entry:
                    self.shared_strings.append("".join(piece.text or "" for piece in node.iter(text)))
                    node.clear()


def _read_sheet(sheet: Any, pack: PackText) -> None:
    if sheet.title == README_SHEET:
        return
    if sheet.title == BASE_SHEET:
        pack.base = file_base(dict(_base_entries(sheet)))
        return
    shown = f"sheet {sheet.title}"
    table = TABLE_BY_NAME.get(sheet.title)
    if table is None:
        near = get_close_matches(sheet.title.lower(), TABLE_BY_NAME, n=1)
        advice = f'Did you mean "{near[0]}"?' if near else "Delete it, or rename it to a sheet that is."
        pack.faults.append(Fault(shown, 0, "", f"is no sheet of the desk. {advice}", ROW))
        return
    pack.absent.discard(table.name)
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    _Sheet(table, shown, pack).read(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1))


def _base_entries(sheet: Any) -> Iterator[tuple[str, str]]:
    sheet.reset_dimensions()
    for record, digest in sheet.iter_rows(max_col=2, max_row=MOST_ROWS * 5, values_only=True):
        if isinstance(record, str) and isinstance(digest, str):
            yield unescape(record), digest


class _Sheet:
    """Reads one sheet into `pack`: its rows, or the faults of what cannot be read."""

    def __init__(self, table: Table, shown: str, pack: PackText) -> None:
        self.table, self.shown, self.pack = table, shown, pack
        self.columns = {column.name: column for column in table.columns}

    def read(self, lines: Iterator[Line]) -> None:
        """Take the first row as the header, and each later row that is not empty as a row of the table."""
        header = [str(cell.value or "").strip() for cell in next(lines, ())]
        used = [name for name in header if name]
        faults = header_faults(self.table, used, self.shown, ROW)  # of a table with faults no row is kept
        self.pack.faults += faults
        rows = []
        for number, line in enumerate(lines, start=2):
            if number > MOST_ROWS:
                self.fault(number, "", f"and those below are too many. A sheet may have {MOST_ROWS} rows.")
                break
            if any(cell.value is not None and str(cell.value).strip() for cell in line):
                rows.append(with_later_columns(self.table, self.row(header, line, number)))
        if not faults:
            self.pack.tables[self.table.name] = rows

    def fault(self, number: int, name: str, message: str) -> None:
        """Note what is wrong with a cell of a row."""
        self.pack.faults.append(Fault(self.shown, number, name, message, ROW))

    def row(self, header: list[str], line: Line, number: int) -> Row:
        """One row; cells that cannot be read are empty and have a fault."""
        texts = {name: "" for name in header if name}
        for index, cell in enumerate(line):
            name = header[index] if index < len(header) else ""
            if cell.value is None:
                continue
            if not name:
                self.fault(number, cell.coordinate, "stands in a column without a name. Empty it, or name the column.")
            elif name in self.columns:
                texts[name] = self.text(cell, name, number)
        return Row(texts, dict.fromkeys([*texts, *self.columns], number))

    def text(self, cell: Any, name: str, number: int) -> str:
        """The text of one cell, without signs that nobody can see."""
        if cell.data_type == "f":
            self.fault(number, name, f"holds a formula in cell {cell.coordinate}. Write the value itself.")
            return ""
        if cell.data_type == "e":
            self.fault(number, name, f"holds the error {cell.value} in cell {cell.coordinate}. Write the value itself.")
            return ""
        text, wrong = from_sheet(cell.value, self.columns[name])
        if wrong:
            self.fault(number, name, wrong)
        if found := STRAY.search(text.replace("\r\n", "\n")):
            code = f"U+{ord(found.group()):04X}"
            self.fault(number, name, f"holds a character that nobody can see ({code}). Type the cell again by hand.")
        return STRAY.sub("", text)
