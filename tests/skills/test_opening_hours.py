"""Open now, until when, opens next: against a slow reading of the same week that goes through it quarter by quarter."""

import time as stopwatch
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.records import Notice, Phone, Schedule, Service
from bot.skills.opening_hours import intervals, is_for_other_times, open_in_evening, open_on, state
from bot.skills.service_filters import Filter, fulfils

LONDON = ZoneInfo("Europe/London")
QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# Written down from the government's list, with the day itself where another day stands in for it.
BANK_HOLIDAYS = {
    date(2025, 12, 25),
    date(2025, 12, 26),
    *(date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 26), (12, 28))),
    date(2027, 1, 1),
}
START = datetime(2026, 1, 1, tzinfo=UTC)
COUNCIL = (Phone("01902 556789"), Phone("01902 552999", description="Other times"))


def service(*schedules: Schedule, **more) -> Service:
    return Service("advice", "Advice", "Advice", schedules=schedules, **more)


def hours(text: str, **more) -> Service:
    return service(Schedule(opening_hours=text), **more)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass(frozen=True)
class Week:
    """Openings of each weekday as (first, last) quarter of an hour; beyond 96 on the next day. holiday: None, no word."""

    days: tuple[tuple[tuple[int, int], ...], ...]
    holiday: tuple[tuple[int, int], ...] | None

    def openings(self, day: date) -> tuple[tuple[tuple[int, int], ...], bool]:
        """Those that begin on the day, and whether they are sure."""
        if day not in BANK_HOLIDAYS:
            return self.days[day.weekday()], True
        return (self.days[day.weekday()], False) if self.holiday is None else (self.holiday, True)

    def open(self, at: datetime) -> bool | None:
        """By looking at every opening of the day and of the day before."""
        wall = at.astimezone(LONDON).replace(tzinfo=None)
        found = set()
        for day, ahead in ((wall.date(), 0), (wall.date() - DAY, 96)):
            quarter = (wall.hour * 60 + wall.minute) // 15 + ahead
            openings, sure = self.openings(day)
            found |= {sure for first, last in openings if first <= quarter < last}
        return True if True in found else None if found else False

    def text(self) -> str:
        """As OpenStreetMap writes it."""
        rules = [
            f"{NAMES[n]} {', '.join(map(_times, day))}".replace(", ", ",") if day else f"{NAMES[n]} off"
            for n, day in enumerate(self.days)
        ]
        if self.holiday is not None:
            rules.append("PH " + (",".join(map(_times, self.holiday)) or "off"))
        return "; ".join(rules)

    def rules(self) -> tuple[Schedule, ...]:
        """As rules of RFC 5545, which know no bank holidays."""
        return tuple(
            Schedule(freq="WEEKLY", byday=NAMES[n].upper(), opens_at=_clock(first), closes_at=_clock(last))
            for n, day in enumerate(self.days)
            for first, last in day
        )


def _clock(quarter: int) -> str:
    return f"{quarter // 4 % 24:02}:{quarter % 4 * 15:02}"


def _times(opening: tuple[int, int]) -> str:
    first, last = opening
    return f"{_clock(first)}-{'24:00' if last == 96 else _clock(last)}"


@st.composite
def openings(draw) -> tuple[tuple[int, int], ...]:
    """Up to two openings of a day, the last of them perhaps a night. None has an end in the hour that clocks skip."""
    quarters = st.integers(8, 96)
    edges = sorted(draw(st.lists(quarters, min_size=0, max_size=4, unique=True)))
    found = [(edges[n], edges[n + 1]) for n in range(0, len(edges) - 1, 2)]
    if found and draw(st.booleans()):
        found[-1] = (found[-1][0], draw(st.sampled_from([97, 100, *range(104, 125, 4)])))
        if found[-1][1] - found[-1][0] >= 96 or found[-1][0] == 96:
            found.pop()
    return tuple(found)


