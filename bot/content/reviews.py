"""Confirming that a record is still right: the day of the check, the next one and the colour, written in one transaction.

It is an edit of the database like any other: `desk content export` writes it into the pack. Which records are due says
bot/skills/review_round.py.
"""

from dataclasses import dataclass
from datetime import date

from rapidfuzz import process
from sqlalchemy import Connection, Row, select, update

from bot.content import models
from bot.content.pack.tables import ANSWERS
from bot.content.reports import close_reports_of
from bot.content.revision import lock_content, raise_revision
from bot.errors import NotConfirmed, UnknownRecord

SERVICES = "services"
MODELS: dict[str, type[models.Base]] = {SERVICES: models.Service, ANSWERS: models.Answer}
COLOURS = ("RED", "AMBER", "GREEN")
NEAR_NAMES = 3
NEAR_FROM = 60  # likeness out of 100 from which a name may have been meant


@dataclass(frozen=True)
class Confirmation:
    """What a person found. `next_on` None: by the days of the colour. `colour` "": as it is. `by`: the team that looked;
    it becomes the owner of a service that has none. `doubts_settled`: the open doubts are answered, and go."""

    on: date
    by: str = ""
    next_on: date | None = None
    colour: str = ""
    doubts_settled: bool = False


@dataclass(frozen=True)
class Confirmed:
    """What came of it: the record as the pack names it ("services/nhs-111"), and how many reports were closed."""

    key: str
    name: str
    closed_reports: int


def confirm_record(connection: Connection, record: str, found: Confirmation) -> Confirmed:
    """Note that a record is right. `record`: an id, or one with its table before it ("services/nhs-111").

    Raises UnknownRecord, and NotConfirmed where doubts are open or a date or a field does not fit.
    """
    lock_content(connection)
    table, row = _find(connection, record)
    _refuse(f"{table}/{row.id}", table, row, found)
    target = MODELS[table].__table__
    connection.execute(update(target).where(target.c.id == row.id).values(**_changes(table, row, found)))
    raise_revision(connection)
    closed = close_reports_of(connection, table, row.id, f"confirmed {found.on.isoformat()}", found.on)
    return Confirmed(f"{table}/{row.id}", row.name if table == SERVICES else row.question, closed)


def _changes(table: str, row: Row, found: Confirmation) -> dict[str, object]:
    changes: dict[str, object] = {"assured_date": found.on}
    if found.colour:
        changes["review_colour"] = found.colour
    if found.doubts_settled:
        changes["doubts"] = ""
    if table == SERVICES:
        changes["next_review_date"] = found.next_on
        if found.by and not row.owner:
            changes["owner"] = found.by
    return changes


def _refuse(key: str, table: str, row: Row, found: Confirmation) -> None:
    if row.doubts and not found.doubts_settled:
        raise NotConfirmed(
            f"{key} has an open doubt: “{row.doubts}”. Settle it, then confirm again with --doubts-settled. "
            "Nothing was changed."
        )
    if found.next_on and found.next_on <= found.on:
        raise NotConfirmed(f"The next review must be after {found.on.isoformat()}. Give a later day with --next.")
    if row.assured_date and found.on < row.assured_date:
        raise NotConfirmed(
            f"{key} was checked on {row.assured_date.isoformat()}, which is later than {found.on.isoformat()}. "
            "Give the day of the newest check."
        )
    if table == ANSWERS and (found.next_on or found.by):
        raise NotConfirmed(
            "An answer has no owner and no day of its own for the next review. Leave out --by and --next."
        )


def _find(connection: Connection, record: str) -> tuple[str, Row]:
    named, _, rest = record.partition("/")
    tables = [named] if named in MODELS else list(MODELS)
    wanted = rest if named in MODELS else record
    ids: dict[str, str] = {}
    for table in tables:
        target = MODELS[table].__table__
        row = connection.execute(select(target).where(target.c.id == wanted)).one_or_none()
        if row is not None:
            return table, row
        ids |= {f"{table}/{key}": key for key in connection.scalars(select(target.c.id))}
    near = process.extract(wanted, ids, limit=NEAR_NAMES, score_cutoff=NEAR_FROM)
    meant = f" Did you mean {', '.join(key for _id, _score, key in near)}?" if near else ""
    raise UnknownRecord(f"There is no record {record}.{meant} `desk review due` lists the names.")
