"""Reads one schedule: from when to when it is open on one day. What a whole service is at a moment: opening_hours.py.

All times here are wall-clock times of England without a zone. Bank holidays are those of England from the library
`holidays`: the calendar inside `opening_hours` knows only some of them, Easter Monday and the one in August not.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr
from holidays import country_holidays
from opening_hours import OpeningHours, ParserError, State

from bot.content import field_rules
from bot.content.records import Schedule

DAY = timedelta(days=1)
MIDNIGHT = time()
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
FREQUENCIES = ("WEEKLY", "MONTHLY", "ONCE")  # those of the content pack, and a single day
REMEMBERED = 1 << 16  # days of schedules; one entry is a few hundred bytes

_QUOTED_OR_HOLIDAY = re.compile(r'"[^"]*"|\bPH\b')
_QUOTED_OR_TIMES = re.compile(r'"[^"]*"|\b(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\b')
_NAMED_DAY = "Mo|Tu|We|Th|Fr|Sa|Su"
# School holidays, days before and after holidays, a holiday that is also a named weekday, and an open end: the library
# reads these, but as something else than they mean, or it has no calendar for them.
_MISREAD = re.compile(rf"\bSH\b|\bPH [+-]|\bPH (?:{_NAMED_DAY})\b|\b(?:{_NAMED_DAY}) PH\b|\d\+")


@dataclass(frozen=True)
class Span:
    """An opening that begins on one day and may end on the next. Not `sure`: it may be closed, so call first."""

    start: datetime
    end: datetime
    sure: bool = True


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_bank_holiday(day: date) -> bool:
    """Whether the day is a bank holiday in England."""
    return day in _holidays_of(day.year)


def is_readable(schedule: Schedule) -> bool:
    """Whether a machine can tell the times. False for a text for people alone, and for what would be misread."""
    if schedule.opening_hours:
        return _is_readable_text(schedule.opening_hours)
    return _rule_parts(schedule) is not None


def is_always(schedule: Schedule) -> bool:
    """Whether it is open 24 hours on every day, bank holidays too."""
    return bool(schedule.opening_hours) and is_readable(schedule) and _is_whole_week(schedule.opening_hours)


def in_force(schedule: Schedule, day: date) -> bool:
    """Whether the schedule holds on that day; seasons have a first and a last day."""
    first, last = schedule.valid_from, schedule.valid_to
    return (first is None or first <= day) and (last is None or day <= last)


def spans(schedule: Schedule, day: date) -> tuple[Span, ...]:
    """The openings that begin on that day, in order; none where the schedule does not hold or cannot be read."""
    if not in_force(schedule, day) or not is_readable(schedule):
        return ()
    if schedule.opening_hours:
        return _text_spans(schedule.opening_hours, day)
    return _rule_spans(_rule_parts(schedule), day)


@lru_cache(maxsize=REMEMBERED)
def _is_readable_text(text: str) -> bool:
    """What the pack refuses is not read here either: texts from elsewhere did not pass its rules."""
    if field_rules.opening_hours(text) or _MISREAD.search(re.sub(r'"[^"]*"', "", text)):
        return False
    try:
        _expressions(text, "PH")
        _expressions(text, "Mo")
    except ParserError:
        return False
    return True


@lru_cache(maxsize=REMEMBERED)
def _is_whole_week(text: str) -> bool:
    return str(OpeningHours(text).normalize()) == "24/7"


@lru_cache(maxsize=REMEMBERED)
def _mentions_holidays(text: str) -> bool:
    return "PH" in _QUOTED_OR_HOLIDAY.findall(text)


@lru_cache(maxsize=REMEMBERED)
def _text_spans(text: str, day: date) -> tuple[Span, ...]:
    """On a bank holiday the text's rules for PH hold: there, PH means the same as the name of that weekday."""
    holiday = is_bank_holiday(day) and not _is_whole_week(text)
    rule = WEEKDAYS[day.weekday()] if holiday and _mentions_holidays(text) else "PH"
    doubtful = holiday and not _mentions_holidays(text)
    evening, morning = _expressions(text, rule)
    found = _read(evening, day, not doubtful)
    after_midnight = _read(morning, day, not doubtful) if morning else []
    if after_midnight and after_midnight[0].start.time() == MIDNIGHT and found and found[-1].end.time() == MIDNIGHT:
        found[-1] = Span(found[-1].start, after_midnight[0].end + DAY, found[-1].sure)
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def _expressions(text: str, holiday: str) -> tuple[OpeningHours, OpeningHours | None]:
    """The text up to midnight, and what of each night lies after it; None where no opening goes past midnight.

    The library lets "Fr 20:00-08:00; Sa off" end at midnight, and does not know a night after a holiday: so each night
    is cut in two here, and both halves belong to the evening that it began on.
    """

    def cut(match: re.Match, last_part: bool) -> str:
        if match[1] is None:
            return match[0]
        start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        end += 24 * 60 if end <= start else 0
        after = end - 24 * 60
        if last_part:
            return f"00:00-{after // 60:02}:{after % 60:02}" if after > 0 else "23:59-24:00"
        return f"{match[1]}:{match[2]}-24:00" if after > 0 else match[0]

    text = _QUOTED_OR_HOLIDAY.sub(lambda match: holiday if match[0] == "PH" else match[0], text)
    first = _QUOTED_OR_TIMES.sub(lambda match: cut(match, False), text)
    last = _QUOTED_OR_TIMES.sub(lambda match: cut(match, True), text) if first != text else ""
    return OpeningHours(first), OpeningHours(last) if last else None


