"""Which parts of a message may be needs of their own, in the languages of the desk."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.skills.needs import MOST_PARTS, split_needs, words_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("i need a doctor and english class", ["i need a doctor", "english class"]),
        ("no money for food and landlord wants me out", ["no money for food", "landlord wants me out"]),
        ("hi, i need a doctor and english class", ["hi, i need a doctor", "english class"]),
        ("I lost my job. How do I pay rent? help", ["I lost my job", "How do I pay rent"]),
        ("find a school\nfind a dentist", ["find a school", "find a dentist"]),
        ("мені треба лікар і курси англійської", ["мені треба лікар", "курси англійської"]),
        ("мне нужен врач и курсы английского", ["мне нужен врач", "курсы английского"]),
        ("potrzebuję lekarza i nie mam pracy", ["potrzebuję lekarza", "nie mam pracy"]),
        ("احتاج طبيب ودروس انجليزي", ["احتاج طبيب", "دروس انجليزي"]),
        ("به داکتر نیاز دارم و کلاس انگلیسی می‌خواهم", ["به داکتر نیاز دارم", "کلاس انگلیسی می‌خواهم"]),
        ("am nevoie de doctor și caut de lucru", ["am nevoie de doctor", "caut de lucru"]),
        ("我需要看医生，我想学英语", ["我需要看医生", "我想学英语"]),
    ],
)
def test_a_message_is_parted_at_sentence_ends_and_at_words_for_and(text, parts):
    assert split_needs(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "how do i rent a room",
        "food and clothes",
        "how much is the bus and train",
        "hello, and",
        "i have no home",
        "اريد وظيفة",
        "",
        "...",
        "?!",
    ],
)
def test_what_cannot_be_two_needs_stays_whole(text):
    assert split_needs(text) == []


def test_the_english_i_is_no_and_and_the_polish_i_is():
    assert split_needs("what can i do here", "en") == []
    assert split_needs("nie mam pracy i nie mam domu", "pl") == ["nie mam pracy", "nie mam domu"]


def test_a_long_story_gives_a_few_parts_only():
    assert len(split_needs("i need a doctor. " * 50)) == MOST_PARTS


@given(st.text(max_size=200))
def test_any_text_is_parted_without_an_error_into_parts_that_stand_in_it(text):
    parts = split_needs(text)
    assert len(parts) != 1 and all(part in text for part in parts)


def test_a_hostile_text_takes_no_longer_than_its_length():
    started = time.perf_counter()
    split_needs("and " * 1000 + "و" * 2000, "ar")
    assert time.perf_counter() - started < 0.5


def test_words_are_counted_in_scripts_without_spaces_too():
    assert words_in("english class") == 2
    assert words_in("学英语") == 2
    assert words_in("") == 0
