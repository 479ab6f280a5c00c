"""The query parameters of the Open Referral feed: how each is read, refused and described. No content and no answers."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from starlette.datastructures import QueryParams

from bot.channels.web.problems import Problem
from bot.content.open_referral.hours import DAYS
from bot.content.open_referral.ids import is_uuid

DEFAULT_PER_PAGE = 50
LARGEST_PER_PAGE = 500
LARGEST_NUMBER = 1_000_000
LONGEST_TEXT = 200
FORMATS = ("json", "ndjson")
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_NAMES = {
    name: code for code, full in zip(DAYS, _FULL_NAMES, strict=True) for name in (code.lower(), full[:3], full)
}


@dataclass(frozen=True)
class Parameter:
    """One parameter. `read` makes a value out of its text and raises ValueError with what it must be instead."""

    name: str
    read: Callable[[str], Any]
    schema: dict[str, Any]
    description: str


def refused(part: str, fault: str) -> Problem:
    """The problem for a parameter with a wrong value. Harvesters are programs, so that it is told in English alone."""
    return Problem(400, "wrong_parameter", f"The parameter {part} is wrong: {fault}", part=part, fault=fault)


def read_query(query: QueryParams, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    """The values of the parameters that were given; empty ones and unknown names count as not given. Raises Problem."""
    values = {}
    for parameter in parameters:
        text = query.get(parameter.name, "").strip()
        if not text:
            continue
        try:
            values[parameter.name] = parameter.read(text)
        except ValueError as error:
            raise refused(parameter.name, str(error)) from error
    return values


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"Give at most {LONGEST_TEXT} characters.")
    return text


def _whole(largest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= largest):
            raise ValueError(f"Give a whole number from 1 to {largest}.")
        return int(text)

    return read


def _number(text: str) -> float:
    fault = f"Give a number from 0 to {LARGEST_NUMBER}."
    try:
        number = float(text)
    except ValueError as error:
        raise ValueError(fault) from error
    if not (math.isfinite(number) and 0 <= number <= LARGEST_NUMBER):
        raise ValueError(fault)
    return number


def _uuid(text: str) -> str:
    if not is_uuid(text):
        raise ValueError("Give a UUID.")
    return text.lower()


def _time(text: str) -> str:
    try:
        return time.fromisoformat(text).strftime("%H:%M")
    except ValueError as error:
        raise ValueError("Give a time such as 09:30.") from error


def _day(text: str) -> str:
    if text.casefold() not in DAY_NAMES:
        raise ValueError("Give a day such as MO or Monday.")
    return DAY_NAMES[text.casefold()]


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.replace(" ", "+"))  # "+" in an address is a space once it is decoded
    except ValueError as error:
        raise ValueError("Give a moment such as 2026-06-01T00:00:00Z.") from error


def _flag(text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise ValueError("Write true or false.")
    return text.casefold() == "true"


def _format(text: str) -> str:
    if text not in FORMATS:
        raise ValueError("Write json or ndjson.")
    return text


_WORD = {"type": "string", "maxLength": LONGEST_TEXT}
_ID = {"type": "string", "format": "uuid"}
_AMOUNT = {"type": "number", "minimum": 0, "maximum": LARGEST_NUMBER}
_CLOCK = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
_YES_NO = {"type": "boolean"}

PAGING = (
    Parameter(
        "page",
        _whole(LARGEST_NUMBER),
        {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER},
        "Which page; 1 if not given. A page past the last one is empty.",
    ),
    Parameter(
        "per_page",
        _whole(LARGEST_PER_PAGE),
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PER_PAGE},
        f"How many records a page; {DEFAULT_PER_PAGE} if not given.",
    ),
)
FILTERS = (
    Parameter(
        "search", _text, _WORD, "Words to look for. One of them is enough; services with more of them come first."
    ),
    Parameter("taxonomy_term_id", _uuid, _ID, "Only services of this topic."),
    Parameter("taxonomy_id", _uuid, _ID, "Only services with any topic of this taxonomy."),
    Parameter("organization_id", _uuid, _ID, "Only services of this organization."),
    Parameter("minimum_age", _number, _AMOUNT, "Only services whose stated minimum age is at least this, in years."),
    Parameter("maximum_age", _number, _AMOUNT, "Only services whose stated maximum age is at most this, in years."),
    Parameter("start_time", _time, _CLOCK, "Only services that open at this time or later on some day."),
    Parameter("end_time", _time, _CLOCK, "Only services that close at this time or earlier on some day."),
    Parameter("day", _day, {"type": "string", "enum": list(DAYS)}, "Only services that open on this day of the week."),
    Parameter(
        "modified_after",
        _moment,
        {"type": "string", "format": "date-time"},
        "Only services changed at this moment or later, and those of which it is not known.",
    ),
    Parameter("full", _flag, _YES_NO, "With true: records with all that belongs to them, as under /{id}."),
    Parameter(
        "minimal",
        _flag,
        _YES_NO,
        "With true: only the id and, where known, the modified_date of each record; all on one page if per_page is not given.",
    ),
    Parameter(
        "format",
        _format,
        {"type": "string", "enum": list(FORMATS)},
        "With ndjson: one record a line, all of them, without pages.",
    ),
)
NEAR = (
    Parameter(
        "postcode",
        _text,
        _WORD,
        "A postcode or the first half of one. Without proximity: services that serve it, as far as areas are known.",
    ),
    Parameter(
        "proximity",
        _number,
        _AMOUNT,
        "Only places within so many metres of the middle of the postcode, nearest first. Needs postcode.",
    ),
)