def _read(expression: OpeningHours, day: date, sure: bool) -> list[Span]:
    """A remark in quotation marks limits the opening in a way that no machine knows, so such an opening is not sure."""
    start = datetime.combine(day, MIDNIGHT)
    return [
        Span(begin, end, sure and state == State.OPEN and not remark)
        for begin, end, state, remark in expression.intervals(start, start + DAY)
        if state != State.CLOSED
    ]


RuleParts = tuple[str, int, str, str, date | None, time, time]


@lru_cache(maxsize=REMEMBERED)
def _rule_parts(schedule: Schedule) -> RuleParts | None:
    """What the days of an RRULE depend on; None where they cannot be told from what is there."""
    start = schedule.dtstart or schedule.valid_from
    freq = schedule.freq or ("WEEKLY" if schedule.byday else "MONTHLY" if schedule.bymonthday else "")
    if not freq and schedule.dtstart:
        freq = "ONCE"
    days = schedule.byday or schedule.bymonthday
    if not schedule.opens_at or freq not in FREQUENCIES or (freq != "ONCE" and not days and not start):
        return None
    interval = schedule.interval or 1
    if interval > 1 and not start:  # every second week: without a first day nobody knows which
        return None
    try:
        opens, closes = time.fromisoformat(schedule.opens_at), time.fromisoformat(schedule.closes_at)
        if opens == closes:  # for no time, or until the next day: nobody knows
            return None
        parts = freq, interval, schedule.byday, schedule.bymonthday, start, opens, closes
        return parts if freq == "ONCE" or _rule(parts, start or date(2026, 1, 1)) else None
    except ValueError:
        return None


@lru_cache(maxsize=REMEMBERED)
def _rule(parts: RuleParts, anchor: date) -> rrule:
    """The rule of RFC 5545. Raises ValueError where its parts do not make one."""
    freq, interval, byday, bymonthday, start, *_ = parts
    if freq == "WEEKLY" and re.search(r"\d", byday):
        raise ValueError("the first or last weekday of a week means nothing")
    if not byday and not bymonthday:  # the first day tells which weekday or which day of the month
        byday = WEEKDAYS[start.weekday()].upper() if freq == "WEEKLY" else ""
        bymonthday = str(start.day) if freq == "MONTHLY" else ""
    days = (f";BYDAY={byday}" if byday else "") + (f";BYMONTHDAY={bymonthday}" if bymonthday else "")
    return rrulestr(f"FREQ={freq};INTERVAL={interval}{days}", dtstart=datetime.combine(anchor, MIDNIGHT))


@lru_cache(maxsize=REMEMBERED)
def _rule_spans(parts: RuleParts, day: date) -> tuple[Span, ...]:
    freq, interval, _, _, start, opens, closes = parts
    if start and day < start:
        return ()
    if freq == "ONCE":
        falls = day == start
    else:
        # Where every week or month counts, the rule may begin anywhere; beginning near saves walking through years.
        anchor = start if interval > 1 else max(filter(None, (start, day.replace(day=1))))
        midnight = datetime.combine(day, MIDNIGHT)
        falls = bool(_rule(parts, anchor).between(midnight, midnight, inc=True))
    if not falls:
        return ()
    end = datetime.combine(day, closes) + (DAY if closes <= opens else timedelta())
    return (Span(datetime.combine(day, opens), end, not is_bank_holiday(day) or freq == "ONCE"),)
