"""Leave to work, in Farsi: the answer, its warnings, and the other questions of the subject."""

import re

import pytest

from tests.journeys.visitor import check_cards, check_way_on

pytestmark = pytest.mark.model
FARSI = re.compile("[\u0600-\u06ff]")


def test_work_in_farsi(visit, content, pack_store):
    person = visit("fa-AF")

    welcome = person.arrives().replies[0]
    assert (welcome.language, welcome.direction) == ("fa", "rtl")

    turn = person.says("آیا اجازه کار دارم")
    reply, question = turn.replies
    assert (question.about, question.language) == ("audience", "fa")
    answer = content.answers["jobs/allowed_to_work"]
    assert (turn.outcome, turn.language, reply.about) == ("answer", "fa", answer.id)
    assert (reply.language, reply.direction) == ("fa", "rtl")
    assert (len(reply.points), len(reply.warnings)) == (len(answer.points), len(answer.careful))
    assert all(FARSI.search(text) for text in (reply.heading, *reply.points, *reply.warnings))
    check_cards(person.cards, content)
    check_way_on(reply)

    person.says("سلام")
    assert person.abouts == ["greet", "menu"]
    person.presses("topic", "jobs")
    questions = [name for name in person.buttons if name.startswith("answer:")]
    assert questions == [f"answer:{key}" for key, each in content.answers.items() if each.topic == "jobs"]
    assert all(FARSI.search(person.buttons[name].label) for name in questions)

    person.presses("answer", "jobs/minimum_wage")
    assert person.abouts == ["jobs/minimum_wage"]
    assert person.screen.replies[0].language == "fa"
    assert pack_store.read_conversation(person.conversation).language == "fa"


def test_what_no_person_has_checked_is_said_to_be_unchecked(visit, content):
    person = visit()
    person.says("آیا اجازه کار دارم")
    answer = content.answers["jobs/allowed_to_work"]
    unchecked = [point for point in answer.careful if not point.verified]
    assert unchecked, "choose an answer with an unverified point"
    person.presses("language", "en") if "language:en" in person.buttons else person.says("English please")
    person.says("Am I allowed to work?")
    assert person.abouts[0] == answer.id
    for point in unchecked:
        assert f"{point.text} (not checked)" in person.screen.replies[0].warnings
