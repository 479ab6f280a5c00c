"""The order of emergency texts where words and meaning tell of several."""

from bot.dialogue.alarms import CHANCE_BELOW, DOUBT_BELOW, doubt_below, groups_to_show, with_words_of_danger
from bot.skills.language_guess import Guess
from bot.skills.safety import Signs

MATCHED = ("emergency/medical", "emergency/domestic_abuse", "emergency/child_danger")


def test_without_a_model_the_most_severe_two_are_shown():
    assert groups_to_show(MATCHED, ()) == MATCHED[:2]


def test_what_the_model_finds_likeliest_of_the_matched_comes_first():
    ranking = (("emergency/child_danger", 0.6), ("housing/rent_room", 0.2), ("emergency/domestic_abuse", 0.1))
    assert groups_to_show(MATCHED, ranking) == ("emergency/child_danger", "emergency/domestic_abuse")


def test_a_group_that_no_words_told_of_is_shown_where_the_model_is_fairly_sure():
    ranking = (("emergency/trafficking", 0.9), ("emergency/scam_now", 0.05))
    assert groups_to_show(MATCHED[:1], ranking) == ("emergency/trafficking", "emergency/medical")
    assert groups_to_show(MATCHED[:1], (("emergency/trafficking", 0.2),)) == MATCHED[:1]


def test_words_outweigh_a_weak_guess():
    assert groups_to_show(MATCHED[:1], (("emergency/trafficking", 0.27),))[0] == "emergency/medical"


def test_an_unsure_guess_gives_way_to_the_language_whose_words_of_danger_were_found():
    found = Signs(("emergency/medical",), languages=frozenset({"es", "en"}))
    assert with_words_of_danger(Guess("fr"), found) == Guess("es", sure=True)
    assert with_words_of_danger(Guess("fr", sure=True), found) == Guess("fr", sure=True)
    english = Signs(("emergency/medical",), languages=frozenset({"en"}))
    assert with_words_of_danger(Guess("und"), english) == Guess("und")


def test_words_of_a_close_language_are_no_chance():
    russian = Signs(("emergency/medical",), languages=frozenset({"ru"}))
    assert doubt_below(Guess("uk", sure=True, candidates=("uk", "ru")), russian) == DOUBT_BELOW
    assert doubt_below(Guess("pl", sure=True), russian) == CHANCE_BELOW
    assert doubt_below(Guess("en"), russian) == DOUBT_BELOW
