"""From a pack into the database: a plan first, then all of it in one transaction, without losing what people edited
there. Where a pack may lie is in sources.py, which side wins in merging.py."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from bot.content.database import reading, writing
from bot.content.duplicates import find_duplicates
from bot.content.pack import records
from bot.content.pack.baseline import read_baseline, read_mark, write_baseline
from bot.content.pack.checks import check_read_pack
from bot.content.pack.merging import DATABASE, HOW_TO_CHOOSE, PACK, merge
from bot.content.pack.plan import ImportPlan, merge_plan, still_needed
from bot.content.pack.reading import PackText
from bot.content.pack.records import Records
from bot.content.pack.sources import is_file, read_source
from bot.content.pack.tables import ANSWERS, TABLE_BY_NAME, TABLES
from bot.content.revision import lock_content, raise_revision, read_revision
from bot.errors import ContentConflict, ContentError

Progress = Callable[[str, int, int], None]  # the table just written, changes done, changes in all


class HasEngine(Protocol):
    """A `Store`, or an SQLAlchemy engine."""

    @property
    def engine(self) -> Engine: ...


@dataclass(frozen=True)
class ImportReport:
    """What an import did; each field lists records such as "services/nhs-111".

    kept and needed: as in the plan; `needed` are those of `kept` that stay only because other records point to them.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line of counts."""
        names = ("added", "changed", "removed", "unchanged", "kept")
        return ", ".join(f"{len(getattr(self, name))} {name}" for name in names) + still_needed(self.needed)


def import_pack(
    target: HasEngine,
    source: Path,
    keep: str | None = None,
    choices: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the pack in `source` (a folder, an .xlsx or a .json file) into the database, plan and all in one go.

    keep: "database" or "pack", the side that wins where both were edited; choices: the same for single records.
    Raises ContentError with all faults of the pack, ContentConflict with all conflicts, StoreError. After any error
    the database is as before.
    """
    _check_choices(keep, choices)
    source = Path(source)
    pack = read_source(source)
    with writing(target.engine) as connection:
        lock_content(connection)
        plan, _ = _plan_and_stored(connection, pack, source, keep, choices)
        return _carry_out(connection, plan, progress)


def plan_import(
    target: HasEngine, source: Path, keep: str | None = None, choices: Mapping[str, str] | None = None
) -> ImportPlan:
    """What `import_pack` would do; nothing is written. Faults and conflicts stand in the plan.

    Raises ContentError for a file that is refused as a whole, StoreError.
    """
    _check_choices(keep, choices)
    source = Path(source)
    pack = read_source(source)
    with reading(target.engine) as connection:
        plan, stored = _plan_and_stored(connection, pack, source, keep, choices)
    return _with_duplicates(plan, stored)


def apply_import(target: HasEngine, plan: ImportPlan, progress: Progress | None = None) -> ImportReport:
    """Carry a plan out, all or nothing. Raises ContentError, ContentConflict (also where the content changed since the
    plan was made), StoreError."""
    with writing(target.engine) as connection:
        lock_content(connection)
        if read_revision(connection) != plan.revision:
            raise ContentConflict(
                "The content was changed since you looked at this import. Nothing was imported; run it again."
            )
        return _carry_out(connection, plan, progress)


def check_plan(plan: ImportPlan) -> None:
    """Raise ContentError where the plan has faults, ContentConflict where it has conflicts."""
    if plan.refused:
        raise ContentError("\n".join(str(fault) for fault in plan.refused))
    if plan.conflicts:
        raise ContentConflict("\n".join([*(str(conflict) for conflict in plan.conflicts), HOW_TO_CHOOSE]))


def _check_choices(keep: str | None, choices: Mapping[str, str] | None) -> None:
    for choice in [keep, *(choices or {}).values()]:
        if choice not in (None, DATABASE, PACK):
            raise ContentError(f'"{choice}" cannot be kept; choose "database" or "pack".')


def _plan_and_stored(
    connection: Connection, pack: PackText, source: Path, keep: str | None, choices: Mapping[str, str] | None
) -> tuple[ImportPlan, Records]:
    revision, stored = read_revision(connection), records.database_records(connection)
    from_file = is_file(source)
    ids = {name: {key for table, key in stored if table == name} for name in pack.absent}
    if faults := check_read_pack(pack, None if from_file else source, ids):
        return ImportPlan(revision, refused=tuple(faults)), stored
    # What the source does not speak of stays as it is: it counts as if the source had the same.
    wanted = records.pack_records(pack) | {key: record for key, record in stored.items() if key[0] in pack.absent}
    baseline = read_baseline(connection)
    if pack.base is not None and pack.base.desk and pack.base.desk == read_mark(connection):
        baseline = pack.base.digests
    result = merge(wanted, stored, baseline, keep, choices)
    plan = merge_plan(
        result,
        stored,
        revision=revision,
        untouched=tuple(name for name in [*TABLE_BY_NAME, ANSWERS] if name in pack.absent),
        answers=tuple(key for table, key in wanted if table == ANSWERS),
        baseline=None if from_file else {key: records.digest(record) for key, record in wanted.items()},
    )
    return plan, stored


def _with_duplicates(plan: ImportPlan, stored: Records) -> ImportPlan:
    new = {key for table, key in plan.merge.added if table == "services"}
    if not new:
        return plan
    after = {key: record for key, record in stored.items() if key not in plan.merge.remove} | plan.merge.put
    return replace(plan, duplicates=tuple(find_duplicates(after, new)))


def _carry_out(connection: Connection, plan: ImportPlan, progress: Progress | None) -> ImportReport:
    check_plan(plan)
    for name, done, total in _written(connection, plan):
        if progress:
            progress(name, done, total)
    moved = records.place_answers(connection, plan.answers)
    if plan.merge.put or plan.merge.remove or moved:
        raise_revision(connection)
    if plan.baseline is not None:
        write_baseline(connection, plan.baseline)
    changed = tuple(change.record for change in plan.changed)
    return ImportReport(plan.added, changed, plan.removed, plan.unchanged, plan.kept, plan.needed)


def _written(connection: Connection, plan: ImportPlan) -> Iterator[tuple[str, int, int]]:
    """Write, and tell after each table: its name, changes done, changes in all.

    New and changed records first, in the order in which tables need each other; then deletions, in reverse.
    """
    put, remove = plan.merge.put, plan.merge.remove
    total, done = len(put) + len(remove), 0
    for name in [*TABLE_BY_NAME, ANSWERS]:
        for keys, new in ((plan.merge.added, True), (plan.merge.changed, False)):
            chosen = [put[key] for key in sorted(keys) if key[0] == name]
            records.write_records(connection, name, chosen, new)
            done += len(chosen)
        yield name, done, total
    for name in [ANSWERS, *(table.name for table in reversed(TABLES))]:
        ids = sorted(key for table, key in remove if table == name)
        records.delete_rows(connection, name, ids)
        done += len(ids)
        yield name, done, total
