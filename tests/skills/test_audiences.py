"""Whom an answer is for, and which of its points a person sees."""

from bot.content.records import Answer, Point
from bot.skills.audiences import GROUPS, depends, is_for, points_for, worth_asking

ALL = Point("Call.")
WAITING = Point("Keep your card.", audience=("AS",))
SETTLED = Point("Yes.", audience=("RF", "EU"))
POINTS = (ALL, WAITING, SETTLED)


def answer(*audience: str, points: tuple[Point, ...] = (ALL,)) -> Answer:
    return Answer("housing/x", "housing", "What?", points, audience=audience)


def test_an_answer_for_all_is_for_every_situation_and_another_for_those_it_names():
    assert all(is_for(answer("ALL"), code) for code in GROUPS.values())
    assert is_for(answer("RF", "VH"), "VH") and not is_for(answer("RF", "VH"), "UN")
    assert is_for(answer("RF", "ALL"), "UN")


def test_without_a_situation_all_points_are_shown_in_their_order():
    assert points_for(POINTS, None) == [ALL, WAITING, SETTLED]


def test_with_a_situation_ones_own_points_come_first_and_those_of_others_are_left_out():
    assert points_for(POINTS, "AS") == [WAITING, ALL]
    assert points_for(POINTS, "EU") == [SETTLED, ALL]
    assert points_for(POINTS, "UN") == [ALL]


def test_it_matters_who_asks_where_the_answer_or_a_point_is_not_for_all():
    assert not depends(answer("ALL"), [ALL])
    assert depends(answer("ALL"), [ALL, WAITING])
    assert depends(answer("RF"), [ALL])


def test_it_is_not_worth_asking_where_the_question_tells_it_or_somebody_may_be_in_danger():
    assert worth_asking(answer("RF", "VH"), [ALL])
    assert not worth_asking(answer("AS"), [ALL])
    assert worth_asking(answer("ALL"), [ALL, WAITING])
    assert not worth_asking(answer("ALL"), [ALL])
    assert not worth_asking(Answer("safety/x", "safety", "What?", (WAITING,), audience=("UN", "VH")), [WAITING])
