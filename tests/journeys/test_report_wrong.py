"""A person meets a telephone that nobody answers, says so, and goes on; volunteers find the report on top of their list."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.content.reviews import Confirmation
from bot.content.store import Store
from bot.dialogue.front_desk import FrontDesk
from bot.skills.review_round import due_items, review_items
from tests.journeys.visitor import Visitor, check_cards

ROOM = "housing/rent_room"


@pytest.fixture
def store(tmp_path, pack_store):
    """A database of one's own with the project's content."""
    with closing(sqlite3.connect(pack_store.engine.url.database)) as full:
        full.execute("VACUUM INTO ?", (str(tmp_path / "desk.db"),))
    with Store(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield store


@pytest.fixture(params=["menu", pytest.param("assistant", marks=pytest.mark.model)])
def person(request, store, phrases, safety):
    """Somebody at a whole desk, without its assistant and with it."""
    engine = request.getfixturevalue("trained_engine") if request.param == "assistant" else None
    with Visitor(FrontDesk(store, phrases, safety, engine)) as visitor:
        yield visitor


def test_a_dead_telephone_is_reported_in_four_presses_and_comes_first_for_volunteers(person, store, phrases):
    person.arrives()
    person.presses("language", "uk")
    person.presses("topic", "housing")
    person.presses("answer", ROOM)
    card = person.cards[0].id

    person.presses("wrong")
    person.presses("wrong_in", card)
    assert person.screen.replies[0].notes
    person.presses("wrong_as", f"phone:{card}")
    thanks = person.screen.replies[0]
    assert thanks.language == "uk"
    assert thanks.text == phrases.say("uk", "Thank you. The people who look after it will see it.")

    person.presses("more")
    assert person.cards and card not in [each.id for each in person.cards]

    today = datetime.now(UTC).date()
    first = due_items(review_items(store.content(), store.reports(), today), today)[0]
    assert (first.key, first.reported) == (f"services/{card}", 1)
    assert all(person.conversation not in str(report) for report in store.reports())

    settled = bool(store.content().services[card].provenance.doubts)
    store.confirm_record(f"services/{card}", Confirmation(today, doubts_settled=settled))
    assert store.reports() == []
    person.presses("person")
    check_cards(person.cards, store.content())


def test_a_person_to_talk_to_who_did_not_help_can_be_reported_and_others_stay_in_reach(person, store):
    person.chooses("person:")
    first = person.cards[0].id
    person.presses("wrong")
    person.presses("wrong_in", first)
    person.presses("wrong_as", f"no_help:{first}")
    assert [(report.record_id, report.reason) for report in store.reports()] == [(first, "no_help")]
    person.presses("person")
    assert len(person.cards) > 1


def test_danger_in_the_midst_of_a_report_is_answered_first(person, store):
    person.chooses(f"answer:{ROOM}")
    person.presses("wrong")
    turn = person.says("my husband is beating me now")
    assert turn.outcome == "emergency" and "wrong:" not in person.buttons
    assert store.reports() == []


def test_being_forgotten_takes_what_was_on_the_screen_with_it(person, store):
    person.chooses(f"answer:{ROOM}")
    person.chooses("forget:")
    assert store.read_conversation(person.conversation) is None
    person.chooses("wrong:")
    assert "wrong_in:" not in "".join(person.buttons)
