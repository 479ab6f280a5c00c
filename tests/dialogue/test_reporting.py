"""'This is wrong' at a whole desk without a model, over real content and a real database."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.records import Service
from bot.content.reports import MOST_A_DAY, REASONS
from bot.dialogue.buttons import LIMIT_BYTES, button_id, read_button
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.messages import Incoming
from bot.dialogue.reporting import LONGEST_NAME, MOST_REPORTED, find_record, short_name

ROOM = "housing/rent_room"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def press(own_store, phrases, safety):
    """A function that presses a button and gives the turn."""
    desk = FrontDesk(own_store, phrases, safety, now=lambda: NOW)

    def press_one(button: str, who: str = "one", channel: str = "web"):
        return asyncio.run(desk.handle(Incoming(who, button=button, channel=channel)))

    return press_one


@pytest.fixture
def say(own_store, phrases, safety):
    """A function that types a message and gives the turn."""
    desk = FrontDesk(own_store, phrases, safety, now=lambda: NOW)
    return lambda text, who="one": asyncio.run(desk.handle(Incoming(who, text)))


def ids(turn) -> list[str]:
    return [button.id for reply in turn.replies for button in reply.buttons]


def report_room(press, reason="wrong", who="one"):
    press(f"answer:{ROOM}", who)
    press("wrong:", who)
    press(f"wrong_in:{ROOM}", who)
    return press(f"wrong_as:{reason}:{ROOM}", who)


def test_an_answer_with_services_asks_which_of_them_is_wrong(press, content):
    shown = press(f"answer:{ROOM}")
    assert ids(shown).count("wrong:") == 1
    cards = [card.id for reply in shown.replies for card in reply.cards]
    asked = press("wrong:")
    assert ids(asked) == [f"wrong_in:{ROOM}", *(f"wrong_in:{card}" for card in cards), "menu:"]
    labels = [button.label for button in asked.replies[0].buttons]
    assert labels[:2] == [content.answers[ROOM].question, content.services[cards[0]].name]


def test_the_reasons_fit_the_kind_of_record(press):
    shown = press(f"answer:{ROOM}")
    card = shown.replies[0].cards[0].id
    of_answer, of_service = press(f"wrong_in:{ROOM}"), press(f"wrong_in:{card}")
    assert ids(of_answer)[:-1] == [f"wrong_as:{reason}:{ROOM}" for reason in ("wrong", "no_help", "other")]
    wanted = ("phone", "closed", "times", "no_help", "other")
    assert ids(of_service)[:-1] == [f"wrong_as:{reason}:{card}" for reason in wanted]
    assert of_service.replies[0].notes == ("I keep only what you press here. I do not keep who you are.",)


def test_a_report_is_kept_with_its_reason_channel_and_language_and_nothing_else(press, own_store):
    thanked = report_room(press)
    assert thanked.replies[0].text.startswith("Thank you.")
    (report,) = own_store.reports()
    assert (report.table, report.record_id, report.reason, report.text) == ("answers", ROOM, "wrong", "")
    assert (report.channel, report.language, report.times, report.reported_on) == ("web", "en", 1, NOW.date())


def test_a_report_ends_with_other_places_and_people(press):
    assert ids(report_room(press)) == ["more:", "menu:", "person:"]


def test_the_same_conversation_counts_once_for_a_record_and_other_people_count_too(press, own_store):
    report_room(press)
    again = report_room(press, "other")
    assert again.replies[0].text.startswith("You told me this already.")
    report_room(press, who="two")
    assert [(report.reason, report.times) for report in own_store.reports()] == [("wrong", 2)]


def test_one_record_counts_so_often_a_day_and_no_more(press, own_store):
    for number in range(MOST_A_DAY + 3):
        assert press(f"wrong_as:wrong:{ROOM}", f"person-{number}").replies[0].text.startswith("Thank you.")
    assert [report.times for report in own_store.reports()] == [MOST_A_DAY]


def test_one_conversation_reports_so_many_records_and_is_then_sent_to_a_person(press, own_store, content):
    turns = [press(f"wrong_as:wrong:{each}") for each in list(content.answers)[: MOST_REPORTED + 1]]
    assert turns[-1].replies[0].text == "You told me of many things. Please tell a person of this one."
    assert len(own_store.reports()) == MOST_REPORTED


def test_a_service_near_danger_is_reported_with_999_in_sight(press, content):
    near_danger = next(each.id for each in content.services.values() if "safety" in each.topics)
    told = press(button_id("wrong_as", f"no_help:{short_name(near_danger)}"))
    assert told.replies[0].points == ("In danger? Call 999. It is free.",)


def test_an_emergency_comes_first_while_a_report_is_under_way(press, say, own_store):
    press(f"answer:{ROOM}")
    press("wrong:")
    turn = say("my baby is choking and cannot breathe")
    assert turn.outcome == "emergency" and "wrong:" not in ids(turn)
    assert own_store.reports() == []


def test_menus_topics_and_cities_offer_no_report(press):
    for button in ("menu:", "topic:health", "cities:", "languages:", "unsafe:"):
        assert "wrong:" not in ids(press(button)), button


def test_people_to_talk_to_can_be_reported_like_any_service(press):
    people = press("person:")
    assert "wrong:" in ids(people)
    cards = [card.id for reply in people.replies for card in reply.cards]
    assert ids(press("wrong:"))[: len(cards)] == [f"wrong_in:{card}" for card in cards]


def test_the_button_of_a_forgotten_conversation_says_what_to_do(press):
    press(f"answer:{ROOM}")
    press("forget:")
    told = press("wrong:")
    assert told.replies[0].text.startswith("I no longer know what you saw.") and "person:" in ids(told)


@pytest.mark.parametrize("button", ["wrong_in:long-gone", f"wrong_as:nonsense:{ROOM}", "wrong_as:phone:", "wrong_as:x"])
def test_a_button_that_no_longer_fits_is_refused_kindly_and_keeps_nothing(press, own_store, button):
    turn = press(button)
    assert turn.replies[0].about == "refused" and "person:" in ids(turn)
    assert own_store.reports() == []


def test_the_buttons_work_in_every_language_and_fit_their_limit(press, phrases, content):
    for language in phrases.languages:
        press(f"language:{language}", language)
        shown = press(f"answer:{ROOM}", language)
        assert all(len(each.encode()) <= LIMIT_BYTES for each in ids(shown))
        asked = press("wrong:", language)
        assert asked.replies[0].language == language and asked.replies[0].text
    for each in (*content.answers, *content.services):
        for reason in REASONS:
            assert read_button(button_id("wrong_as", f"{reason}:{short_name(each)}"))


def test_an_id_too_long_for_a_button_is_found_again_by_its_digest(content):
    long = Service("n" * (LONGEST_NAME + 1), "Neighbour", "Neighbour")
    wider = replace(content, services={**content.services, long.id: long})
    assert short_name(long.id) != long.id
    assert find_record(wider, short_name(long.id)) == long
    assert find_record(content, short_name(long.id)) is None


def test_without_its_database_the_desk_says_that_something_went_wrong(press, own_store):
    press(f"answer:{ROOM}")
    with own_store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE record_report")
    told = press(f"wrong_as:wrong:{ROOM}")
    assert told.replies[0].text.startswith("Sorry, something went wrong on our side.") and "person:" in ids(told)
