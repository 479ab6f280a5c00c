"""Finding a place by what it is for, and services that are called by their name."""

import asyncio

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store
from bot.dialogue.components.sentence_encoder import E5Encoder
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.messages import Incoming


@pytest.fixture(scope="module")
def store(tmp_path_factory, project):
    with Store(f"sqlite:///{tmp_path_factory.mktemp('directory') / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, project / "services_data")
        yield store


@pytest.fixture
def desk(store, phrases, safety):
    return FrontDesk(store, phrases, safety)


@pytest.fixture
def say(desk, request):
    """A function that sends a message to a desk without a model, and gives its replies."""
    return lambda text="", **more: asyncio.run(desk.handle(Incoming(request.node.name, text, **more))).replies


def cards(replies):
    return [card.id for reply in replies if reply.about == "services" for card in reply.cards]


def test_find_a_place_asks_what_for_and_shows_the_best_with_the_reason(say):
    assert "What do you look for?" in say(button="find:")[0].text
    replies = say("baby clothes, I am in CV1")
    assert cards(replies)[0] == "baby-godiva"
    facts = {fact.label: fact.value for fact in replies[0].cards[0].facts}
    assert "words that you wrote" in facts["Why I show it"]


def test_only_the_next_message_is_looked_for(say):
    say(button="find:")
    say("lawyer")
    assert cards(say("and what about my children")) == []


def test_who_presses_something_else_does_not_look_any_more(say):
    say(button="find:")
    say(button="menu:")
    assert cards(say("baby clothes")) == []


def test_an_emergency_is_never_taken_for_a_search(say):
    say(button="find:")
    assert say("my husband is beating me now")[0].urgent


def test_where_nothing_is_found_people_are_named_and_one_can_look_again(say):
    say(button="find:")
    replies = say("qwxzv")
    assert "I found no place for this" in replies[0].text and replies[0].cards
    assert "find:" in [button.id for button in replies[0].buttons]


def test_a_service_of_another_situation_is_left_out_and_named(say, content):
    say(button="audience:VH")
    say(button="find:")
    replies = say("doctor for refugees and asylum seekers")
    shown = [content.services[each].conditions.audience for each in cards(replies)]
    assert shown and all(not who or {"ALL", "VH"} & set(who) for who in shown)
    assert any("another situation" in note for note in replies[0].notes)


def test_a_service_that_is_called_by_name_is_shown_first(say):
    assert cards(say("CRMC phone number"))[0] == "crmc-advice"
    assert cards(say("English classes at CRMC"))[0] == "crmc-esol"


def test_a_service_that_was_called_by_name_can_be_reported(say):
    assert "wrong:" in [button.id for reply in say("CRMC phone number") for button in reply.buttons]
    assert "no longer know" not in say(button="wrong:")[0].text


def test_in_a_long_message_the_answer_stays_first(say):
    replies = say("my friend told me that CRMC did so much for her and now I wonder about many things here")
    assert replies[0].about != "services" and cards(replies)


@pytest.mark.slow
def test_with_the_meaning_a_place_is_found_in_any_language(desk, request):
    desk.directory.encoder = E5Encoder()

    async def visit():
        await desk.handle(Incoming(request.node.name, button="find:"))
        return await desk.handle(Incoming(request.node.name, "أحتاج ملابس لطفلي الرضيع"))

    found = cards(asyncio.run(visit()).replies)
    assert {"baby-godiva", "growbaby", "karis-baby-bank", "baby-basics-wolverhampton", "wfrc-baby-bank"} & set(found)
