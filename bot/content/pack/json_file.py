"""The pack as one JSON file: {table: [rows], "answers": [...], "base": {...}}. Its rules are those of every pack."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.content.faults import ENTRY, Fault
from bot.content.pack.answer_files import AnswerReader, Entry
from bot.content.pack.baseline import FileBase, file_base
from bot.content.pack.csv_files import STRAY, Row, natural_order
from bot.content.pack.reading import PackText, header_faults, with_later_columns
from bot.content.pack.records import Records, topic_of
from bot.content.pack.tables import ANSWERS, TABLE_BY_NAME, TABLES, Table
from bot.content.spreadsheet.guard import check_size
from bot.errors import ContentError

BASE = "base"  # what each record was when the file was written, as digests by record


def json_text(content: Records, base: Mapping[str, str]) -> str:
    """The one canonical JSON text of all content, with a line for each field. base: from `base_entries` in baseline.py."""
    document: dict[str, Any] = {}
    for table in TABLES:
        rows = [record for (name, _), record in content.items() if name == table.name]
        document[table.name] = sorted(rows, key=lambda row: natural_order(next(iter(row.values()))))
    document[ANSWERS] = [record for (name, _), record in content.items() if name == ANSWERS]
    document[BASE] = dict(base)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_json(path: Path) -> PackText:
    """The rows and answers of a JSON file. What it does not have is `absent`. Raises ContentError for a file that is no
    JSON object; whatever is wrong inside becomes a fault."""
    check_size(path)
    document = _load(path)
    pack = PackText(unit=ENTRY, names={name: f"{path.name}, {name}" for name in [*TABLE_BY_NAME, ANSWERS]})
    pack.absent = {*TABLE_BY_NAME, ANSWERS} - document.keys()
    for name, value in document.items():
        if name == BASE:
            pack.base = _base(value, path, pack)
        elif name in TABLE_BY_NAME:
            _read_table(TABLE_BY_NAME[name], value, pack)
        elif name == ANSWERS:
            _read_answers(value, path, pack)
        else:
            known = ", ".join(TABLE_BY_NAME)
            pack.faults.append(Fault(path.name, 0, name, f"is no table of the desk. Its tables are: {known}.", ENTRY))
    return pack


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_without_repeats)
    except OSError as error:
        raise ContentError(f"{path.name} cannot be read ({error.strerror}); check its rights.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{path.name} is not UTF-8 text; save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ContentError(
            f"{path.name}:{error.lineno}: is not JSON ({error.msg}). Look here and one line above."
        ) from None
    except (ValueError, RecursionError) as error:  # a name that stands twice, a number too long, brackets without end
        raise ContentError(f"{path.name} cannot be read as JSON ({error}). Correct it, or export it again.") from None
    if not isinstance(document, dict):
        raise ContentError(f'{path.name} is not a JSON object with tables, such as {{"services": [...]}}.')
    return document


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f'"{next(name for name in names if names.count(name) > 1)}" stands twice in one entry')
    return found


def _base(value: Any, path: Path, pack: PackText) -> FileBase | None:
    if not isinstance(value, dict) or not all(isinstance(digest, str) for digest in value.values()):
        pack.faults.append(Fault(path.name, 0, BASE, "was changed. Delete it, or export the file again.", ENTRY))
        return None
    return file_base(value)


def _entries(name: str, value: Any, pack: PackText) -> list[tuple[int, dict[str, Any]]]:
    shown = pack.names[name]
    if not isinstance(value, list):
        pack.faults.append(Fault(shown, 0, "", "must be a list of entries in square brackets.", ENTRY))
        return []
    wrong = [number for number, entry in enumerate(value, start=1) if not isinstance(entry, dict)]
    message = "must be an entry with names and values in braces."
    pack.faults += [Fault(shown, number, "", message, ENTRY) for number in wrong]
    return [(number, entry) for number, entry in enumerate(value, start=1) if isinstance(entry, dict)]


def _read_table(table: Table, value: Any, pack: PackText) -> None:
    rows = []
    for number, entry in _entries(table.name, value, pack):
        found = header_faults(table, list(entry), pack.names[table.name], ENTRY)
        faults = [Fault(fault.file, number, fault.field, _of_entry(fault.message), ENTRY) for fault in found]
        pack.faults += faults
        if faults:
            continue
        cells = {name: _text(table.name, number, name, cell, pack) for name, cell in entry.items()}
        rows.append(with_later_columns(table, Row(cells, dict.fromkeys(cells, number))))
    pack.tables[table.name] = rows


def _of_entry(message: str) -> str:
    return message.replace("Add this column to the first line.", "Add it to this entry.").replace(
        "this file", "this table"
    )


def _text(table: str, number: int, name: str, value: Any, pack: PackText) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        message = "must be a text between quotation marks."
        pack.faults.append(Fault(pack.names[table], number, name, message, ENTRY))
        return ""
    if found := STRAY.search(value):
        message = f"holds a character that nobody can see (U+{ord(found.group()):04X}). Type the text again by hand."
        pack.faults.append(Fault(pack.names[table], number, name, message, ENTRY))
    return STRAY.sub("", value)


def _read_answers(value: Any, path: Path, pack: PackText) -> None:
    for number, raw in _entries(ANSWERS, value, pack):
        topic = topic_of(raw["id"]) if isinstance(raw.get("id"), str) else ""
        shown = f"{path.name}, {ANSWERS}/{topic}" if topic.isidentifier() else f"{path.name}, {ANSWERS}"
        text = json.dumps([raw], ensure_ascii=False)
        if found := STRAY.search(text):
            message = (
                f"holds a character that nobody can see (U+{ord(found.group()):04X}). Type the text again by hand."
            )
            pack.faults.append(Fault(shown, number, "", message, ENTRY))
            continue
        # JSON is YAML too, so that answers from everywhere keep the same rules.
        reader = AnswerReader(text, shown)
        pack.faults += [Fault(shown, number, fault.field, fault.message, ENTRY) for fault in reader.faults]
        pack.answers += [Entry(shown, number, entry.record) for entry in reader.entries]