weeks = st.builds(Week, st.tuples(*[openings()] * 7), st.one_of(st.none(), st.just(()), openings()))
moments = st.integers(0, 365 * 96 - 1).map(lambda number: START + number * QUARTER)
rare_days = st.sampled_from([*sorted(BANK_HOLIDAYS)[2:-1], date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 27)])
rare_moments = st.builds(
    lambda day, n: datetime(day.year, day.month, day.day, tzinfo=UTC) + n * QUARTER, rare_days, st.integers(0, 110)
)


def reference_opens(week: Week, at: datetime) -> datetime | None:
    """The next quarter of an hour, after one at which it is not open for sure, at which it is."""
    before = week.open(at)
    for number in range(1, 12 * 96):
        now = week.open(at + number * QUARTER)
        if now and not before:
            return at + number * QUARTER
        before = now
    return None


def agree(found: Service, week: Week, at: datetime) -> None:
    seen = state(found, at)
    assert seen.open is week.open(at)
    if seen.open:
        closes = next((at + n * QUARTER for n in range(1, 12 * 96) if not week.open(at + n * QUARTER)), None)
        assert closes is None or seen.until == closes
    else:
        assert seen.opens == reference_opens(week, at)


@settings(max_examples=50, deadline=None)
@given(weeks, st.lists(st.one_of(moments, rare_moments), min_size=1, max_size=3))
def test_a_week_in_openstreetmaps_syntax_is_read_as_a_slow_reading_reads_it(week, times):
    for at in times:
        agree(hours(week.text()), week, at)


@settings(max_examples=50, deadline=None)
@given(weeks, st.lists(st.one_of(moments, rare_moments), min_size=1, max_size=3))
def test_a_week_of_rules_is_read_as_a_slow_reading_reads_it(week, times):
    week = Week(week.days, None)
    found = service(*week.rules())
    for at in times if found.schedules else ():
        agree(found, week, at)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(weeks, st.booleans())
def test_every_quarter_of_an_hour_of_a_year_is_right(week, as_rules):
    week = Week(week.days, None) if as_rules else week
    found = service(*week.rules()) if as_rules else hours(week.text())
    if found.schedules:
        wrong = [
            at for at in (START + n * QUARTER for n in range(365 * 96)) if state(found, at).open is not week.open(at)
        ]
        assert wrong == []


def test_a_closing_time_is_told_and_lunch_is_closed():
    found = hours("Mo-Fr 09:00-12:30,13:00-16:00")
    assert state(found, moment("2026-11-27 10:00")).until == moment("2026-11-27 12:30")
    lunch = state(found, moment("2026-11-27 12:45"))
    assert (lunch.open, lunch.opens) == (False, moment("2026-11-27 13:00"))


def test_the_next_opening_lies_beyond_the_weekend():
    found = hours("Mo-Fr 09:00-16:00")
    assert state(found, moment("2026-11-27 16:00")).opens == moment("2026-11-30 09:00")


def test_several_schedules_of_a_service_count_together():
    found = service(Schedule(opening_hours="Mo 09:00-12:00"), Schedule(opening_hours="Mo 12:00-15:00; Tu 10:00-11:00"))
    assert state(found, moment("2026-11-30 10:00")).until == moment("2026-11-30 15:00")
    assert intervals(found, date(2026, 11, 30)) == ((moment("2026-11-30 09:00"), moment("2026-11-30 15:00")),)
    assert open_on(found, date(2026, 12, 1))
    assert not open_on(found, date(2026, 12, 2))


def test_the_first_tuesday_of_a_month_is_found():
    found = service(Schedule(freq="MONTHLY", byday="1TU", opens_at="10:00", closes_at="12:00"))
    assert state(found, moment("2026-11-24 11:00")).opens == moment("2026-12-01 10:00")
    assert state(found, moment("2026-12-08 11:00")).open is False


