"""The whole pack as it stands in its folder: every CSV row and every answer with its lines. Rules are in checks.py."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.content.answer_files import AnswerReader, Entry
from bot.content.faults import Fault
from bot.content.pack_files import Row, read_csv, read_text
from bot.content.pack_tables import ANSWERS, TABLES, Table

# Others read these files straight from the pack; here only their characters are checked.
OTHER_FILES = ("safety.yml", "safety_triggers/*.yml", "triage.yml")


@dataclass
class PackText:
    """All that was read. `tables` has the rows of each table by its name; a table with a wrong header has none."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    answers: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


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
    expected = [column.name for column in table.columns]
    later = [column.name for column in table.columns if column.later and column.name not in csv.header]
    missing = [name for name in expected if name not in (*csv.header, *later)]
    unknown = [name for name in csv.header if name not in expected]
    twice = sorted({name for name in csv.header if csv.header.count(name) > 1})
    pack.faults += [Fault(shown, 1, name, "is missing. Add this column to the first line.") for name in missing]
    pack.faults += [
        Fault(shown, 1, name, f"is not a column of this file. Its columns are: {', '.join(expected)}.")
        for name in unknown
    ]
    pack.faults += [Fault(shown, 1, name, "stands twice. Keep one of the two columns.") for name in twice]
    if not missing and not twice:
        pack.tables[table.name] = [_with_empty(row, later) for row in csv.rows]


def _with_empty(row: Row, columns: list[str]) -> Row:
    """The row of an older pack, with the columns that it does not have yet."""
    start = min(row.lines.values())
    return Row(row.cells | dict.fromkeys(columns, ""), row.lines | dict.fromkeys(columns, start))
