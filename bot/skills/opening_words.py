"""What opening_hours.py found out, as one or two short sentences in the person's language. No reckoning here.

Times are written 09:00 everywhere. They need no marks in right-to-left text: figures with a colon between them keep
their order there, and what a screen needs beyond that its channel adds.
"""

from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from bot.skills.languages import to_gettext
from bot.skills.opening_hours import OpenState, london
from bot.skills.phrases import Phrases

BRITISH = Locale("en", "GB")
WEEK = 7  # from this many days on, the name of a weekday alone could mean two days
A_NIGHT = 86400  # seconds


def sentence(state: OpenState, at: datetime, phrases: Phrases, language: str) -> str:
    """For example "Open now, until 16:30." `at`: the moment that `state` is about."""
    _ = phrases.speaker(language)
    if state.closed_by or state.closed_for_now:
        closed = _closed(state, phrases, language)
        return f"{closed} " + _("Call the number for other times.") if state.other_number else closed
    if state.other_number and not state.open:
        return _other_number(state, phrases, language)
    if state.bank_holiday and not state.open:
        return _("Today is a bank holiday: it may be closed. Contact them first.")
    if state.open is None and state.for_people:
        return _("I cannot tell if it is open now. Contact them first.")
    if state.open is None:
        return _("I do not know when it is open. Contact them first.")
    first = _open(state, at, phrases, language) if state.open else _opens(state, at, phrases, language)
    if state.doubtful and not state.always:  # those of day and night are put in doubt by "should"
        return f"{first} " + _("The times may be wrong. Contact them first.")
    return f"{first} " + _("Call first.") if state.call_first else first


def weekday_name(day: date, language: str) -> str:
    """The name of the weekday, in English where the language's calendar is not known."""
    return format_date(day, "EEEE", locale=_locale(language))


def day_name(day: date, language: str) -> str:
    """The day and its month, without the year: "4 May"."""
    return format_skeleton("MMMMd", day, locale=_locale(language))


def _closed(state: OpenState, phrases: Phrases, language: str) -> str:
    _ = phrases.speaker(language)
    if state.closed_by and state.closed_by.valid_to and not state.closed_for_now:
        return _("Closed until the end of {day}.", day=day_name(state.closed_by.valid_to, language))
    return _("Closed for now.")


def _other_number(state: OpenState, phrases: Phrases, language: str) -> str:
    """Whom to call comes before all else: it may be night, and the reader without a bed."""
    _ = phrases.speaker(language)
    if state.office_closed and not state.doubtful:
        return _("The office is closed now. Call the number for other times.")
    return _("The office may be closed now. If it is, call the number for other times.")


def _open(state: OpenState, at: datetime, phrases: Phrases, language: str) -> str:
    _ = phrases.speaker(language)
    if state.always and state.doubtful:
        return _("It should be open all day, every day.")
    if state.always:
        return _("Open all day, every day.")
    if state.until is None:
        return _("Open now.")
    time = _clock(state.until)
    if state.until.timestamp() - at.timestamp() < A_NIGHT:
        return _("Open now, until {time}.", time=time)
    return _("Open now, until {day}, {time}.", day=_day(state.until, at, phrases, language), time=time)


def _opens(state: OpenState, at: datetime, phrases: Phrases, language: str) -> str:
    _ = phrases.speaker(language)
    if state.opens is None:
        return _("Closed now.")
    time = _clock(state.opens)
    days = _days_between(at, state.opens)
    if days == 0:
        return _("Closed now. Opens today at {time}.", time=time)
    if days == 1:
        return _("Closed now. Opens tomorrow at {time}.", time=time)
    return _("Closed now. Opens on {day} at {time}.", day=_day(state.opens, at, phrases, language), time=time)


def _day(moment: datetime, at: datetime, phrases: Phrases, language: str) -> str:
    """ "Monday" within a week, later "Monday, 4 May"."""
    day = moment.astimezone(london()).date()
    name = weekday_name(day, language)
    return name if _days_between(at, moment) < WEEK else phrases.listed(language, (name, day_name(day, language)))


def _days_between(first: datetime, last: datetime) -> int:
    return (last.astimezone(london()).date() - first.astimezone(london()).date()).days


def _clock(moment: datetime) -> str:
    return moment.astimezone(london()).strftime("%H:%M")


@cache
def _locale(language: str) -> Locale:
    """The calendar's language: itself, else the wider one, else English, so that an answer never fails on it."""
    if language == "en":  # without its country, this is American: "May 4"
        return BRITISH
    for code in (to_gettext(language), language.split("-")[0]):
        try:
            return Locale.parse(code)
        except (ValueError, UnknownLocaleError):
            continue
    return BRITISH
