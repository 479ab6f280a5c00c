"""Reports that a record is wrong: their table's queries. Nothing tells who reported, and no report changes a record.

What a person may press is decided in bot/dialogue/reporting.py.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from bot.content.models import RecordReport
from bot.content.retention import Retention
from bot.errors import UnknownReport

TABLE = RecordReport.__table__
PHONE, CLOSED, TIMES, NO_HELP, WRONG, OTHER = REASONS = ("phone", "closed", "times", "no_help", "wrong", "other")
OPEN_DAYS = 180  # days after which an open report is deleted: what nobody looked at by then tells nothing any more
RESOLVED_DAYS = 30  # days after which a closed one is
MOST = 5000  # reports kept; the oldest go first
MOST_A_DAY = 20  # times that one record counts on one day: more is no more news, but may be somebody's mischief
# New rows on one day, of all records together. Beyond it mischief could push the true reports of months out in a day or
# two; so it takes weeks, and volunteers look once a month.
MOST_NEW_A_DAY = 200
RETENTION = Retention(TABLE, TABLE.c.reported_on, OPEN_DAYS, RESOLVED_DAYS, MOST)


@dataclass(frozen=True)
class Report:
    """What somebody says of a record.

    table and record_id: as in the pack ("services", "nhs-111"). reason: of REASONS. text: already redacted, or "".
    channel: "web", "telegram", "console". language: BCP 47.
    """

    table: str
    record_id: str
    reason: str
    channel: str = ""
    language: str = "en"
    text: str = ""


@dataclass(frozen=True)
class KeptReport(Report):
    """A report as it is kept: the day, how often it came on that day, and what came of it (resolved_on None: open)."""

    id: int = 0
    reported_on: date = date.min
    times: int = 1
    resolved_on: date | None = None
    resolved_by: str | None = None


def add_report(connection: Connection, report: Report, today: date) -> bool:
    """Keep a report, or count it where the same record was reported today for the same reason.

    False where no more is kept today: of this record, or, where it would be a new row, of all of them. Raises ValueError
    for a reason that does not exist.
    """
    if report.reason not in REASONS:
        raise ValueError(f"no such reason for a report: {report.reason!r}")
    of_record = (TABLE.c.table_name == report.table) & (TABLE.c.record_id == report.record_id)
    counted = select(func.coalesce(func.sum(TABLE.c.times), 0)).where(of_record, TABLE.c.reported_on == today)
    if connection.scalar(counted) >= MOST_A_DAY:
        return False
    same = (
        of_record & (TABLE.c.reported_on == today) & (TABLE.c.reason == report.reason) & TABLE.c.resolved_on.is_(None)
    )
    same &= TABLE.c.text == report.text
    if connection.execute(update(TABLE).where(same).values(times=TABLE.c.times + 1)).rowcount:
        return True
    new_today = select(func.count()).select_from(TABLE).where(TABLE.c.reported_on == today)
    if connection.scalar(new_today) >= MOST_NEW_A_DAY:
        return False
    connection.execute(
        insert(TABLE).values(
            reported_on=today,
            table_name=report.table,
            record_id=report.record_id,
            reason=report.reason,
            text=report.text,
            channel=report.channel,
            language=report.language,
            times=1,
        )
    )
    RETENTION.delete_oldest(connection)
    return True


def list_reports(connection: Connection, *, resolved: bool = False) -> list[KeptReport]:
    """The open reports, with `resolved` all of them; the newest first."""
    wanted = select(TABLE).order_by(TABLE.c.reported_on.desc(), TABLE.c.times.desc(), TABLE.c.id)
    if not resolved:
        wanted = wanted.where(TABLE.c.resolved_on.is_(None))
    rows = [dict(row._mapping) for row in connection.execute(wanted)]
    return [KeptReport(table=row.pop("table_name"), **row) for row in rows]


def close_report(connection: Connection, number: int, note: str, today: date) -> None:
    """Mark a report as looked at, with what came of it. Raises UnknownReport where there is none with that number."""
    values = {"resolved_on": today, "resolved_by": note}
    if not connection.execute(update(TABLE).where(TABLE.c.id == number).values(**values)).rowcount:
        raise UnknownReport(f"There is no report with the number {number}. See the numbers with `desk review reports`.")


def close_reports_of(connection: Connection, table: str, record_id: str, note: str, up_to: date) -> int:
    """Close the open reports of a record that came on the day `up_to` or before; returns how many."""
    chosen = (TABLE.c.table_name == table) & (TABLE.c.record_id == record_id) & TABLE.c.resolved_on.is_(None)
    change = update(TABLE).where(chosen, TABLE.c.reported_on <= up_to)
    return connection.execute(change.values(resolved_on=up_to, resolved_by=note)).rowcount


def purge_reports(connection: Connection, today: date) -> int:
    """Delete what is kept long enough, and the oldest where there are too many; returns how many."""
    return RETENTION.purge(connection, today)
