"""The CSV files of the pack as text: read with line numbers, written in one canonical way. No rules here."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.faults import Fault

BOM = "\ufeff"  # Excel puts it before UTF-8 text; it is accepted when read and never written
STRAY = re.compile(  # control characters, and those that are invisible or turn the direction of what follows
    r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff]|\r(?!\n)"
)


@dataclass(frozen=True)
class Row:
    """One row of a CSV file: its cells by column, and the line of the file on which each cell starts."""

    cells: dict[str, str]
    lines: dict[str, int]


@dataclass(frozen=True)
class CsvText:
    """One CSV file as read: its header, its rows, and what was wrong with the file itself."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def natural_order(key: str) -> list[str | int]:
    """A sort key by which "x-2" stands before "x-10"."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", key)]


def read_text(path: Path, shown: str) -> tuple[str, list[Fault]]:
    """The text of a file without stray characters, and a fault for each of them. `shown` is how faults name the file.

    A file that is not UTF-8 or cannot be read gives an empty text and one fault.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8").removeprefix(BOM)
    except OSError as error:
        return "", [Fault(shown, 0, "", f"cannot be read ({error.strerror}). Check that the file is there.")]
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return "", [Fault(shown, line, "", "is not UTF-8 text. In Excel choose “CSV UTF-8” when you save it.")]
    return STRAY.sub("", text), list(_stray_characters(text, shown))


def _stray_characters(text: str, shown: str) -> Iterable[Fault]:
    for found in STRAY.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found.group()):04X}"
        yield Fault(shown, line, "", f"holds a character that nobody can see ({code}). Type the line again by hand.")


def read_csv(path: Path, shown: str) -> CsvText:
    """A CSV file with the true line of each cell, also where a cell holds line breaks. Empty rows are skipped."""
    text, faults = read_text(path, shown)
    if not text:
        faults = faults or [Fault(shown, 1, "", "is empty. Its first line must name the columns.")]
        return CsvText((), (), tuple(faults))
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    end = 0
    try:
        for cells in reader:
            start, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = tuple(cell.strip() for cell in cells)
            elif len(cells) != len(header):
                faults.append(Fault(shown, start, "", _wrong_width(len(cells), len(header))))
            else:
                rows.append(_row(header, cells, start))
    except csv.Error:
        message = 'has a quotation mark that does not close. Write each " inside a cell twice.'
        faults.append(Fault(shown, end + 1, "", message))
    return CsvText(header, tuple(rows), tuple(faults))


def _wrong_width(found: int, expected: int) -> str:
    return f"has {found} cells, not {expected} as the first line. A cell that holds a comma needs quotation marks."


def _row(header: Sequence[str], cells: Sequence[str], start: int) -> Row:
    lines, line = {}, start
    for name, cell in zip(header, cells, strict=True):
        lines[name] = line
        line += cell.count("\n")
    return Row(dict(zip(header, cells, strict=True)), lines)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The canonical text of a CSV file: LF line ends, quotation marks where needed, rows sorted by their first cell."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(header)
    writer.writerows(sorted(rows, key=lambda row: natural_order(row[0])))
    return target.getvalue()
