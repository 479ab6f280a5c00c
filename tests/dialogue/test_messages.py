"""The vocabulary of all channels: a reply survives JSON, and can be read as plain lines."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.messages import Button, Card, Fact, Reply, Turn, as_lines, reply_from_dict, to_dict

TEXT = st.text(max_size=20)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
FACTS = st.lists(st.builds(Fact, TEXT, TEXT, TEXT, st.booleans()), max_size=2).map(tuple)
CARDS = st.lists(st.builds(Card, TEXT, TEXT, TEXT, TEXT, FACTS, TEXTS, TEXT, TEXT, TEXT), max_size=2).map(tuple)
BUTTONS = st.lists(st.builds(Button, TEXT, TEXT, TEXT), max_size=3).map(tuple)
REPLIES = st.builds(
    Reply,
    about=TEXT,
    text=TEXT,
    heading=TEXT,
    points=TEXTS,
    warnings=TEXTS,
    cards=CARDS,
    notes=TEXTS,
    buttons=BUTTONS,
    urgent=st.booleans(),
    language=TEXT,
    direction=TEXT,
    labels=st.dictionaries(TEXT, TEXT, max_size=2),
)


@given(REPLIES)
def test_a_reply_comes_back_whole_from_its_dict(reply):
    assert reply_from_dict(to_dict(reply)) == reply


@given(REPLIES)
def test_a_reply_comes_back_whole_through_json(reply):
    assert reply_from_dict(json.loads(json.dumps(to_dict(reply)))) == reply


def test_a_turn_becomes_plain_dicts_and_lists():
    turn = Turn((Reply("menu", buttons=(Button("menu:", "Topics"),)),), "en", "menu", (("housing/rent_room", 0.5),))
    assert json.loads(json.dumps(to_dict(turn)))["replies"][0]["buttons"] == [
        {"id": "menu:", "label": "Topics", "url": ""}
    ]


def test_the_lines_hold_every_part_in_the_order_of_the_reply_without_buttons():
    card = Card(
        "id",
        "Advice",
        "Charity",
        "Help with rent.",
        (Fact("Phone", "0808 157 0001", "tel:08081570001", True), Fact("", "Come in")),
        ("Not checked yet.",),
        "Source: example",
    )
    reply = Reply(
        "x/y", "Text", "Heading", ("One", "Two"), ("Careful",), (card,), ("Small print",), (Button("menu:", "Topics"),)
    )
    assert as_lines(reply) == [
        "Heading",
        "Text",
        "• One",
        "• Two",
        "⚠ Careful",
        "",
        "▸ Advice (Charity)",
        "  Help with rent.",
        "  Phone: 0808 157 0001",
        "  Come in",
        "  ⚠ Not checked yet.",
        "  Source: example",
        "",
        "Small print",
    ]


def test_an_empty_reply_has_no_lines():
    assert as_lines(Reply("menu")) == []


@given(REPLIES)
def test_every_reply_can_be_read_as_lines(reply):
    lines = "\n".join(as_lines(reply))
    assert all(text in lines for text in (reply.heading, reply.text, *reply.points, *reply.warnings, *reply.notes))
    assert all(fact.value in lines for card in reply.cards for fact in card.facts)
