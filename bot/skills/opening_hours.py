"""Whether a service is open at a moment, until when, and when it opens next. Sentences on it: opening_words.py.

Moments come in and go out as aware datetimes; a service is open when a clock on a wall in England reads so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.content.records import Notice, Phone, Service
from bot.skills.opening_spans import DAY, Span, in_force, is_always, is_bank_holiday, is_readable, spans

LOOK_AHEAD = 14  # days
EVENING = time(17, 30)
# How the description of a number begins that is for the times at which the office is closed: "Other times (under 18)".
_OTHER_TIMES = re.compile(r"(?:other times|out[ -]of[ -]hours)\b", re.IGNORECASE)


@dataclass(frozen=True)
class OpenState:
    """What is known at one moment. `open`: None where nobody can tell, as on a bank holiday of which nothing is said,
    and where the office is closed but has a number for other times: somebody may well answer there.

    until: when it closes; None: never, not within 14 days, or it is not open. opens: the next opening that is sure,
    within 14 days; None where it is open. always: 24 hours, every day. doubtful: the source's times are shaky.
    """

    open: bool | None = None
    until: datetime | None = None
    opens: datetime | None = None
    call_first: bool = False
    doubtful: bool = False
    always: bool = False
    bank_holiday: bool = False  # an opening of today may not happen, because today is a bank holiday
    closed_by: Notice | None = None  # the closure that is in force today
    messages: tuple[Notice, ...] = ()  # those in force today
    for_people: tuple[str, ...] = ()  # times in words that no machine can read
    closed_for_now: bool = False  # by its status, without a day on which it ends
    other_number: bool = False  # it has a number for the times at which its office is closed
    office_closed: bool = False  # surely closed by its times or a closure, but for that number


def london() -> ZoneInfo:
    """The time zone of the clocks on the walls; a function, because naming it reads a file."""
    return ZoneInfo("Europe/London")


def is_for_other_times(phone: Phone) -> bool:
    """Whether the number is for the times at which the office is closed, by the first words of its description."""
    return bool(_OTHER_TIMES.match(phone.description))


def has_other_number(service: Service) -> bool:
    """Whether there is a number to call while the office is closed. None counts while the whole service is closed."""
    return not _is_shut(service) and any(map(is_for_other_times, service.phones))


def state(service: Service, at: datetime) -> OpenState:
    """What is known of the service at that moment."""
    wall = _wall(at)
    day = wall.date()
    present = [schedule for schedule in service.schedules if in_force(schedule, day)]
    closed_by = _closure(service, day)
    always = any(map(is_always, present)) and not closed_by and not _is_shut(service)
    is_open, until, opens = (True, None, None) if always else _now_and_next(service, wall, at)
    unread = tuple(schedule.text for schedule in present if not is_readable(schedule))
    if is_open is False and (unread or not service.schedules) and not closed_by and not _is_shut(service):
        is_open = None  # it may be open at a time that only people can read
    other_number = has_other_number(service)
    office_closed = is_open is False and other_number
    return OpenState(
        open=None if office_closed else is_open,
        until=until,
        opens=opens,
        call_first=any(schedule.call_first for schedule in present),
        doubtful=any(schedule.doubtful for schedule in present),
        always=always,
        bank_holiday=not always and _holiday_ahead(service, wall),
        closed_by=closed_by,
        messages=tuple(notice for notice in service.notices if notice.kind == "message" and _holds(notice, day)),
        for_people=unread,
        closed_for_now=_is_shut(service),
        other_number=other_number,
        office_closed=office_closed,
    )


def open_on(service: Service, day: date) -> bool:
    """Whether an opening that is sure begins on that day."""
    return bool(_sure(service, day))


def open_in_evening(service: Service, day: date, days: int = 1) -> bool:
    """Whether it is surely open at 17:30 or later on that day, or on one of so many days from it (7: in that week)."""
    each = (day + n * DAY for n in range(days))
    return any(span.end > datetime.combine(one, EVENING) for one in each for span in _sure(service, one))


def intervals(service: Service, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The sure openings that begin on that day, in order and without overlaps; the last may end on the next day."""
    return tuple((_moment(span.start), _moment(span.end)) for span in _merged(iter(_sure(service, day))))


def _now_and_next(
    service: Service, wall: datetime, at: datetime
) -> tuple[bool | None, datetime | None, datetime | None]:
    """Open or not, until when, and the next opening."""
    horizon = datetime.combine(wall.date() + LOOK_AHEAD * DAY, time())
    for block in _blocks(service, wall.date()):
        if block.start <= wall < block.end:
            return True, _moment(block.end, at) if block.end < horizon else None, None
        if block.start > wall:
            return _unless_unsure(service, wall), None, _moment(block.start, at)
    return _unless_unsure(service, wall), None, None


def _unless_unsure(service: Service, wall: datetime) -> bool | None:
    """False; None where an opening that is not sure covers the moment."""
    return None if any(span.start <= wall for span in _unsure_ahead(service, wall)) else False


def _unsure_ahead(service: Service, wall: datetime) -> list[Span]:
    """Openings of today, and of the night before, that are not sure and not over."""
    days = (wall.date() - DAY, wall.date())
    return [span for day in days for span in _openings(service, day) if not span.sure and span.end > wall]


def _holiday_ahead(service: Service, wall: datetime) -> bool:
    return any(is_bank_holiday(span.start.date()) for span in _unsure_ahead(service, wall))


def _blocks(service: Service, day: date) -> Iterator[Span]:
    """All sure openings from the night before `day` to 14 days later, those that touch made one."""
    return _merged(span for n in range(-1, LOOK_AHEAD) for span in _sure(service, day + n * DAY))


def _merged(openings: Iterator[Span]) -> Iterator[Span]:
    current = next(openings, None)
    for span in openings:
        if span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current:
        yield current


def _sure(service: Service, day: date) -> list[Span]:
    return [span for span in _openings(service, day) if span.sure]


def _openings(service: Service, day: date) -> list[Span]:
    """The openings of all schedules that begin on that day, in order; none while the service is closed."""
    if _is_shut(service) or _closure(service, day):
        return []
    found = [span for schedule in service.schedules for span in spans(schedule, day)]
    return sorted(found, key=lambda span: span.start) if len(found) > 1 else found


def _is_shut(service: Service) -> bool:
    return service.status == "temporarily closed"


def _closure(service: Service, day: date) -> Notice | None:
    return next((notice for notice in service.notices if notice.kind == "closed" and _holds(notice, day)), None)


def _holds(notice: Notice, day: date) -> bool:
    return (notice.valid_from is None or notice.valid_from <= day) and (
        notice.valid_to is None or day <= notice.valid_to
    )


def _wall(at: datetime) -> datetime:
    """What clocks in England read. Raises ValueError for a moment without a time zone."""
    if at.tzinfo is None:
        raise ValueError("This moment has no time zone; give datetime.now(UTC), or one of Europe/London.")
    return at.astimezone(london()).replace(tzinfo=None)


def _moment(wall: datetime, not_before: datetime | None = None) -> datetime:
    """The first moment, not before the other, at which clocks in England read that.

    In autumn clocks read an hour twice, and the second time counts where the first is over. In spring they go from
    01:00 to 02:00 at once, so that whatever would open between the two opens at 02:00.
    """
    moment = wall.replace(tzinfo=london())
    if _wall(moment.astimezone(UTC)) != wall:
        return wall.replace(hour=2, minute=0, second=0, tzinfo=london())
    if not_before and moment.timestamp() < not_before.timestamp():
        return wall.replace(tzinfo=london(), fold=1)
    return moment
