"""Near me: the nearest first where the person's place is known, else their city, and never a dead end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.records import Answer, City, Content, GazetteerPlace, Place, Point, Schedule, Service
from bot.dialogue.near_replies import NearWriter
from bot.dialogue.replies import ReplyWriter

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CV1 = GazetteerPlace("cv1", "outcode", "CV1", 52.4081, -1.5106)
OPEN, SHUT = Schedule(opening_hours="Mo-Fr 09:00-17:00"), Schedule(opening_hours="Tu 09:00-17:00")
FAR = Service(
    "far", "Far", "F", areas=("coventry",), places=(Place(latitude=52.45, longitude=-1.51),), schedules=(OPEN,)
)
NEAR = Service(
    "near", "Near", "N", areas=("coventry",), places=(Place(latitude=52.41, longitude=-1.51),), schedules=(SHUT,)
)
LINE = Service("line", "Line", "L", areas=("national",))
ANSWER = Answer("health/x", "health", "What?", (Point("Yes."),), services=("far", "line", "near"))


@pytest.fixture
def near(phrases):
    """A function that makes a writer for a place and a city."""
    services = {service.id: service for service in (FAR, NEAR, LINE)}
    content = Content(
        1, {ANSWER.id: ANSWER}, services, {}, {"coventry": City("coventry", "Coventry")}, gazetteer=(CV1,)
    )

    def write(city=None, outcode=None, **changed):
        there = replace(content, **changed)
        return NearWriter(ReplyWriter(there, phrases, "en", city, outcode=outcode, moment=MONDAY))

    return write


def shown(reply):
    return [card.id for card in reply.cards]


def test_with_a_place_the_nearest_come_first_and_what_has_no_place_follows(near):
    reply = near(outcode="CV1").near(ANSWER)
    assert reply.text == "Near CV1, the nearest first:" and shown(reply) == ["near", "far", "line"]


def test_without_a_place_those_of_the_city_are_shown(near):
    reply = near(city="coventry").near(ANSWER)
    assert reply.text == "In Coventry:" and shown(reply) == ["far", "near"]
    assert any("write your postcode" in note for note in reply.notes)


def test_open_now_shows_only_what_is_surely_open(near):
    reply = near(outcode="CV1").near(ANSWER, open_now=True)
    assert reply.text == "Open now near CV1:" and shown(reply) == ["far"]


def test_where_nothing_is_open_it_says_so_and_shows_when_they_open(near):
    writer = near(outcode="CV1", services={"near": NEAR})
    reply = writer.near(replace(ANSWER, services=("near",)), open_now=True)
    assert reply.text.startswith("I know none that is open now") and shown(reply) == ["near"]


def test_the_answers_own_services_come_before_others_on_its_topic_that_are_nearer(near):
    other = replace(NEAR, id="other", topics=("health",))
    writer = near(outcode="CV1", services={"far": FAR, "line": LINE, "other": other})
    assert shown(writer.near(replace(ANSWER, services=("far", "line")))) == ["far", "line", "other"]


def test_open_later_is_only_said_of_those_that_are_known_to_open(near):
    unknown = replace(NEAR, schedules=())
    writer = near(outcode="CV1", services={"near": unknown})
    reply = writer.near(replace(ANSWER, services=("near",)), open_now=True)
    assert "open later" not in reply.text and shown(reply) == ["near"]


def test_where_nothing_is_near_the_answers_own_services_are_shown_and_it_is_told(near):
    writer = near(city="coventry", services={"line": LINE})
    reply = writer.near(replace(ANSWER, services=("line",)))
    assert "I know no place for this in Coventry" in reply.text and shown(reply) == ["line"]


def test_every_list_offers_what_is_open_now_and_a_person(near):
    buttons = {button.id for button in near(outcode="CV1").near(ANSWER).buttons}
    assert {"open_now:", "person:"} <= buttons


def test_the_question_for_the_place_promises_to_keep_only_half_a_postcode(near):
    reply = near().ask()
    assert "I keep only that" in reply.text and [button.id for button in reply.buttons] == ["city:coventry"]


def test_in_an_answer_the_nearer_come_first_within_their_reach(near):
    reply = near(city="coventry", outcode="CV1").write.answer(ANSWER)
    assert shown(reply) == ["near", "far", "line"]


def test_far_from_all_cities_a_council_that_is_only_a_telephone_number_does_not_come_first(near):
    town = GazetteerPlace("wolverhampton", "town", "Wolverhampton", 52.5866, -2.1288)
    office = Service("office", "Office", "O", areas=("wolverhampton",))
    writer = near(
        outcode="CV1",
        services={"near": NEAR, "office": office},
        cities={"wolverhampton": City("wolverhampton", "Wolverhampton")},
        gazetteer=(CV1, town),
    ).write
    assert shown(writer.answer(replace(ANSWER, services=("office", "near")))) == ["near", "office"]
