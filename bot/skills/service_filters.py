"""The filters of a service search: what each asks of a service, and whether a service is known to fulfil it. No SQL."""

from datetime import datetime
from enum import Enum

from bot.content.records import Service
from bot.content.search.rows import flags_of
from bot.skills.opening_hours import has_other_number, london, open_in_evening, open_on, state
from bot.skills.opening_spans import in_force, is_readable

WEEK = 7  # days in which an evening opening is looked for


class Filter(Enum):
    """What people can ask for. Those that are no matter of time are flags of the search index, by the same names."""

    OPEN_NOW = "open_now"
    OPEN_TODAY = "open_today"
    EVENING = "evening"
    FREE = "free"
    WOMEN_ONLY = "women_only"
    CHILDREN_WELCOME = "children_welcome"
    STEP_FREE = "step_free"
    INTERPRETER = "interpreter"
    BY_PHONE = "by_phone"
    ONLINE = "online"
    WALK_IN = "walk_in"
    NO_PAPERS = "no_papers"
    NO_REFERRAL = "no_referral"


OF_TIME = frozenset({Filter.OPEN_NOW, Filter.OPEN_TODAY, Filter.EVENING})


def fulfils(service: Service, wanted: Filter, at: datetime) -> bool | None:
    """Whether the service fulfils the filter at that moment; None: not known."""
    if wanted is Filter.OPEN_NOW:
        return state(service, at).open
    if wanted in OF_TIME:
        return _opens(service, wanted, at)
    return flags_of(service)[wanted.value]


def _opens(service: Service, wanted: Filter, at: datetime) -> bool | None:
    day = at.astimezone(london()).date()
    if open_on(service, day) if wanted is Filter.OPEN_TODAY else open_in_evening(service, day, WEEK):
        return True
    if service.status == "temporarily closed":
        return False
    if has_other_number(service):  # nobody is sent away from a number that answers when the office is closed
        return None
    present = [schedule for schedule in service.schedules if in_force(schedule, day)]
    readable = bool(present) and all(map(is_readable, present))
    return False if readable and not any(schedule.doubtful for schedule in present) else None
