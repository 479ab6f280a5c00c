"""A person asks what the desk does not know; volunteers get the question without its name, until the person objects."""

import logging

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store
from bot.dialogue.front_desk import FrontDesk
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.model
ASKED = "my name is Zanzibarquince, 07700 900123. {}"
NOBODY_KNOWS = ("which museum has old trains", "how do i tune my piano", "can i make my own honey and sell it")


@pytest.fixture
def store(tmp_path, project):
    """A database of one's own with the project's content."""
    with Store(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, project / "services_data")
        yield store


@pytest.fixture
def person(store, phrases, safety, trained_engine):
    """Somebody at a whole desk that keeps questions."""
    desk = FrontDesk(store, phrases, safety, trained_engine)
    desk.unanswered.keeping = True
    with Visitor(desk) as visitor:
        yield visitor


def ask_until_kept(person) -> str:
    """Ask, say that the answer is none, and give back the question that was kept.

    How well the desk understands is not what is tested here: what it takes for worry is not kept, so another is asked.
    """
    for question in NOBODY_KNOWS:
        person.says(ASKED.format(question))
        if "do_not_keep:" not in person.buttons:
            person.chooses("not_this:")
        if "do_not_keep:" in person.buttons:
            return question
    pytest.fail("No question was kept.")


def test_the_question_is_kept_without_name_and_number_and_goes_when_the_person_objects(person, store, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    question = ask_until_kept(person)
    (kept,) = store.questions()
    assert kept.text == f"my name is [name], [number]. {question}"
    assert kept.language == "en" and kept.nearest
    person.presses("do_not_keep")
    assert store.questions() == []
    person.says(ASKED.format(question))
    person.chooses("not_this:")
    assert "do_not_keep:" not in person.buttons and store.questions() == []
    assert question not in "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    for path in tmp_path.glob("desk.db*"):
        assert b"zanzibarquince" not in path.read_bytes().lower()


def test_the_question_goes_when_the_person_wants_to_be_forgotten(person, store):
    ask_until_kept(person)
    assert len(store.questions()) == 1
    person.chooses("forget:")
    assert store.questions() == []


def test_an_emergency_is_never_kept(person, store):
    person.says("my baby is choking and cannot breathe")
    person.chooses("not_this:")
    assert store.questions() == []