def test_every_second_week_counts_from_its_first_day():
    found = service(
        Schedule(freq="WEEKLY", interval=2, byday="WE", dtstart=date(2026, 1, 7), opens_at="10:00", closes_at="12:00")
    )
    assert [day for day in range(1, 32) if open_on(found, date(2026, 1, day))] == [7, 21]
    unanchored = service(Schedule(freq="WEEKLY", interval=2, byday="WE", opens_at="10:00", closes_at="12:00"))
    assert state(unanchored, moment("2026-01-07 11:00")).open is None


def test_a_night_shelter_is_open_after_midnight_although_the_next_day_is_off():
    found = hours("Mo-Fr 20:00-08:00; Sa-Su off; PH off")
    assert state(found, moment("2026-11-28 07:00")).until == moment("2026-11-28 08:00")
    assert state(found, moment("2026-12-26 01:00")).open is False  # the night of Christmas Day, which is off


@pytest.mark.parametrize("day", ["2026-04-03", "2026-04-06", "2026-05-04", "2026-08-31", "2026-12-25", "2026-12-28"])
def test_bank_holidays_of_england_close_what_says_so(day):
    found = hours("Mo-Fr 09:00-17:00; PH off")
    seen = state(found, moment(f"{day} 11:00"))
    assert (seen.open, seen.bank_holiday) == (False, False)
    assert not open_on(found, date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-04-06", "2026-08-31"])
def test_office_hours_that_say_nothing_of_bank_holidays_are_never_surely_open_on_one(day):
    found = hours("Mo-Fr 09:00-17:00")
    seen = state(found, moment(f"{day} 11:00"))
    assert (seen.open, seen.bank_holiday, seen.until) == (None, True, None)
    assert seen.opens == moment(f"{day} 09:00") + DAY
    assert not open_on(found, date.fromisoformat(day))
    assert state(found, moment(f"{day} 18:00")).bank_holiday is False
    assert state(hours("Mo-Fr,PH 09:00-17:00"), moment(f"{day} 11:00")).open is True


def test_day_and_night_is_open_on_bank_holidays_too():
    seen = state(hours("24/7"), moment("2026-12-25 03:00"))
    assert (seen.open, seen.always, seen.until, seen.bank_holiday) == (True, True, None, False)
    assert state(hours("Mo-Su 00:00-24:00"), moment("2026-12-25 03:00")).always


def test_nothing_is_told_where_there_are_no_times_or_only_people_can_read_them():
    assert state(service(), moment("2026-11-27 10:00")).open is None
    seen = state(service(Schedule(text="See website")), moment("2026-11-27 10:00"))
    assert (seen.open, seen.for_people) == (None, ("See website",))


def test_times_for_people_beside_others_keep_it_from_being_surely_closed():
    found = service(Schedule(opening_hours="Mo 09:00-12:00"), Schedule(text="Evenings by appointment"))
    assert state(found, moment("2026-11-30 10:00")).open is True
    assert state(found, moment("2026-11-30 20:00")).open is None


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-17:00; SH off",
        "PH Mo 09:00-10:00",
        "Mo 09:00-12:00; PH +1 day off",
        "Mo 09:00-12:00+",
        "Mo-Fr sunrise-sunset",
        "Mo (dawn+01:00)-23:00",
        "Mo-Fr 10:00-10:00",
        "Mo 9:00 - 09:00",
        "Mo 00:00-00:00",
        "bad",
    ],
)
def test_what_would_be_misread_is_not_read(text):
    assert state(service(Schedule(text=text, opening_hours=text)), moment("2026-11-30 10:00")).open is None


def test_a_rule_that_closes_when_it_opens_is_not_read():
    found = service(Schedule(freq="WEEKLY", byday="MO", opens_at="10:00", closes_at="10:00"))
    assert state(found, moment("2026-11-30 11:00")).open is None


