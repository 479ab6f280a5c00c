"""What follow-ups get, over the project's whole content: only what answers and services say, and never silence."""

import pytest

from bot.content.records import Answer, Content, Place, Point, Service
from bot.dialogue.fact_replies import WISHES, FactWriter
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter

KNOWN = {
    "ask_cost": lambda service: (service.cost,),
    "ask_place": lambda service: tuple(
        ", ".join(filter(None, (p.address, p.postal_code))) for p in service.places if p.address or p.postal_code
    ),
    "ask_times": lambda service: (service.hours,),
    "ask_documents": lambda service: (service.how_to_access, service.eligibility),
}
# Lines that say in the desk's own words what is known as data; tests/dialogue/test_service_cards.py is about them.
REWORDED = ("Now", "You may need", "Who it is for")
CLASS = Service("class", "Class", "School", areas=("coventry",), cost="Free", hours="Monday 10:00")
CLINIC = Service("clinic", "Clinic", "NHS", areas=("coventry",), emails=("ask@example.org",))
ANSWER = Answer(
    "health/doctor",
    "health",
    "Where is a doctor?",
    (Point("A doctor is free."), Point("Bring a letter.", city="coventry"), Point("Be kind.")),
    (Point("Visitors pay.", audience=("VH",)),),
    services=("clinic", "class"),
)


@pytest.fixture
def facts(phrases):
    """A function that gives the facts of a small answer."""

    def write(wish: str, answer: Answer = ANSWER, **person: str):
        content = Content(1, {answer.id: answer}, {"class": CLASS, "clinic": CLINIC}, {}, {})
        return FactWriter(ReplyWriter(content, phrases, "en", **person)).facts(answer, wish)

    return write


def values(card):
    return [(fact.label, fact.value) for fact in card.facts]


def test_the_cost_is_told_by_the_points_that_name_it_and_by_the_services(facts):
    reply = facts("ask_cost")
    assert (reply.about, reply.text) == (ANSWER.id, "This is what I know about the cost:")
    assert reply.points == ("A doctor is free.", "Visitors pay.")
    assert [card.id for card in reply.cards] == ["class", "clinic"]
    assert values(reply.cards[0]) == [("Cost", "Free")]


def test_a_service_that_does_not_say_it_says_so_and_how_to_ask(facts):
    silent = facts("ask_cost").cards[1]
    assert silent.warnings == ("I do not know this. Ask them before you go.",)
    assert values(silent) == [("E-mail", "ask@example.org")]


def test_the_facts_are_for_the_persons_situation(facts):
    assert "Visitors pay." not in facts("ask_cost", audience="AS").points
    assert facts("ask_cost", audience="VH").points[0] == "Visitors pay."


def test_nothing_known_is_told_with_people_and_the_buttons_stay(facts):
    empty = Answer("health/x", "health", "What?", (Point("Be kind."),))
    reply = facts("ask_times", empty)
    assert reply.text == "I do not know this. These people can help:"
    assert {"not_this:", "person:"} <= {button.id for button in reply.buttons}


def test_a_place_is_its_address_and_a_place_in_another_city_is_left_out(phrases):
    here = Service("a", "A", "A", areas=("coventry",), places=(Place("", "1 High Street", "CV1 1AA"),))
    there = Service("b", "B", "B", areas=("birmingham",), places=(Place("", "2 Low Street", "B1 1AA"),))
    answer = Answer("health/x", "health", "What?", (Point("Yes."),), services=("a", "b"))
    content = Content(1, {answer.id: answer}, {"a": here, "b": there}, {}, {})
    reply = FactWriter(ReplyWriter(content, phrases, "en", "coventry")).facts(answer, "ask_place")
    assert [values(card) for card in reply.cards] == [[("Address", "1 High Street, CV1 1AA")]]


@pytest.mark.parametrize("wish", sorted(WISHES))
def test_nothing_is_invented_for_any_answer_in_any_city(content, phrases, wish):
    for city in (None, *content.cities):
        writer = ReplyWriter(content, phrases, "en", city)
        for answer in content.answers.values():
            reply = FactWriter(writer).facts(answer, wish)
            whole = writer.answer(answer)
            assert reply.points or reply.cards, answer.id
            assert set(reply.points) <= {*whole.points, *whole.warnings}, answer.id
            assert len(reply.cards) <= CARDS_AT_ONCE or reply.text.startswith("I do not know"), answer.id
            for card in reply.cards if not reply.text.startswith("I do not know") else ():
                service = content.services[card.id]
                told = {fact.value for fact in card.facts if not fact.href and fact.label not in REWORDED}
                assert told <= set(filter(None, KNOWN[wish](service))), (answer.id, card.id)
                reworded = [fact for fact in card.facts if fact.label in REWORDED]
                assert told or reworded or "I do not know this. Ask them before you go." in card.warnings


@pytest.mark.parametrize("wish", sorted(WISHES))
def test_the_buttons_of_the_answer_stay(content, phrases, wish):
    writer = ReplyWriter(content, phrases, "en", "coventry")
    for answer in content.answers.values():
        kept = {button.id for button in FactWriter(writer).facts(answer, wish).buttons}
        assert kept == {button.id for button in writer.answer(answer).buttons}


def test_the_facts_are_told_in_the_persons_language(content, phrases):
    reply = FactWriter(ReplyWriter(content, phrases, "uk")).facts(content.answers["housing/rent_room"], "ask_cost")
    assert reply.language == "uk" and reply.points
    assert [card.facts[0].label for card in reply.cards] == [phrases.say("uk", "Cost")] * 3
