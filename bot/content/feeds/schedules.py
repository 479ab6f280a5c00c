"""Opening hours of a published service as cells of the pack's `schedules`.

What the desk cannot limit as the feed does comes in as words alone: a time that ended, or that holds in some weeks only,
must never look as if it came again and again.
"""

from datetime import date

from bot.content.feeds import texts
from bot.content.feeds.shapes import Object, text
from bot.content.field_rules import day as day_fault

# Parts of an RRULE (RFC 5545, and HSDS after it) for which the pack has no column.
LIMITS = (
    *("count", "byweekno", "byyearday", "bymonth", "bysetpos", "byeaster", "byhour", "byminute", "bysecond"),
    *("exdate", "exrule", "rdate", "rrule"),
)
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
_ONLY_WORDS = "Its days and times were left out; only its description can come in."
# Not strftime, which writes them in the language of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def schedule_cells(schedule: Object) -> tuple[dict[str, str], str]:
    """The columns of `schedules`, and what was left out of them, in words; "" where nothing was."""
    opens, closes = texts.clock_time(text(schedule, "opens_at")), texts.clock_time(text(schedule, "closes_at"))
    freq, days = text(schedule, "freq").upper(), text(schedule, "byday", "weekday").upper().replace(" ", "")
    limits = _limits(schedule, freq)
    if freq == "DAILY":
        freq, days = "WEEKLY", days or EVERY_DAY
    first, last = texts.day(text(schedule, "valid_from")), _last_day(schedule)
    words = _words(schedule) or (f"{days} {opens}-{closes}".strip() if opens and closes and not limits else "")
    cells = {
        "valid_from": first,
        "valid_to": last,
        "freq": freq if opens and closes else "",
        "byday": days,
        "opens_at": opens if closes else "",
        "closes_at": closes if opens else "",
        "description": _with_period(words, first, last),
        "dtstart": texts.day(text(schedule, "dtstart")),
        "interval": texts.whole(text(schedule, "interval")),
        "bymonthday": text(schedule, "bymonthday").replace(" ", ""),
        "opening_hours": "",
        "call_first": "",
        # A time with a zone can be an hour off for half of the year.
        "doubtful": "yes" if text(schedule, "opens_at")[-1:] == "Z" or "+" in text(schedule, "opens_at") else "",
    }
    if not limits:
        return cells, ""
    # None of the days and times may stay: what is left of a rule would be read as a wider rule.
    cells |= dict.fromkeys(("freq", "byday", "opens_at", "closes_at", "dtstart", "interval", "bymonthday"), "")
    return cells | {"doubtful": "yes"}, f"has limits that the desk cannot keep ({', '.join(limits)}). {_ONLY_WORDS}"


def _limits(schedule: Object, freq: str) -> list[str]:
    """The names of the fields that limit the schedule in a way for which the pack has no column."""
    found = [name for name in LIMITS if schedule.get(name) not in (None, "", [], {})]
    several = texts.whole(text(schedule, "interval")) not in ("", "0", "1")
    if several and freq == "DAILY":
        found.append("interval")
    if several and text(schedule, "wkst").upper() not in ("", "MO"):
        found.append("wkst")
    # A list has no words that could be read, and would be taken for no limit at all.
    found += [
        name for name in ("byday", "weekday", "bymonthday", "until") if isinstance(schedule.get(name), list | dict)
    ]
    return found


def _last_day(schedule: Object) -> str:
    """The earlier of `valid_to` and `until`; where one of them is no day, that one, which fails the rule for days."""
    days = list(filter(None, (texts.day(text(schedule, name)) for name in ("valid_to", "until"))))
    return next((each for each in days if day_fault(each)), min(days, default=""))


def _words(schedule: Object) -> str:
    words = (texts.clean(text(schedule, name)) for name in ("description", "notes"))
    return "\n".join(dict.fromkeys(filter(None, words)))


def _with_period(words: str, first: str, last: str) -> str:
    """The words with the days between which they hold, because people read them without the cells beside them."""
    if not words or not last or any(day_fault(each) for each in (first, last) if each):
        return words
    start = f"from {_shown(first)} " if first else ""
    return f"{words} ({start}until {_shown(last)})"


def _shown(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
