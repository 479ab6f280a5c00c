"""Finds all faults of a content pack at once, each with its file, line and field. For answers: answer_checks.py; for
emergencies: content/safety_texts.py."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.content.faults import Fault
from bot.content.field_rules import WIDER_AREAS
from bot.content.pack.answer_checks import check_answers
from bot.content.pack.cells import tidy
from bot.content.pack.csv_files import Row
from bot.content.pack.reading import PackText, read_pack
from bot.content.pack.tables import TABLE_BY_NAME, TABLES, Table
from bot.content.safety_texts import SAFETY_FILE, check_safety

__all__ = ["Fault", "check_pack", "check_read_pack"]

Ids = dict[str, set[str]]  # the known ids by the name of their table; tables that could not be read are absent

# What spreadsheet programs run when they open a CSV file. "-1.5", "-1FR" and "- Bring a form" call nothing.
FORMULA = re.compile(r"[=@]|[+-].*(\||\w\(|!\w)")
PLACE_FIELDS = ("name", "address_1", "city", "postal_code", "latitude", "longitude")


def check_pack(folder: Path) -> list[Fault]:
    """All faults of the pack in `folder`, sorted by file and line; an empty list means that it can be imported."""
    return check_read_pack(read_pack(folder), folder)


def check_read_pack(pack: PackText, folder: Path | None, stored: Ids | None = None) -> list[Fault]:
    """The same for a pack that was read already. folder: None where it came from one file.

    stored: the ids of the tables that the source does not have, because its rows may point to what is stored.
    """
    ids = (stored or {}) | {
        name: {tidy(row.cells[TABLE_BY_NAME[name].key]) for row in rows} for name, rows in pack.tables.items()
    }
    faults = list(pack.faults)
    for table in TABLES:
        rows = pack.tables.get(table.name, [])
        shown = pack.shown(table.name, folder)
        faults += _equal_ids(table, rows, shown, pack.unit)
        for row in rows:
            faults += _check_row(table, row, shown, ids, pack)
    faults += check_answers(pack.answers, ids)
    if folder is not None and (folder / SAFETY_FILE).exists():
        faults += check_safety(folder / SAFETY_FILE)
    return sorted({replace(fault, unit=pack.unit) for fault in faults})


def _equal_ids(table: Table, rows: list[Row], shown: str, unit: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        key, line = tidy(row.cells[table.key]), row.lines[table.key]
        if key and key in first:
            message = f'"{key}" stands on {unit} {first[key]} already. Give each row its own {table.key}.'
            yield Fault(shown, line, table.key, message)
        first.setdefault(key, line)


def _check_row(table: Table, row: Row, shown: str, ids: Ids, pack: PackText) -> Iterator[Fault]:
    for column in table.columns:
        text, line = tidy(row.cells[column.name]), row.lines[column.name]
        if not text:
            if column.missing:
                yield Fault(shown, line, column.name, f"is empty. {column.missing}")
            continue
        if FORMULA.match(text):
            message = f'starts with "{text[0]}", which spreadsheets run as a formula. Begin with a word.'
            yield Fault(shown, line, column.name, message)
        if message := column.rule(text):
            yield Fault(shown, line, column.name, message)
        elif column.points_to in ids and text not in ids[column.points_to]:
            message = f'"{text}" is not in {pack.pointed(column.points_to)}. Correct it, or add it there.'
            yield Fault(shown, line, column.name, message)
    for name, message in ROW_RULES.get(table.name, _nothing)(row.cells, ids):
        yield Fault(shown, row.lines[name], name, message)


def _nothing(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    yield from ()


def _check_location(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    if cells["confidential"].strip() == "yes":
        for name in PLACE_FIELDS:
            if cells[name].strip():
                yield name, "tells where a confidential place is. Empty this cell."
        if cells["location_type"].strip() == "physical":
            yield "location_type", "is physical, but the place is confidential. Write virtual."
    elif bool(cells["latitude"].strip()) != bool(cells["longitude"].strip()):
        name = "longitude" if cells["latitude"].strip() else "latitude"
        yield name, "is empty. Write both latitude and longitude, or neither."


def _check_language(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    if not cells["name"].strip() and not cells["note"].strip():
        yield "name", "is empty. Write the name of a language, or a note."


def _check_area(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    known = [*sorted(ids.get("cities", ())), *WIDER_AREAS]
    if "cities" in ids and cells["area"].strip() and cells["area"].strip() not in known:
        yield "area", f'"{cells["area"].strip()}" is not known here. Use one of: {", ".join(known)}.'


def _check_schedule(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    opens, closes = cells["opens_at"].strip(), cells["closes_at"].strip()
    if bool(opens) != bool(closes):
        yield "closes_at" if opens else "opens_at", "is empty. Write both opens_at and closes_at, or neither."
    if not cells["description"].strip() and not opens and not cells["opening_hours"].strip():
        yield "description", "is empty. Say when the service is open."
    if cells["opening_hours"].strip() and cells["freq"].strip():
        yield "opening_hours", "and freq both tell when it is open. Keep one of the two, and empty the other."
    if cells["freq"].strip() and not opens:
        yield "opens_at", "is empty, but freq says that it opens again and again. Write opens_at and closes_at."
    yield from _check_days(cells, ids)


def _check_days(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    start, end = cells["valid_from"].strip(), cells["valid_to"].strip()
    if start and end and end < start:
        yield "valid_to", f"{end} is before {start}. Correct one of the two days."


def _check_service(cells: dict[str, str], ids: Ids) -> Iterator[tuple[str, str]]:
    if cells["status"].strip() == "temporarily closed" and not cells["alert"].strip():
        yield "alert", "is empty, but the service is closed for a time. Say until when, such as Closed until 3 May."
    least, most = cells["minimum_age"].strip(), cells["maximum_age"].strip()
    if least.isdecimal() and most.isdecimal() and int(most) < int(least):
        yield "maximum_age", f"{most} is less than the minimum age {least}. Correct one of the two."


ROW_RULES = {
    "locations": _check_location,
    "languages": _check_language,
    "service_areas": _check_area,
    "city_contacts": _check_area,
    "schedules": _check_schedule,
    "notices": _check_days,
    "services": _check_service,
}
