"""What people read of opening times: one or two short sentences, with days in their own language."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.content.records import Notice, Phone, Schedule, Service
from bot.skills.opening_hours import state
from bot.skills.opening_words import day_name, sentence, weekday_name
from bot.skills.phrases import Phrases

LONDON = ZoneInfo("Europe/London")
OFFICE = Schedule(opening_hours="Mo-Th 09:00-16:30; Fr 09:00-12:00")
NIGHT_LINE = (Phone("01902 556789"), Phone("01902 552999", description="Other times"))
OFFICE_CLOSED = "The office is closed now. Call the number for other times."
MAY_BE_CLOSED = "The office may be closed now. If it is, call the number for other times."


def said(*schedules: Schedule, at: str, phrases: Phrases, language: str = "en", **more) -> str:
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    service = Service("advice", "Advice", "Advice", schedules=schedules, **more)
    return sentence(state(service, moment), moment, phrases, language)


@pytest.fixture
def phrases(translations: Path) -> Phrases:
    return Phrases(translations)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23 10:00", "Open now, until 16:30."),
        ("2026-11-23 08:00", "Closed now. Opens today at 09:00."),
        ("2026-11-23 17:00", "Closed now. Opens tomorrow at 09:00."),
        ("2026-11-27 13:00", "Closed now. Opens on Monday at 09:00."),
        ("2026-12-25 10:00", "Today is a bank holiday: it may be closed. Contact them first."),
        ("2026-12-25 13:00", "Closed now. Opens on Tuesday at 09:00."),
    ],
)
def test_office_hours_are_said_in_one_short_sentence(phrases, at, words):
    assert said(OFFICE, at=at, phrases=phrases) == words


def test_a_day_more_than_a_week_away_has_its_date(phrases):
    later = Schedule(opening_hours="Mo 09:00-10:00", valid_from=date(2026, 11, 30))
    assert said(later, at="2026-11-20 10:00", phrases=phrases) == "Closed now. Opens on Monday, 30 November at 09:00."


def test_day_and_night_is_said_so(phrases):
    assert said(Schedule(opening_hours="24/7"), at="2026-12-25 03:00", phrases=phrases) == "Open all day, every day."


def test_closed_with_no_opening_in_sight_is_just_closed(phrases):
    past = Schedule(opening_hours="24/7", valid_to=date(2026, 1, 31))
    assert said(past, at="2026-11-23 10:00", phrases=phrases) == "Closed now."


def test_an_opening_of_many_days_names_the_day_on_which_it_closes(phrases):
    week = Schedule(opening_hours="Mo-We 00:00-24:00; Th 00:00-12:00")
    assert said(week, at="2026-11-23 10:00", phrases=phrases) == "Open now, until Thursday, 12:00."


def test_times_that_nobody_knows_and_times_in_words_ask_people_to_get_in_touch(phrases):
    assert said(at="2026-11-23 10:00", phrases=phrases) == "I do not know when it is open. Contact them first."
    words = said(Schedule(text="See website"), at="2026-11-23 10:00", phrases=phrases)
    assert words == "I cannot tell if it is open now. Contact them first."


def test_shaky_times_are_said_to_be_shaky(phrases):
    shaky = Schedule(opening_hours="Mo 09:00-10:00", doubtful=True, call_first=True)
    words = said(shaky, at="2026-11-23 09:30", phrases=phrases)
    assert words == "Open now, until 10:00. The times may be wrong. Contact them first."


def test_day_and_night_that_is_shaky_should_be_so(phrases):
    shaky = Schedule(opening_hours="24/7", doubtful=True)
    assert said(shaky, at="2026-11-23 03:00", phrases=phrases) == "It should be open all day, every day."
    words = said(Schedule(opening_hours="24/7", doubtful=True, call_first=True), at="2026-11-23 03:00", phrases=phrases)
    assert words == "It should be open all day, every day. Call first."


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-24 02:00", OFFICE_CLOSED),
        ("2026-11-28 12:00", OFFICE_CLOSED),
        ("2026-11-23 10:00", "Open now, until 16:30."),
        ("2026-12-25 10:00", MAY_BE_CLOSED),
        ("2026-12-25 20:00", OFFICE_CLOSED),
    ],
)
def test_at_night_people_are_sent_to_the_number_for_other_times(phrases, at, words):
    assert said(OFFICE, at=at, phrases=phrases, phones=NIGHT_LINE) == words


@pytest.mark.parametrize(
    "schedule", [Schedule(text="Office hours"), Schedule(opening_hours="Mo-Fr 09:00-17:00", doubtful=True)]
)
def test_hours_that_are_not_sure_say_that_the_office_may_be_closed(phrases, schedule):
    assert said(schedule, at="2026-11-24 02:00", phrases=phrases, phones=NIGHT_LINE) == MAY_BE_CLOSED


def test_a_closure_names_the_number_for_other_times_too(phrases):
    closure = Notice("closed", "Christmas", date(2026, 12, 24), date(2027, 1, 3))
    words = said(OFFICE, at="2026-12-29 10:00", phrases=phrases, notices=(closure,), phones=NIGHT_LINE)
    assert words == "Closed until the end of 3 January. Call the number for other times."
    words = said(OFFICE, at="2026-12-29 10:00", phrases=phrases, status="temporarily closed", phones=NIGHT_LINE)
    assert words == "Closed for now."


def test_call_first_is_said(phrases):
    first = Schedule(opening_hours="24/7", call_first=True)
    assert said(first, at="2026-11-23 09:30", phrases=phrases) == "Open all day, every day. Call first."


def test_a_closure_says_its_last_day_and_a_service_closed_for_a_time_says_so(phrases):
    closure = Notice("closed", "Building works", date(2026, 4, 20), date(2026, 5, 3))
    words = said(OFFICE, at="2026-04-21 10:00", phrases=phrases, notices=(closure,))
    assert words == "Closed until the end of 3 May."
    words = said(OFFICE, at="2026-04-21 10:00", phrases=phrases, status="temporarily closed")
    assert words == "Closed for now."


def test_a_translation_gets_the_names_of_days_in_its_own_language(translations, write_catalogue):
    with (translations / "languages.csv").open("a", encoding="utf-8") as file:
        file.write("ar,العربية,Arabic,rtl,,\n")
    opens = "Closed now. Opens on {day} at {time}."
    write_catalogue("uk", "messages", {opens: "Зараз зачинено. Відкриття: {day}, {time}."})
    write_catalogue("ar", "messages", {opens: "مغلق الآن. يفتح {day} الساعة {time}."})
    phrases = Phrases(translations)
    at = "2026-11-27 13:00"
    assert said(OFFICE, at=at, phrases=phrases, language="uk") == "Зараз зачинено. Відкриття: понеділок, 09:00."
    assert said(OFFICE, at=at, phrases=phrases, language="ar") == "مغلق الآن. يفتح الاثنين الساعة 09:00."


def test_the_date_is_said_as_the_language_says_it():
    day = date(2026, 5, 4)
    assert [day_name(day, language) for language in ("en", "uk", "pl")] == ["4 May", "4 травня", "4 maja"]


@pytest.mark.parametrize("language", ["fa-AF", "ckb", "ti", "ku", "zh-Hant", "xx", "", "not a language"])
def test_no_language_makes_it_fail(phrases, language):
    assert weekday_name(date(2026, 5, 4), language)
    assert "09:00" in said(OFFICE, at="2026-11-27 13:00", phrases=phrases, language=language)


def test_a_language_whose_calendar_is_not_known_gets_english_names():
    assert weekday_name(date(2026, 5, 4), "xx") == "Monday"
