"""The whole pack as it stands in its folder: every CSV row and every answer with its lines. Rules are in checks.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.faults import LINE, Fault
from bot.content.pack.answer_files import AnswerReader, Entry
from bot.content.pack.baseline import FileBase
from bot.content.pack.csv_files import Row, read_csv, read_text
from bot.content.pack.tables import ANSWERS, TABLES, Table

# Others read these files straight from the pack; here only their characters are checked.
OTHER_FILES = ("safety.yml", "safety_triggers/*.yml", "triage.yml")


@dataclass
class PackText:
    """All that was read. `tables` has the rows of each table by its name; a table with a wrong header has none.

    absent: tables, or the answers, that the source does not speak of; an import leaves them as they are.
    names: how faults name a table where it is not a CSV file; unit: what the lines of such a table count.
    base: what the source says of the database that it was written from; None where it does not tell.
    """

    tables: dict[str, list[Row]] = field(default_factory=dict)
    answers: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    unit: str = LINE
    base: FileBase | None = None

    def shown(self, table: str, folder: Path | None) -> str:
        """How faults name a table; `folder` is that of a pack of CSV files."""
        if folder is None:
            return self.names.get(table, table)
        return shown_name(folder, f"{table}.csv")

    def pointed(self, table: str) -> str:
        """How faults name a table to which a cell points."""
        return self.names.get(table, f"{table}.csv")


def shown_name(folder: Path, inside: str) -> str:
    """How faults name a file of the pack: with the name of the folder before it."""
    return f"{folder.resolve().name}/{inside}"


def read_pack(folder: Path) -> PackText:
    """Read all tables and answers of the pack; whatever cannot be read becomes a fault and not an exception."""
    pack = PackText()
    if not folder.is_dir():
        pack.faults.append(Fault(str(folder), 0, "", "is not a folder. Name the folder that holds the content pack."))
        return pack
    for table in TABLES:
        _read_table(folder, table, pack)
    for path in answer_paths(folder):
        shown = shown_name(folder, f"{ANSWERS}/{path.name}")
        text, faults = read_text(path, shown)
        reader = AnswerReader(text, shown)
        pack.answers += reader.entries
        pack.faults += faults + reader.faults
    for pattern in OTHER_FILES:
        for path in sorted(folder.glob(pattern)):
            pack.faults += read_text(path, shown_name(folder, str(path.relative_to(folder))))[1]
    return pack


def answer_paths(folder: Path) -> list[Path]:
    """The files of answers in the pack, in the order of their names."""
    return sorted((folder / ANSWERS).glob("*.yml"))


def _read_table(folder: Path, table: Table, pack: PackText) -> None:
    shown = shown_name(folder, table.file)
    if table.later and not (folder / table.file).exists():
        pack.tables[table.name] = []
        return
    csv = read_csv(folder / table.file, shown)
    pack.faults += csv.faults
    if not csv.header:
        return
    faults = header_faults(table, csv.header, shown)
    pack.faults += faults
    if all(fault.message.startswith(UNKNOWN) for fault in faults):
        pack.tables[table.name] = [with_later_columns(table, row) for row in csv.rows]


UNKNOWN = "is not a column of"  # rows can be read all the same where a header has a column too many


def header_faults(table: Table, header: Sequence[str], shown: str, unit: str = LINE) -> list[Fault]:
    """What is wrong with the names of the columns; the columns that came later may be missing."""
    expected = [column.name for column in table.columns]
    missing = [column.name for column in table.columns if not column.later and column.name not in header]
    unknown = [name for name in header if name not in expected]
    twice = sorted({name for name in header if header.count(name) > 1})
    known = f"{UNKNOWN} this file. Its columns are: {', '.join(expected)}."
    return [
        *(Fault(shown, 1, name, "is missing. Add this column to the first line.", unit) for name in missing),
        *(Fault(shown, 1, name, known, unit) for name in unknown),
        *(Fault(shown, 1, name, "stands twice. Keep one of the two columns.", unit) for name in twice),
    ]


def with_later_columns(table: Table, row: Row) -> Row:
    """The row with the columns that an older pack does not have yet, empty."""
    absent = [column.name for column in table.columns if column.later and column.name not in row.cells]
    start = min(row.lines.values())
    return Row(row.cells | dict.fromkeys(absent, ""), row.lines | dict.fromkeys(absent, start))
