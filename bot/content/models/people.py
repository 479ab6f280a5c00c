"""What is kept of people: the state of a conversation, reports, and questions without an answer. No words of theirs but the
last, and those redacted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.content.models.base import ID_LENGTH, Base


class Conversation(Base):
    """What is remembered of a conversation: no messages, and nothing that names a person."""

    __tablename__ = "conversation"
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    language: Mapped[str | None] = mapped_column(String(35))
    city: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    slots: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated_at: Mapped[datetime]

    __table_args__ = (Index(None, "updated_at"),)


class RecordReport(Base):
    """Somebody says that a record is wrong. `reason` is a code, `text` is redacted; nothing tells whose words they are.

    `table_name` and `record_id` name the record as the pack does. Open while `resolved_on` is None.
    """

    __tablename__ = "record_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    reported_on: Mapped[date]
    table_name: Mapped[str] = mapped_column(String(60))
    record_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    reason: Mapped[str] = mapped_column(String(30))
    text: Mapped[str]
    channel: Mapped[str] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(35))
    times: Mapped[int]
    resolved_on: Mapped[date | None]
    resolved_by: Mapped[str | None]

    __table_args__ = (Index(None, "table_name", "record_id"), {"sqlite_autoincrement": True})


class UnansweredQuestion(Base):
    """A question that the desk could not answer, without names and numbers, and how often it came. Nothing tells whose.

    `asked_on` is the day it came last. `nearest` holds [answer id, confidence] pairs. Open while `resolved_on` is None.
    """

    __tablename__ = "unanswered_question"
    id: Mapped[int] = mapped_column(primary_key=True)
    asked_on: Mapped[date]
    language: Mapped[str] = mapped_column(String(35))
    text: Mapped[str]
    nearest: Mapped[list[Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(30))
    city: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    times: Mapped[int]
    resolved_on: Mapped[date | None]
    resolved_by: Mapped[str | None]

    # An id is never given twice, because a conversation takes back what it added by its id.
    __table_args__ = (UniqueConstraint("language", "text"), {"sqlite_autoincrement": True})
