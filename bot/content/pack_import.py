"""From the pack into the database, in one transaction, without losing what people edited there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, delete, insert, select

from bot.content import pack_records as records
from bot.content.checks import check_read_pack
from bot.content.database import writing
from bot.content.models import PackBaseline
from bot.content.pack_merge import DATABASE, HOW_TO_CHOOSE, PACK, Merge, merge, shown_key
from bot.content.pack_reading import read_pack
from bot.content.pack_records import Key, Records
from bot.content.pack_tables import ANSWERS, TABLE_BY_NAME, TABLES
from bot.content.revision import lock_content, raise_revision
from bot.errors import ContentConflict, ContentError

Progress = Callable[[str, int, int], None]  # the table just written, changes done, changes in all


class HasEngine(Protocol):
    """A `Store`, or an SQLAlchemy engine."""

    @property
    def engine(self) -> Engine: ...


@dataclass(frozen=True)
class ImportReport:
    """What an import did; each field lists records such as "services/nhs-111". `kept`: the database's own edits."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line of counts."""
        names = ("added", "changed", "removed", "unchanged", "kept")
        return ", ".join(f"{len(getattr(self, name))} {name}" for name in names)


def import_pack(
    target: HasEngine,
    folder: Path,
    keep: str | None = None,
    choices: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the pack in `folder` into the database.

    keep: "database" or "pack", the side that wins where both were edited; choices: the same for single records.
    Raises ContentError with all faults of the pack, ContentConflict with all conflicts, StoreError. After any error
    the database is as before.
    """
    _check_choices(keep, choices)
    folder = Path(folder)
    pack = read_pack(folder)
    if faults := check_read_pack(pack, folder):
        raise ContentError("\n".join(str(fault) for fault in faults))
    wanted = records.pack_records(pack)
    with writing(target.engine) as connection:
        lock_content(connection)
        plan = merge(wanted, records.database_records(connection), read_baseline(connection), keep, choices)
        if plan.conflicts:
            raise ContentConflict("\n".join([*(str(conflict) for conflict in plan.conflicts), HOW_TO_CHOOSE]))
        _apply(connection, plan, progress or (lambda table, done, total: None))
        moved = records.place_answers(connection, [key for table, key in wanted if table == ANSWERS])
        if plan.put or plan.remove or moved:
            raise_revision(connection)
        write_baseline(connection, wanted)
    return _report(plan)


def _check_choices(keep: str | None, choices: Mapping[str, str] | None) -> None:
    for choice in [keep, *(choices or {}).values()]:
        if choice not in (None, DATABASE, PACK):
            raise ContentError(f'"{choice}" cannot be kept; choose "database" or "pack".')


def _report(plan: Merge) -> ImportReport:
    def shown(keys: Iterable[Key]) -> tuple[str, ...]:
        return tuple(sorted(shown_key(key) for key in keys))

    return ImportReport(*(shown(keys) for keys in (plan.added, plan.changed, plan.remove, plan.unchanged, plan.kept)))


def _apply(connection: Connection, plan: Merge, progress: Progress) -> None:
    """New and changed records first, in the order in which tables need each other; then deletions, in reverse."""
    total, done = len(plan.put) + len(plan.remove), 0
    for name in [*(table.name for table in TABLES), ANSWERS]:
        for keys, new in ((plan.added, True), (plan.changed, False)):
            chosen = [plan.put[key] for key in sorted(keys) if key[0] == name]
            _write(connection, name, chosen, new)
            done += len(chosen)
        progress(name, done, total)
    for name in [ANSWERS, *(table.name for table in reversed(TABLES))]:
        ids = sorted(key for table, key in plan.remove if table == name)
        records.delete_rows(connection, name, ids)
        done += len(ids)
        progress(name, done, total)


def _write(connection: Connection, name: str, chosen: list[records.Record], new: bool) -> None:
    if name == ANSWERS:
        records.write_answers(connection, chosen, new)
    else:
        records.write_rows(connection, TABLE_BY_NAME[name], chosen, new)


def read_baseline(connection: Connection) -> dict[Key, str]:
    """The digest of each record as pack and database last had it in common."""
    rows = connection.execute(select(PackBaseline.table_name, PackBaseline.record_id, PackBaseline.digest))
    return {(row.table_name, row.record_id): row.digest for row in rows}


def write_baseline(connection: Connection, common: Records) -> None:
    """From now on `common` is what the pack is known to hold."""
    connection.execute(delete(PackBaseline))
    rows = [
        {"table_name": table, "record_id": key, "digest": records.digest(record)}
        for (table, key), record in common.items()
    ]
    if rows:
        connection.execute(insert(PackBaseline), rows)
