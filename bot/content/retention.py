"""How long rows that wait for volunteers are kept: open ones, resolved ones, and how many at most. Which tables have
such rows, and their numbers of days, stands in reports.py and unanswered.py."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Column, Connection, Table, delete, func, select


@dataclass(frozen=True)
class Retention:
    """The rule of one table, which has the columns `id` and `resolved_on`.

    last_day: the column with the day on which a row was last added to. open_days, resolved_days: after so many days an
    open row, and one that was resolved, is deleted. most: rows kept; the oldest go first.
    """

    table: Table
    last_day: Column
    open_days: int
    resolved_days: int
    most: int

    def purge(self, connection: Connection, today: date) -> int:
        """Delete what is kept long enough, and the oldest where there are too many; returns how many."""
        resolved_on = self.table.c.resolved_on
        old = resolved_on.is_(None) & (self.last_day < today - timedelta(days=self.open_days))
        done = resolved_on < today - timedelta(days=self.resolved_days)
        return connection.execute(delete(self.table).where(old | done)).rowcount + self.delete_oldest(connection)

    def delete_oldest(self, connection: Connection) -> int:
        """Delete the oldest where there are too many; returns how many."""
        surplus = connection.scalar(select(func.count()).select_from(self.table)) - self.most
        if surplus <= 0:
            return 0
        key = self.table.c.id
        oldest = select(key).order_by(self.last_day, key).limit(surplus)
        return connection.execute(delete(self.table).where(key.in_(oldest))).rowcount
