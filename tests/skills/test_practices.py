"""Good ideas of other cities are found by what people would type, also with a slip of the pen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.records import Practice
from bot.skills.practices import find_practices


def practice(key: str, city: str, country: str, theme: str, title: str, what: str) -> Practice:
    return Practice(key, city, country, theme, title, what, "A brief on cities")


DESK = practice("desk", "Sousse", "Tunisia", "connect", "Orientation desk", "One place to find the way.")
CLINICS = practice("clinics", "Beirut", "Lebanon", "live", "Mobile health clinics", "Clinics go to where people live.")
PLAN = practice("plan", "São Paulo", "Brazil", "plan", "Municipal plan", "A plan with goals; health and care for all.")
JOBS = practice("jobs", "Coventry, Birmingham", "United Kingdom", "work", "Employers network", "Help with hiring.")
DINNERS = practice("dinners", "New York", "United States", "connect", "Dinners at home", "Residents host dinners.")
ALL = [PLAN, DESK, CLINICS, JOBS, DINNERS]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("orientation desk", [DESK]),
        ("help for EMPLOYERS", [JOBS]),
        ("sao paulo", [PLAN]),
        ("orientaton", [DESK]),
        ("mobil clinic", [CLINICS]),
        ("swimming pools", []),
    ],
)
def test_words_find_what_they_name_with_accents_and_slips_forgiven(text, expected):
    assert find_practices(ALL, text) == expected


def test_a_word_of_the_title_counts_more_than_one_of_the_text():
    assert find_practices(ALL, "health") == [CLINICS, PLAN]


def test_more_of_the_words_count_more_than_better_ones():
    assert find_practices(ALL, "plan health")[0] is PLAN


@pytest.mark.parametrize(
    "conditions, expected",
    [
        ({"city": "Birmigham"}, [JOBS]),
        ({"city": "new york"}, [DINNERS]),
        ({"city": "York New Delhi"}, []),
        ({"city": "??"}, []),
        ({"country": "UK"}, [JOBS]),
        ({"country": "usa"}, [DINNERS]),
        ({"theme": "connect"}, [DINNERS, DESK]),
        ({"theme": "sleep"}, []),
        ({"text": "dinners", "theme": "plan"}, []),
    ],
)
def test_place_and_theme_leave_out_all_others(conditions, expected):
    assert find_practices(ALL, **conditions) == expected


def test_without_conditions_all_come_in_the_order_of_their_titles():
    assert find_practices(ALL) == [DINNERS, JOBS, CLINICS, PLAN, DESK]


@given(st.text(), st.text(), st.text())
@settings(max_examples=100, deadline=None)
def test_no_text_whatsoever_breaks_the_search(text, city, country):
    assert set(find_practices(ALL, text, city, country)) <= set(ALL)


def test_a_search_as_long_as_a_book_ends():
    assert find_practices(ALL, "x" * 1_000_000, "y" * 1_000_000) == []
