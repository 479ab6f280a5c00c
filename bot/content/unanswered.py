"""Questions that the desk could not answer, kept without names and numbers for volunteers: their table's queries.

What may be kept is decided in bot/dialogue/unanswered.py; how a text is redacted, in bot/skills/redaction.py.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.content.models import UnansweredQuestion
from bot.content.retention import Retention
from bot.errors import UnknownQuestion

TABLE = UnansweredQuestion.__table__
KEPT = "kept_questions"  # the slot of a conversation with the ids of the questions that it added
UNKNOWN, NOT_MEANT, OUT_OF_SCOPE = REASONS = ("unknown", "not_what_i_meant", "out_of_scope")
OPEN_DAYS = 180  # days without being asked again after which an open question is deleted
RESOLVED_DAYS = 30  # days after which a resolved one is
MOST = 5000  # questions kept; the oldest go first
RETENTION = Retention(TABLE, TABLE.c.asked_on, OPEN_DAYS, RESOLVED_DAYS, MOST)


@dataclass(frozen=True)
class OpenQuestion:
    """A question to keep.

    text: already redacted. language: BCP 47. nearest: (answer id, confidence 0 to 1), best first. reason: of REASONS.
    city: a city id, or None.
    """

    text: str
    language: str
    reason: str
    nearest: tuple[tuple[str, float], ...] = ()
    city: str | None = None


@dataclass(frozen=True)
class KeptQuestion(OpenQuestion):
    """A question as it is kept: how many conversations asked it, the day of the last one, and what came of it.

    resolved_by: an answer id or a volunteer's note; resolved_on: None while it is open.
    """

    id: int = 0
    asked_on: date = date.min
    times: int = 1
    resolved_on: date | None = None
    resolved_by: str | None = None

    @property
    def status(self) -> str:
        """ "open" or "resolved"."""
        return "open" if self.resolved_on is None else "resolved"


def add_question(connection: Connection, question: OpenQuestion, today: date, before: list[int]) -> int:
    """Keep a question, or count it where the same text is kept already; a resolved one is open again. Returns its id.

    before: ids that the same conversation added already; who asks the same twice counts once.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    came = {
        "asked_on": today,
        "nearest": [[answer, round(confidence, 2)] for answer, confidence in question.nearest],
        "reason": question.reason,
    }
    new = dialect.insert(TABLE).values(
        language=question.language, text=question.text, city=question.city, times=1, **came
    )
    again = came | {
        "times": TABLE.c.times + case((TABLE.c.id.in_(before), 0), else_=1),
        "resolved_on": None,
        "resolved_by": None,
    }
    kept = new.on_conflict_do_update(index_elements=[TABLE.c.language, TABLE.c.text], set_=again)
    number = connection.execute(kept.returning(TABLE.c.id)).scalar_one()
    RETENTION.delete_oldest(connection)
    return number


def take_back(connection: Connection, ids: list[int]) -> None:
    """Undo that one conversation added these: each counts once less, and is deleted where nobody else asked it."""
    chosen = TABLE.c.id.in_(ids)
    connection.execute(delete(TABLE).where(chosen, TABLE.c.times <= 1))
    connection.execute(update(TABLE).where(chosen).values(times=TABLE.c.times - 1))


def list_questions(
    connection: Connection, *, language: str | None, since: date | None, reason: str | None, resolved: bool
) -> list[KeptQuestion]:
    """The open questions, with `resolved` all of them; those asked most often first. None: any."""
    wanted = select(TABLE).order_by(TABLE.c.times.desc(), TABLE.c.asked_on.desc(), TABLE.c.id)
    if language:
        wanted = wanted.where(TABLE.c.language == language)
    if since:
        wanted = wanted.where(TABLE.c.asked_on >= since)
    if reason:
        wanted = wanted.where(TABLE.c.reason == reason)
    if not resolved:
        wanted = wanted.where(TABLE.c.resolved_on.is_(None))
    return [_as_record(row) for row in connection.execute(wanted)]


def resolve_question(connection: Connection, number: int, resolved_by: str, today: date) -> None:
    """Mark a question as resolved. Raises UnknownQuestion where there is none with that number."""
    values = {"resolved_on": today, "resolved_by": resolved_by}
    if not connection.execute(update(TABLE).where(TABLE.c.id == number).values(**values)).rowcount:
        raise UnknownQuestion(
            f"There is no question with the number {number}. See the numbers with `desk unanswered list`."
        )


def purge_questions(connection: Connection, today: date) -> int:
    """Delete what is kept long enough, and the oldest where there are too many; returns how many."""
    return RETENTION.purge(connection, today)


def _as_record(row: Row) -> KeptQuestion:
    nearest = tuple((answer, confidence) for answer, confidence in row.nearest)
    return KeptQuestion(**{**row._mapping, "nearest": nearest})
