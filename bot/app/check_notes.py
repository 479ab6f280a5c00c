"""What `desk check` remarks on without calling it a fault: times that only people can read, and notices that ended.

A pack with notes is good as it stands; faults are put together in checking.py.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.content.faults import Fault
from bot.content.pack.cells import tidy
from bot.content.pack.csv_files import Row
from bot.content.pack.reading import PackText, read_pack, shown_name
from bot.content.pack.tables import TABLE_BY_NAME
from bot.content.records import Schedule
from bot.skills.opening_spans import is_readable


def notes_on_pack(home: Path, today: date) -> list[str]:
    """Each note as one line, by file and line. The pack under `home` must be free of faults."""
    folder = home / "services_data"
    pack = read_pack(folder)
    return [str(note) for note in sorted([*_unread_times(pack, folder), *_ended_notices(pack, folder, today)])]


def _unread_times(pack: PackText, folder: Path) -> Iterator[Fault]:
    shown = shown_name(folder, TABLE_BY_NAME["schedules"].file)
    for row in pack.tables.get("schedules", []):
        schedule = _schedule(row)
        if is_readable(schedule):
            continue
        if schedule.opening_hours:
            message = f'"{schedule.opening_hours}" has a part that no machine reads here (SH, PH +1 day, 09:00+).'
            yield Fault(shown, row.lines["opening_hours"], "opening_hours", f"{message} Write it without that part.")
        elif schedule.opens_at:
            message = "leaves open on which days it is. Write byday, and dtstart where interval is more than 1."
            yield Fault(shown, row.lines["freq"], "freq", message)
        else:
            message = f'only people can read "{schedule.text}". If you know days and times, write opening_hours too.'
            yield Fault(shown, row.lines["description"], "description", f'{message} For example "Mo-Fr 09:00-17:00".')


def _schedule(row: Row) -> Schedule:
    """The row as the store would give it, as far as the times go."""
    values: dict[str, Any] = {
        column.name: column.kind.to_value(tidy(row.cells[column.name])) for column in TABLE_BY_NAME["schedules"].columns
    }
    return Schedule(
        text=values["description"],
        **{name: values[name] for name in ("opening_hours", "freq", "interval", "byday", "bymonthday", "dtstart")},
        **{name: values[name] for name in ("opens_at", "closes_at", "valid_from", "valid_to")},
    )


def _ended_notices(pack: PackText, folder: Path, today: date) -> Iterator[Fault]:
    shown = shown_name(folder, TABLE_BY_NAME["notices"].file)
    for row in pack.tables.get("notices", []):
        last = date.fromisoformat(tidy(row.cells["valid_to"]))
        if last < today:
            message = f"{last} is past, so that nobody sees this notice. Take the row out, or write a later day."
            yield Fault(shown, row.lines["valid_to"], "valid_to", message)
