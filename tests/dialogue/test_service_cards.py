"""A card tells in the person's language what is known, what is needed, how far it is and whether it is open; no more."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.content.records import Conditions, Notice, Place, Schedule, Service
from bot.dialogue.service_cards import ServiceCards
from bot.skills.whereabouts import Whereabouts

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MIDDLE = Whereabouts("outcode", "CV1", 52.4081, -1.5106, "CV1", 1000)
OPEN = Schedule("Monday to Friday 09:00-16:30", opening_hours="Mo-Fr 09:00-16:30")
BARE = Service("s", "Drop-in", "Centre")


@pytest.fixture
def rows(phrases):
    """A function that gives the labelled lines of a service's card, by label."""

    def read(service, language="en", near=None, reasons=()):
        card = ServiceCards(phrases, language, MONDAY, near).card(service, reasons)
        return {fact.label: fact.value for fact in card.facts}

    return read


def test_what_is_known_of_the_hours_is_told_before_the_words_of_the_source(rows):
    told = rows(replace(BARE, hours=OPEN.text, schedules=(OPEN,)))
    assert list(told.items()) == [("Now", "Open now, until 16:30."), ("Times", OPEN.text)]


def test_hours_that_only_people_can_read_are_shown_without_a_guess(rows):
    words = Schedule("Office hours")
    assert rows(replace(BARE, hours=words.text, schedules=(words,))) == {"Times": "Office hours"}


def test_the_distance_is_told_where_both_ends_are_known(rows):
    placed = replace(BARE, places=(Place(latitude=52.4181, longitude=-1.5106),))
    assert "0.7 miles" in rows(placed, near=MIDDLE)["How far"]
    assert "How far" not in rows(placed)
    assert "How far" not in rows(BARE, near=MIDDLE)


def test_the_nearest_of_several_places_counts(phrases):
    far, near = Place(latitude=52.9, longitude=-1.5), Place(latitude=52.41, longitude=-1.51)
    cards = ServiceCards(phrases, "en", MONDAY, MIDDLE)
    assert cards.miles(replace(BARE, places=(far, near))) < 1


def test_in_english_the_sources_own_words_on_who_may_come_are_enough(rows):
    service = replace(BARE, eligibility="Refugees", conditions=Conditions(audience=("RF",)))
    assert rows(service) == {"Who it is for": "Refugees"}


def test_in_other_languages_it_is_said_in_them_and_the_source_stands_beside_it(rows, phrases):
    service = replace(BARE, eligibility="Refugees", conditions=Conditions(audience=("RF",), gender="women"))
    told = rows(service, "ar")
    assert phrases.say("ar", "For women only.") in told[phrases.say("ar", "Who it is for")]
    assert "Refugees" in told.values()


@pytest.mark.parametrize(
    "conditions, expected",
    [
        (Conditions(audience=("ALL",)), "For everyone."),
        (Conditions(audience=("AS", "UN")), "For: people who asked for asylum, people with no papers."),
        (Conditions(gender="men", minimum_age=18), "For men only. Age 18 and over."),
        (Conditions(minimum_age=16, maximum_age=25), "Age 16 to 25."),
        (Conditions(maximum_age=19), "Up to age 19."),
        (Conditions(minimum_age=0), "Age 0 and over."),
    ],
)
def test_who_may_come_is_said_in_plain_words(rows, conditions, expected):
    assert rows(replace(BARE, conditions=conditions)) == {"Who it is for": expected}


def test_what_a_person_needs_and_what_makes_it_easy_is_told(rows):
    conditions = Conditions(
        referral_needed=True, documents=("Your ARC card",), papers_asked=True, children_welcome=True
    )
    told = rows(replace(BARE, conditions=conditions))
    assert told["You may need"].endswith("Bring: Your ARC card.") and "send you" in told["You may need"]
    assert told["Good to know"] == "You can bring children."


def test_in_english_nothing_is_said_twice_that_the_source_says_of_the_way_in(rows):
    service = replace(BARE, how_to_access="Drop in, no referral", conditions=Conditions(walk_in=True, step_free=True))
    assert rows(service) == {"How to get in": "Drop in, no referral", "Good to know": "No steps."}


def test_nothing_is_said_of_what_nobody_knows(rows):
    assert rows(BARE) == {}


def test_a_closure_and_a_message_stand_first_among_the_warnings_and_go_away_by_themselves(phrases):
    closed = Notice("closed", "The roof is being mended.", valid_to=date(2026, 11, 30))
    over = Notice("message", "Summer party.", valid_to=date(2026, 8, 1))
    service = replace(BARE, schedules=(OPEN,), notices=(closed, over))
    card = ServiceCards(phrases, "en", MONDAY).card(service)
    assert card.warnings[0] == "The roof is being mended." and "Summer party." not in card.warnings
    assert card.facts[0].value.startswith("Closed until")
    later = ServiceCards(phrases, "en", datetime(2026, 12, 1, 10, tzinfo=UTC)).card(service)
    assert later.facts[0].value == "Open now, until 16:30." and "The roof is being mended." not in later.warnings


def test_the_reasons_for_which_it_was_found_come_first(rows):
    told = rows(replace(BARE, cost="Free"), reasons=("WORDS", "NEAR", "UNSURE_FREE", "new code"))
    assert list(told.items())[0] == ("Why I show it", "It has words that you wrote. It is near you.")
