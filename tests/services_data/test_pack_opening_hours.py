"""The opening hours of the pack: what machines read is what the words beside it say, read once more in another way."""

import csv
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.content.records import Phone, Schedule, Service
from bot.skills.opening_hours import intervals, is_for_other_times, state
from bot.skills.opening_spans import is_always, is_readable

PACK = Path(__file__).parents[2] / "services_data"
MONDAY = date(2026, 11, 23)  # of a week without a bank holiday
EASTER_MONDAY = date(2027, 3, 29)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OTHER_THINGS = ("other times", "web chat", "text or WhatsApp")  # not when the service itself is open
STREET_SUPPORT = "wmca_services_v7.json"  # its days were one day early in most entries, and were shifted


def table(name: str) -> list[dict[str, str]]:
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SERVICES = {row["id"]: row for row in table("services")}
MACHINE = [row for row in table("schedules") if row["opening_hours"]]
EVERY_QUARTER = [datetime(2026, 12, 20, tzinfo=ZoneInfo("UTC")) + n * timedelta(minutes=15) for n in range(14 * 96)]


def schedule(row: dict[str, str]) -> Schedule:
    return Schedule(text=row["description"], opening_hours=row["opening_hours"], doubtful=row["doubtful"] == "yes")


def service_as_known(key: str) -> Service:
    """With its hours and its numbers alone."""
    return Service(
        key,
        "",
        "",
        schedules=tuple(schedule(row) for row in table("schedules") if row["service_id"] == key),
        phones=tuple(
            Phone(row["number"], description=row["description"]) for row in table("phones") if row["service_id"] == key
        ),
    )


def read_by_machine(row: dict[str, str]) -> set[tuple[int, time, time]]:
    """(weekday, opens, closes) of one usual week."""
    service = Service(row["service_id"], "", "", schedules=(schedule(row),))
    return {
        (number, start.time(), end.time())
        for number in range(7)
        for start, end in intervals(service, MONDAY + timedelta(days=number))
    }


def read_by_words(text: str) -> set[tuple[int, time, time]]:
    """The same from the words, by walking along them: names of days first, then times, until the next name of a day."""
    found: set[tuple[int, time, time]] = set()
    days: list[int] = []
    times_seen, span = True, False
    text = text.replace("Every day, 24 hours", "Every day 00:00-00:00")
    text = "; ".join(part for part in text.split("; ") if not part.startswith(OTHER_THINGS))
    for token in re.findall(r"[A-Z][a-z]+day|Every day|to|and|\d\d:\d\d-\d\d:\d\d", text):
        if token[0].isdigit():
            opens, closes = map(time.fromisoformat, token.split("-"))
            found |= {(day, opens, closes) for day in days}
            times_seen = True
        elif token in DAYS or token == "Every day":
            named = DAYS.index(token) if token in DAYS else 0
            first = days[-1] + 1 if days and span else named
            days = [] if times_seen else days
            days += range(7) if token == "Every day" else range(min(first, named), named + 1)
            times_seen = span = False
        else:
            span = token == "to"
    return found


def test_most_of_the_opening_hours_are_read_by_machines():
    assert len({row["service_id"] for row in MACHINE}) >= 95


@pytest.mark.parametrize("row", MACHINE, ids=lambda row: row["service_id"])
def test_what_machines_read_is_what_the_words_say(row):
    assert is_readable(schedule(row))
    assert read_by_machine(row) == read_by_words(row["description"])


def test_the_words_are_really_read():
    nine, five = time(9), time(17)
    assert read_by_words("Monday to Tuesday 09:00-17:00; Saturday and Sunday 09:00-17:00") == {
        (day, nine, five) for day in (0, 1, 5, 6)
    }
    assert read_by_words("Friday 09:00-17:00; other times 0121 303 2296") == {(4, nine, five)}
    assert len(read_by_words("Every day, 24 hours")) == 7


def test_day_and_night_in_words_is_day_and_night_for_machines_and_nothing_else_is():
    for row in MACHINE:
        assert is_always(schedule(row)) == row["description"].startswith("Every day, 24 hours"), row["service_id"]


def test_what_says_that_it_closes_on_bank_holidays_does_and_nothing_is_said_of_the_others():
    for row in MACHINE:
        says = "bank holiday" in row["description"]
        assert ("PH" in row["opening_hours"]) == says, row["service_id"]
        service = Service(row["service_id"], "", "", schedules=(schedule(row),))
        assert bool(intervals(service, EASTER_MONDAY)) == is_always(schedule(row)), row["service_id"]


def test_days_that_were_shifted_keep_their_warning_unless_the_entry_itself_names_them():
    bare = []
    for row in MACHINE:
        service = SERVICES[row["service_id"]]
        if STREET_SUPPORT not in service["source_url"] or row["description"].startswith("Every day"):
            continue
        words = " ".join(service[name] for name in ("description", "application_process", "doubts"))
        named = re.search(rf"Days from the text|weekdays|{'|'.join(DAYS)}", words)
        if row["doubtful"] != "yes" and not named:
            bare.append(row["service_id"])
    assert bare == []


def test_call_first_in_words_is_call_first_for_machines():
    for row in table("schedules"):
        if "call first" in row["description"]:
            assert row["call_first"] == "yes", row["service_id"]


WITH_OTHER_TIMES = sorted(
    {row["service_id"] for row in table("phones") if is_for_other_times(Phone("", "", row["description"]))}
)


def test_each_number_that_the_words_give_for_other_times_can_be_dialled_from_the_card():
    in_words = {
        (row["service_id"], number)
        for row in table("schedules")
        for number in re.findall(r"0[0-9 ]{8,}[0-9]", row["description"].partition("other times")[2])
    }
    on_cards = {
        (row["service_id"], row["number"]) for row in table("phones") if row["description"].startswith("Other times")
    }
    assert len(in_words) == 8
    assert on_cards == in_words


@pytest.mark.parametrize("key", WITH_OTHER_TIMES)
def test_a_service_that_answers_at_other_times_is_never_called_closed(key):
    service = service_as_known(key)
    assert {state(service, at).open for at in EVERY_QUARTER} <= {True, None}


def test_hours_of_one_part_alone_never_make_a_service_open_or_closed():
    friday_lunch = datetime(2026, 11, 27, 12, 30, tzinfo=ZoneInfo("Europe/London"))
    keys = ("hope-community-esol", "coventry-foodbank", "roma-project", "birmingham-central-foodbank")
    seen = {key: state(service_as_known(key), friday_lunch).open for key in keys}
    assert seen == dict.fromkeys(keys[:3]) | {"birmingham-central-foodbank": True}
    thursday = datetime(2026, 11, 26, 12, 30, tzinfo=ZoneInfo("Europe/London"))
    assert [state(service_as_known(key), thursday).open for key in keys] == [True, None, None, None]


def test_day_and_night_is_doubtful_exactly_where_the_doubts_are_about_its_hours():
    for row in MACHINE:
        if row["opening_hours"] == "24/7":
            assert (row["doubtful"] == "yes") == ("Hours:" in SERVICES[row["service_id"]]["doubts"]), row["service_id"]
