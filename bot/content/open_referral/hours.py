"""Opening hours as HSDS schedule rows: one row for each set of days and interval. No dates of today, no "open now"."""

import re
from typing import Any

from bot.content.open_referral.ids import stable_id
from bot.content.records import Schedule, Service

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CALL_FIRST = "Ring before you go."
DOUBTFUL = "The source is shaky on these days or times. Confirm them before you go."
ALL_DAY = ("00:00", "23:59")  # HSDS has no 24:00
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,\s?{_DAY}(?:-{_DAY})?)*"
_TIME = r"\d{2}:\d{2}-\d{2}:\d{2}"
_RULE = re.compile(rf"(?:(?P<days>{_DAYS})\s)?(?P<times>{_TIME}(?:,\s?{_TIME})*|off|closed)")
_HOLIDAYS = re.compile(r"PH (off|closed)")

Interval = tuple[str, str]
Row = dict[str, Any]


def schedule_rows(service: Service) -> list[Row]:
    """The schedules of a service as HSDS objects. What has no simple form keeps its words in `description`."""
    rows = [row for number, schedule in enumerate(service.schedules) for row in _rows(service.id, number, schedule)]
    return [row for row in rows if set(row) - {"id", "service_id"}]


def weekly_hours(expression: str) -> list[tuple[str, Interval]] | None:
    """(days such as "MO,TU", (opens, closes)) of a plain weekly OpenStreetMap expression; None for all others.

    Public holidays may be off, which an RRULE cannot say; the expression itself is published beside the rows.
    """
    if expression.strip() == "24/7":
        return [(",".join(DAYS), ALL_DAY)]
    week: dict[str, tuple[Interval, ...]] = {}
    for rule in filter(None, map(str.strip, expression.split(";"))):
        if _HOLIDAYS.fullmatch(rule):
            continue
        found = _RULE.fullmatch(rule)
        times = _intervals(found["times"]) if found else None
        if times is None:
            return None
        week |= dict.fromkeys(_days(found["days"] or "Mo-Su"), times)  # a later rule takes the place of an earlier one
    days_of: dict[Interval, list[str]] = {}
    for day in DAYS:
        for interval in week.get(day, ()):
            days_of.setdefault(interval, []).append(day)
    return [(",".join(days), interval) for interval, days in days_of.items()]


def _intervals(times: str) -> tuple[Interval, ...] | None:
    """The intervals of a rule; None where one goes past midnight, which HSDS cannot say."""
    if times in ("off", "closed"):
        return ()
    pairs = [tuple(each.strip().split("-")) for each in times.split(",")]
    pairs = [(opens, ALL_DAY[1] if closes == "24:00" else closes) for opens, closes in pairs]
    return tuple(pairs) if all(opens < closes < "24:00" for opens, closes in pairs) else None


def _days(text: str) -> list[str]:
    found = []
    for part in text.upper().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += [DAYS[place % 7] for place in range(start, end + 1 if end >= start else end + 8)]
    return found


def _rows(service_id: str, number: int, schedule: Schedule) -> list[Row]:
    parts = _by_rule(schedule) or _by_expression(schedule) or [{}]
    return [
        {
            "id": stable_id("schedule", service_id, str(number), str(place)),
            "service_id": stable_id("service", service_id),
            **part,
            **_around(schedule),
        }
        for place, part in enumerate(parts)
    ]


def _by_rule(schedule: Schedule) -> list[Row]:
    if not schedule.freq:
        return []
    row = {
        "freq": schedule.freq,
        "interval": schedule.interval,
        "byday": schedule.byday,
        "bymonthday": schedule.bymonthday,
        "dtstart": schedule.dtstart.isoformat() if schedule.dtstart else None,
        "opens_at": _clock(schedule.opens_at),
        "closes_at": _clock(schedule.closes_at),
    }
    return [{name: value for name, value in row.items() if value}]


def _by_expression(schedule: Schedule) -> list[Row]:
    return [
        {"freq": "WEEKLY", "byday": days, "opens_at": _clock(opens), "closes_at": _clock(closes)}
        for days, (opens, closes) in weekly_hours(schedule.opening_hours) or []
    ]


def _clock(time: str) -> str:
    """ "09:30" as HSDS writes it, with seconds."""
    return f"{time}:00" if time.count(":") == 1 else time


def _around(schedule: Schedule) -> Row:
    notes = [text for text, holds in ((CALL_FIRST, schedule.call_first), (DOUBTFUL, schedule.doubtful)) if holds]
    row = {
        "valid_from": schedule.valid_from.isoformat() if schedule.valid_from else None,
        "valid_to": schedule.valid_to.isoformat() if schedule.valid_to else None,
        "description": schedule.text,
        "notes": " ".join(notes),
        "x_opening_hours": schedule.opening_hours,
    }
    return {name: value for name, value in row.items() if value}
