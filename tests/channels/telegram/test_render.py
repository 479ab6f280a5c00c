"""Rendering, checked against the stand-in's strict reading of Telegram's HTML."""

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.render import join_paragraphs, keyboard_of, messages_of, render
from bot.dialogue.messages import Button, Card, Fact, Reply
from tests.channels.telegram.bot_api.entities import parse_html, utf16_units


def seen(reply):
    """The words that a person sees, message by message."""
    return [parse_html(message.html)[0] for message in render(reply)]


CARD = Card(
    id="advice",
    title="Advice & Help <Centre>",
    subtitle="Free advice",
    body="Come with your letters.",
    facts=(
        Fact("Phone", "024 7683 4025", "tel:+442476834025", ltr=True),
        Fact("Website", "Our page", "https://example.org/?a=1&b=2"),
        Fact("", "Open on weekdays"),
    ),
    warnings=("Not checked yet",),
    source="Source: the council, 2026",
)


def test_a_reply_shows_its_parts_in_order():
    reply = Reply(
        "housing/x",
        text="Text.",
        heading="Heading",
        points=("One.", "Two."),
        warnings=("Never pay cash.",),
        cards=(CARD,),
        notes=("Checked in 2026.",),
        labels={"careful": "Careful"},
    )
    assert seen(reply) == [
        "Heading\n\nText.\n\n• One.\n• Two.\n\nCareful\n⚠️ Never pay cash.\n\n"
        "Advice & Help <Centre>\nFree advice\nCome with your letters.\nPhone: 024 7683 4025\nWebsite: Our page\n"
        "Open on weekdays\n⚠️ Not checked yet\nSource: the council, 2026\n\nChecked in 2026."
    ]


def test_web_pages_become_links_and_other_schemes_stay_text():
    others = (Fact("Bad", "click", "javascript:alert(1)"), Fact("E-mail", "a@b.uk", "mailto:a@b.uk"))
    card = Card("c", "C", facts=(*CARD.facts, *others))
    (message,) = render(Reply("x", cards=(card,)))
    assert '<a href="https://example.org/?a=1&amp;b=2">Our page</a>' in message.html
    assert message.html.count("<a ") == 1


def test_urgent_replies_come_first_and_stand_alone_in_bold():
    replies = (Reply("menu", text="Menu"), Reply("emergency/medical", text="Call 999 now.", urgent=True))
    first, second = messages_of(replies)
    assert first.html == "<b>🚨 Call 999 now.</b>"
    assert second.html == "Menu"


def test_a_long_reply_is_cut_at_the_ends_of_paragraphs_and_keeps_its_buttons_for_the_end():
    points = tuple(f"Point {number}: " + "word " * 60 for number in range(20))
    cards = tuple(Card(str(number), f"Card {number}", body="text " * 100) for number in range(10))
    reply = Reply("x", text="Start.", points=points, cards=cards, buttons=(Button("menu:", "Menu"),))
    messages = render(reply)
    assert len(messages) > 2
    assert [bool(message.keyboard) for message in messages] == [False] * (len(messages) - 1) + [True]
    texts = seen(reply)
    assert all(utf16_units(text) <= 4096 for text in texts)
    for number in range(10):
        assert sum(f"Card {number}\n{('text ' * 100).strip()}" in text for text in texts) == 1


def test_emojis_count_twice_as_telegram_counts_them():
    assert all(utf16_units(text) <= 4096 for text in seen(Reply("x", text="😀" * 3000)))
    assert "".join(seen(Reply("x", text="😀" * 3000))).count("😀") == 3000


def test_a_line_that_is_too_long_is_cut_after_a_sentence():
    first, *_rest = render(Reply("x", text="This is a sentence of ours. " * 200))[0].html.split("\n")
    assert first.endswith("ours.")
    assert len(first) > 1900


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("a <>&\"'\n.😀م0 7+\u202e\u2066"), max_size=6000),
    direction=st.sampled_from(["ltr", "rtl"]),
)
def test_whatever_the_text_every_message_is_valid_and_short_enough(text, direction):
    card = Card("c", text, body=text, facts=(Fact(text, text, ltr=True), Fact(text, text, "https://example.org")))
    reply = Reply("x", text=text, heading=text, points=(text,), direction=direction, cards=(card,))
    for message in render(reply):
        words, _entities = parse_html(message.html)
        assert utf16_units(words) <= 4096
        assert words.strip()
        assert "\u202e" not in words


def test_paragraphs_that_fit_share_a_message():
    assert join_paragraphs([["aa", "bb"], [], ["cc"]], longest=9) == ["aa\nbb\n\ncc"]
    assert join_paragraphs([["aa", "bb"], ["cc"]], longest=8) == ["aa\nbb", "cc"]
    assert join_paragraphs([["aa", "bb"]], longest=4) == ["aa", "bb"]


def test_phones_and_links_are_isolated_in_right_to_left_replies():
    reply = Reply(
        "x",
        text="اتصل على 024 7683 4025",
        language="ar",
        direction="rtl",
        cards=(
            Card(
                "c",
                "Law Centre",
                facts=(
                    Fact("الهاتف", "024 7683 4025", "tel:+442476834025", ltr=True),
                    Fact("الموقع", "example.org", "https://example.org", ltr=True),
                    Fact("اللغات", "English (some)"),
                ),
            ),
        ),
    )
    (text,) = seen(reply)
    assert "اتصل على \u2066024 7683 4025\u2069" in text
    assert "الهاتف: \u2066024 7683 4025\u2069" in text
    assert "الموقع: \u2066example.org\u2069" in text
    assert "اللغات: \u2068English (some)\u2069" in text


def test_left_to_right_replies_have_no_isolates():
    (text,) = seen(Reply("x", text="Call 024 7683 4025", cards=(CARD,)))
    assert not set(text) & set("\u2066\u2067\u2068\u2069\u200f")


def test_short_labels_share_a_row_and_long_ones_stand_alone():
    long = Button("c", "A label that is far too long for two")
    rows = keyboard_of([Button("a", "English"), Button("b", "العربية"), long, Button("d", "Soomaali")])
    assert [[button.id for button in row] for row in rows] == [["a", "b"], ["c"], ["d"]]


def test_buttons_that_telegram_refuses_are_left_out_and_said_in_the_log(caplog):
    with caplog.at_level(logging.ERROR):
        rows = keyboard_of([Button("é" * 33, "Too long"), Button("é" * 32, "Fits"), Button("x", "")])
    assert [[button.label for button in row] for row in rows] == [["Fits"]]
    assert "64 bytes" in caplog.text


def test_a_button_that_calls_a_number_is_written_out_since_telegram_has_none():
    buttons = (Button("", "Call 999", url="tel:999"), Button("", "Samaritans", url="tel:116123"))
    reply = Reply("x", text="Help", buttons=buttons)
    (message,) = render(reply)
    assert message.keyboard == ()
    assert message.html == "Help\n\nCall 999\nSamaritans: 116123"


@pytest.mark.parametrize(("reply", "count"), [(Reply("x"), 0), (Reply("x", buttons=(Button("a", "A"),)), 1)])
def test_an_empty_reply_is_no_message_unless_it_has_buttons(reply, count):
    assert len(render(reply)) == count
