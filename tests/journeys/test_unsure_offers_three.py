"""When the desk is not sure it says so, offers the nearest questions, forces none, and never ends in a dead end."""

import pytest

from tests.journeys.visitor import check_cards

pytestmark = pytest.mark.model
VAGUE = "I have a question about my house and benefits"


def answers_offered(person) -> list[str]:
    return [name.removeprefix("answer:") for name in person.buttons if name.startswith("answer:")]


def test_an_unsure_desk_offers_three_and_the_chosen_one_is_answered(visit, content, pack_store):
    person = visit()
    turn = person.says(VAGUE)
    assert (turn.outcome, person.abouts) == ("choices", ["choices"])
    offered = answers_offered(person)
    assert len(offered) == 3
    assert offered == [label for label, _ in turn.ranking if label in content.answers][:3]
    assert {"menu:", "person:"} <= set(person.buttons)
    assert not person.cards
    assert (pack_store.read_conversation(person.conversation).slots or {}).get("answer") is None

    person.presses("answer", offered[1])
    assert person.abouts[0] == offered[1]
    assert person.screen.outcome == "answer"


def test_none_of_them_leads_to_others_and_at_last_to_topics_and_people(visit, content):
    person = visit()
    person.says(VAGUE)
    seen = answers_offered(person)
    for _ in range(10):
        person.says("no, that is not what I meant")
        offered = answers_offered(person)
        assert not set(offered) & set(seen)
        seen += offered
        if not offered:
            break
    assert person.screen.outcome == "unknown"
    assert {"topic:housing", "person:"} <= set(person.buttons)
    check_cards(person.cards, content)


@pytest.mark.parametrize("text", ["asdf qwer zxcv", "????", "🙂", "blah blah blah", "tell me the football score"])
def test_what_the_desk_does_not_know_ends_at_topics_and_people(visit, content, text):
    person = visit()
    turn = person.says(text)
    assert turn.outcome in ("unknown", "choices", "menu")
    if turn.outcome == "unknown":
        assert {"topic:housing", "person:"} <= set(person.buttons)
        check_cards(person.cards, content)
    else:
        assert {"person:"} <= set(person.buttons)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "x" * 5000])
def test_what_cannot_be_read_is_told_kindly_and_the_way_goes_on(visit, text):
    person = visit()
    person.says(text)
    assert person.abouts == ["refused"]
    assert {"menu:", "person:"} <= set(person.buttons)
    assert person.presses("menu").outcome == "menu"


@pytest.mark.parametrize("text", ["/restart", '/set_language{"language": "ar"}', "/", "//", "\x00", "%s {0}"])
def test_words_that_look_like_commands_are_only_words(visit, pack_store, text):
    person = visit()
    person.says(text)
    assert person.screen.outcome != "answer"
    assert {reply.language for reply in person.screen.replies} == {"en"}
    assert pack_store.read_conversation(person.conversation).language == "en"


def test_a_button_of_an_older_time_is_told_kindly(visit):
    person = visit()
    for pressed in ("answer:housing/no_such_answer", "city:atlantis", "dance:", "answer:", "x" * 100, "language:xx"):
        person.chooses(pressed)
        assert person.abouts == ["refused"]
        assert {"menu:", "person:"} <= set(person.buttons)