def test_the_sun_in_a_remark_is_no_time():
    assert state(hours('Mo 10:00-12:00; Tu off "sunrise walk"'), moment("2026-11-30 11:00")).open is True


def test_a_night_written_with_spaces_lasts_until_the_morning_of_a_day_that_is_off():
    assert state(hours("Fr 20:00 - 08:00; Sa off"), moment("2026-11-28 07:00")).open is True


PIECES = [
    *NAMES,
    "PH",
    "SH",
    "off",
    "-",
    ",",
    ";",
    " ",
    "[1]",
    "24/7",
    "09:00-17:00",
    "20:00-08:00",
    "18:00-26:00",
    '"',
]
PIECES += ["||", "unknown", "Jan", "Feb 30", "2026", "week 53", "easter", "sunrise", "+1 day", "/02:00", ":", "é", "\0"]
times_of_any_kind = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))


@settings(max_examples=300, deadline=None)
@given(times_of_any_kind, rare_moments)
def test_no_text_makes_it_fail(text, at):
    found = service(Schedule(opening_hours=text), Schedule(freq=text, byday=text, opens_at="09:00", closes_at=text))
    seen = state(found, at)
    assert seen.open in (True, False, None)
    assert seen.until is None or seen.until.timestamp() > at.timestamp()
    assert seen.opens is None or seen.opens.timestamp() > at.timestamp()


def test_an_opening_with_a_remark_is_not_sure():
    seen = state(hours('Mo "by appointment"'), moment("2026-11-30 10:00"))
    assert (seen.open, seen.bank_holiday) == (None, False)


def test_a_season_begins_and_ends_by_itself():
    found = service(
        Schedule(opening_hours="Mo-Su 10:00-12:00", valid_from=date(2026, 12, 1), valid_to=date(2027, 2, 28))
    )
    assert state(found, moment("2026-11-30 11:00")).opens == moment("2026-12-01 10:00")
    assert state(found, moment("2027-02-28 11:00")).open is True
    assert state(found, moment("2027-03-01 11:00")).open is False
    assert state(found, moment("2027-03-01 11:00")).opens is None


def test_a_closure_closes_from_its_first_to_its_last_day_and_expires_by_itself():
    closure = Notice("closed", "Building works", date(2026, 11, 24), date(2026, 11, 25))
    found = hours("24/7", notices=(closure,))
    assert state(found, moment("2026-11-23 23:59")).open is True
    seen = state(found, moment("2026-11-24 00:00"))
    assert (seen.open, seen.always, seen.closed_by, seen.opens) == (False, False, closure, moment("2026-11-26 00:00"))
    assert state(found, moment("2026-11-26 00:00")).always


def test_a_message_is_shown_on_its_days_alone_and_closes_nothing():
    message = Notice("message", "Bring warm clothes", date(2026, 11, 24), date(2026, 11, 25))
    found = hours("24/7", notices=(message,))
    days = [day for day in range(22, 29) if state(found, moment(f"2026-11-{day} 12:00")).messages]
    assert days == [24, 25]
    assert state(found, moment("2026-11-24 12:00")).open is True


def test_a_service_that_is_temporarily_closed_is_closed():
    seen = state(hours("24/7", status="temporarily closed"), moment("2026-11-24 12:00"))
    assert (seen.open, seen.always, seen.opens, seen.closed_for_now) == (False, False, None, True)


@pytest.mark.parametrize(
    ("description", "is_one"),
    [
        ("Other times", True),
        ("Other times (under 18)", True),
        ("other times, and weekends", True),
        ("Out-of-hours outreach line", True),
        ("Out of hours", True),
        ("Housing advice team", False),
        ("For bookings, other times too", False),
        ("", False),
    ],
)
def test_a_number_for_other_times_is_known_by_how_its_description_begins(description, is_one):
    assert is_for_other_times(Phone("111", description=description)) is is_one


