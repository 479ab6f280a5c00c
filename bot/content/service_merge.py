"""Two records of one service made into one, after people have seen what that means. Which pairs: duplicates.py."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, update

from bot.content import models
from bot.content.database import reading, writing
from bot.content.duplicates import Duplicate, find_duplicates
from bot.content.field_rules import phone_link
from bot.content.pack import records
from bot.content.pack.importing import HasEngine
from bot.content.pack.merging import shown_key
from bot.content.pack.records import Key, Record, Records
from bot.content.pack.tables import ANSWERS, TABLES
from bot.content.revision import lock_content, raise_revision, read_revision
from bot.errors import ContentConflict, ContentError

SERVICES = "services"
PARTS = tuple(table.name for table in TABLES if any(column.name == "service_id" for column in table.columns))
# Two sets of opening hours or prices side by side would contradict each other, so that KEEP's own win.
ONE_SIDE_ONLY = ("schedules", "cost_options", "conditions")
FACTS = ("phones", "contacts", "schedules", "services_at_location", "cost_options")
OF_THE_RECORD = ("status", "review_colour", "assured_date", "owner", "next_review_date", "source_date")


@dataclass(frozen=True)
class ServiceMerge:
    """What a merge would do, as lines for people. It can be carried out only while the `revision` is the same.

    put: records that change; add and remove: rows that move get an id behind KEEP's own, because ids tell which number
    or topic comes first. moved, answers, left, closures, lost and areas: what the lines of `str` tell.
    """

    keep: str
    drop: str
    revision: int
    moved: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    closures: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    put: Records = field(default_factory=dict, repr=False)
    add: Records = field(default_factory=dict, repr=False)
    remove: tuple[Key, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        """For people, before they say yes."""
        lines = [f"{self.drop} becomes part of {self.keep}. Its row stays, as defunct, so that its id stays known."]
        for title, entries in (
            (f"Moves to {self.keep}", self.moved),
            (f"Answers that will point to {self.keep}", self.answers),
            (f"Stays with {self.drop}, because {self.keep} has its own", self.left),
            (f"Stays with {self.drop}, because it would close {self.keep} too", self.closures),
            (f"People will read what {self.keep} says, and no longer", self.lost),
            (f"LOOK: the two work in different areas, and {self.keep} will be shown in all of them", self.areas),
        ):
            if entries:
                lines += [f"{title}:", *(f"  {entry}" for entry in entries)]
        return "\n".join(lines)


def list_duplicates(target: HasEngine) -> list[Duplicate]:
    """Pairs of services of the database that may be one, the surest first. Raises StoreError."""
    with reading(target.engine) as connection:
        return find_duplicates(records.database_records(connection))


def plan_service_merge(target: HasEngine, keep: str, drop: str) -> ServiceMerge:
    """What it would mean to make `drop` part of `keep` (ids of services). Nothing is written.

    Raises ContentError where there is no such service or they are the same one, StoreError.
    """
    with reading(target.engine) as connection:
        return _plan(records.database_records(connection), keep, drop, read_revision(connection))


def merge_services(target: HasEngine, plan: ServiceMerge) -> None:
    """Carry a plan out in one transaction. Raises ContentConflict where the content changed since, StoreError."""
    with writing(target.engine) as connection:
        lock_content(connection)
        if read_revision(connection) != plan.revision:
            raise ContentConflict("The content was changed since you looked at it. Nothing was merged; run it again.")
        for name in [*(table.name for table in TABLES), ANSWERS]:
            for changes, new in ((plan.add, True), (plan.put, False)):
                chosen = [record for (table, _), record in changes.items() if table == name]
                records.write_records(connection, name, chosen, new)
            records.delete_rows(connection, name, [key for table, key in plan.remove if table == name])
        _move_reports(connection, plan)
        raise_revision(connection)


def _move_reports(connection: Connection, plan: ServiceMerge) -> None:
    report = models.RecordReport.__table__
    chosen = (report.c.table_name == SERVICES) & (report.c.record_id == plan.drop)
    connection.execute(update(report).where(chosen).values(record_id=plan.keep))


def _plan(content: Records, keep: str, drop: str, revision: int) -> ServiceMerge:
    for key in (keep, drop):
        if (SERVICES, key) not in content:
            raise ContentError(f'There is no service "{key}". Look for its id in services.csv.')
    if keep == drop:
        raise ContentError("Name two services: the one to keep, and the one that becomes part of it.")
    if content[SERVICES, keep]["status"] == "defunct":
        raise ContentError(f"{keep} is defunct, so that nobody would see it. Keep the other one.")
    add, remove, left = _parts(content, keep, drop)
    closures = [key for key in left if _closes(key, content[key])]
    moved = [_told(key, content[key]) for key in remove]
    answers = {key: _pointed(record, keep, drop) for key, record in content.items() if _points(key, record, drop)}
    kept, before = content[SERVICES, keep], content[SERVICES, drop]
    gone = before | {"status": "defunct", "doubts": _sentences(f"Merged into {keep}.", before["doubts"])}
    put = {(SERVICES, drop): gone} | answers
    if not before["assured_date"] and any(table in FACTS for table, _ in add):
        # Nobody checked what comes from there, so that people must not read it as checked.
        doubt = f"Check what came from {drop}."
        put[SERVICES, keep] = kept | {"doubts": _sentences(kept["doubts"], doubt)}
        moved.append(f"the doubt: {doubt} People see that {keep} is not checked until somebody does.")
    lost = tuple(
        f"{name}: {value}"
        for name, value in before.items()
        if value and name not in ("id", *OF_THE_RECORD) and value != kept[name]
    )
    pointing = tuple(key for _, key in answers)
    return ServiceMerge(
        keep,
        drop,
        revision,
        moved=tuple(moved),
        answers=pointing,
        left=tuple(_told(key, content[key]) for key in left if key not in closures),
        closures=tuple(_told(key, content[key]) for key in closures),
        lost=lost,
        areas=tuple(_different_areas(content, keep, drop)),
        put=put,
        add=add,
        remove=tuple(remove),
    )


def _parts(content: Records, keep: str, drop: str) -> tuple[Records, list[Key], list[Key]]:
    """The rows that move as they would be, their keys as they are now, and the keys of what stays behind."""
    add: Records = {}
    remove, left = [], []
    for key, record in _parts_of(content, drop):
        own = [part for (table, _), part in _parts_of(content, keep) if table == key[0]]
        if any(_same(content, key[0], record, part) for part in own):
            continue
        if (own and key[0] in ONE_SIDE_ONLY) or _closes(key, record):
            left.append(key)
            continue
        new = _free_key(key, keep, drop, {*content, *add})
        add[new] = record | {"id": new[1], "service_id": keep}
        remove.append(key)
    return add, remove, left


def _closes(key: Key, record: Record) -> bool:
    """Whether a row is a closure. It was told of the other record, and people would no longer be sent to this one."""
    return key[0] == "notices" and record["kind"] == "closed"


def _different_areas(content: Records, keep: str, drop: str) -> Iterator[str]:
    """The areas of each of the two, where they are not the same: KEEP then gets those of both."""
    of_keep, of_drop = (
        sorted(row["area"] for (table, _), row in _parts_of(content, service) if table == "service_areas")
        for service in (keep, drop)
    )
    if of_keep != of_drop:
        yield from (
            f"{key}: {', '.join(areas) or 'none is named'}" for key, areas in ((keep, of_keep), (drop, of_drop))
        )


def _free_key(key: Key, keep: str, drop: str, taken: Collection[Key]) -> Key:
    """The key of a row that moves: "shelter-call-phone-1" becomes the next free "shelter-line-phone-3"."""
    stem = re.sub(r"-[0-9]+$", "", key[1])
    stem = keep + stem.removeprefix(drop) if stem.startswith(drop) else f"{keep}-{stem}"
    used = [int(each.removeprefix(f"{stem}-")) for table, each in taken if table == key[0] and _numbered(each, stem)]
    return key[0], f"{stem}-{max(used, default=0) + 1}"


def _numbered(key: str, stem: str) -> bool:
    return re.fullmatch(re.escape(stem) + "-[0-9]+", key) is not None


def _sentences(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _parts_of(content: Records, service: str) -> Iterator[tuple[Key, Record]]:
    return ((key, row) for key, row in content.items() if key[0] in PARTS and row["service_id"] == service)


def _same(content: Records, table: str, one: Record, other: Record) -> bool:
    """Whether the second row says what the first one says."""
    if table == "phones":
        return phone_link(one["number"]) == phone_link(other["number"])
    if table == "services_at_location":
        places = [content["locations", row["location_id"]] for row in (one, other)]
        if places[0]["postal_code"] and places[0]["postal_code"] == places[1]["postal_code"]:
            return places[0]["address_1"].casefold() == places[1]["address_1"].casefold()
    return all(one[name] == other[name] for name in one if name not in ("id", "service_id"))


def _points(key: Key, record: Record, service: str) -> bool:
    return key[0] == ANSWERS and service in record["services"]


def _pointed(record: Record, keep: str, drop: str) -> Record:
    services = [keep if service == drop else service for service in record["services"]]
    return record | {"services": list(dict.fromkeys(services))}


def _told(key: Key, record: Record) -> str:
    values = (value for name, value in record.items() if value and name not in ("id", "service_id"))
    return f"{shown_key(key)}: {', '.join(values)}"
