"""The answers to questions, and where their facts come from."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.content.models.base import ID_LENGTH, Base, id_column, link_to


class Answer(Base):
    """The answer to one question. `audience` holds codes with semicolons between them, such as "RF;VH"."""

    __tablename__ = "answer"
    id: Mapped[str] = id_column()
    topic: Mapped[str] = link_to("taxonomy_term.id")
    position: Mapped[int]
    question: Mapped[str]
    audience: Mapped[str]
    audience_note: Mapped[str]
    review_colour: Mapped[str]
    assured_date: Mapped[date | None]
    doubts: Mapped[str]


class AnswerPoint(Base):
    """One thing that an answer says: `kind` is "point" or "careful"; `audience` as in an answer, None for everybody."""

    __tablename__ = "answer_point"
    answer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("answer.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    city: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("city.id"))
    audience: Mapped[str | None]
    verified: Mapped[bool]


class AnswerService(Base):
    """The services that an answer points to, best first."""

    __tablename__ = "answer_service"
    answer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("answer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[str] = link_to("service.id")


class AnswerSource(Base):
    """The sources of an answer, in the order of the editors."""

    __tablename__ = "answer_source"
    answer_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("answer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    source_code: Mapped[str] = link_to("source.code")