def test_an_office_with_a_number_for_other_times_is_never_told_to_be_closed():
    found = hours("Mo-Fr 09:00-17:00", phones=COUNCIL)
    night = state(found, moment("2026-11-24 02:00"))
    assert (night.open, night.office_closed, night.opens) == (None, True, moment("2026-11-24 09:00"))
    day = state(found, moment("2026-11-24 10:00"))
    assert (day.open, day.office_closed, day.other_number) == (True, False, True)
    assert state(hours("Mo-Fr 09:00-17:00", phones=COUNCIL[:1]), moment("2026-11-24 02:00")).open is False


def test_an_office_with_a_number_for_other_times_stays_reachable_through_a_closure_but_not_when_all_is_shut():
    closure = Notice("closed", "Christmas", date(2026, 12, 24), date(2027, 1, 3))
    found = hours("Mo-Fr 09:00-17:00", phones=COUNCIL, notices=(closure,))
    seen = state(found, moment("2026-12-29 10:00"))
    assert (seen.open, seen.office_closed, seen.closed_by) == (None, True, closure)
    shut = state(hours("Mo-Fr 09:00-17:00", phones=COUNCIL, status="temporarily closed"), moment("2026-11-24 10:00"))
    assert (shut.open, shut.other_number, shut.closed_for_now) == (False, False, True)


def test_an_office_whose_hours_only_people_can_read_is_not_called_closed_for_its_other_number():
    found = service(Schedule(text="Office hours; other times 01902 552999"), phones=COUNCIL)
    seen = state(found, moment("2026-11-24 02:00"))
    assert (seen.open, seen.office_closed, seen.other_number) == (None, False, True)


@pytest.mark.parametrize("wanted", [Filter.OPEN_NOW, Filter.OPEN_TODAY, Filter.EVENING])
def test_no_wish_for_a_time_leaves_out_an_office_with_a_number_for_other_times(wanted):
    saturday = moment("2026-11-28 20:00")
    assert fulfils(hours("Mo-Fr 09:00-17:00", phones=COUNCIL), wanted, saturday) is None
    assert fulfils(hours("Mo-Fr 09:00-17:00"), wanted, saturday) is False


def test_doubt_and_call_first_are_passed_on():
    found = service(Schedule(opening_hours="Mo 10:00-12:00", call_first=True, doubtful=True))
    seen = state(found, moment("2026-11-30 11:00"))
    assert (seen.open, seen.call_first, seen.doubtful) == (True, True, True)


def test_an_evening_begins_at_half_past_five():
    found = hours("Mo 09:00-17:30; Tu 09:00-18:00; We 19:00-21:00")
    assert [open_in_evening(found, date(2026, 11, day)) for day in (23, 24, 25, 26)] == [False, True, True, False]
    assert open_in_evening(found, date(2026, 11, 23), days=7)
    assert not open_in_evening(hours("Mo-Fr 09:00-17:00"), date(2026, 11, 23), days=7)


def test_the_hour_that_clocks_read_twice_is_open_twice():
    found = hours("Su 00:30-01:30")
    first, second = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))
    assert state(found, first).until.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert state(found, second).until.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_what_would_open_in_the_skipped_hour_opens_at_two():
    found = hours("Su 01:30-04:00")
    assert state(found, datetime(2026, 3, 29, 0, 45, tzinfo=UTC)).opens == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        state(hours("24/7"), datetime(2026, 11, 24, 12))


def test_a_state_takes_less_than_a_tenth_of_a_millisecond():
    found = [hours(f"Mo-Th 09:00-12:30,13:00-16:{n:02}; Fr 09:00-12:00; PH off") for n in range(50)]
    at = moment("2026-11-27 20:00")
    for each in found:
        state(each, at)

    def measured() -> float:
        begun = stopwatch.perf_counter()
        for each in found:
            state(each, at)
        return (stopwatch.perf_counter() - begun) / len(found)

    assert min(measured() for _ in range(20)) < 100e-6
