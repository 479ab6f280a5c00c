"""One wrong letter in a long word is forgiven, unless that makes another word."""

import pytest

from bot.skills.misspellings import Misspellings


@pytest.fixture
def misspellings():
    return Misspellings({"bleeding", "suffocat*", "knife", "die"}, {"belonging", "breeding"})


@pytest.mark.parametrize("word", ["bleding", "bleedding", "bleedimg", "bleeidng"])
def test_a_word_with_one_letter_missing_extra_wrong_or_swapped_is_understood(misspellings, word):
    assert misspellings.meant(word) == ["bleeding"]


@pytest.mark.parametrize("word", ["sufocating", "suffocatting", "suffocta"])
def test_the_beginning_of_a_word_may_have_the_slip(misspellings, word):
    assert misspellings.meant(word) == ["suffocat*"]


@pytest.mark.parametrize("word", ["blading", "bloodin", "pleeding", "breeding", "dye", "dies", "b", "k" * 40])
def test_two_slips_a_wrong_first_letter_a_word_of_its_own_and_short_or_absurd_words_are_none(misspellings, word):
    assert misspellings.meant(word) == []


def test_the_first_letters_tell_where_looking_makes_sense(misspellings):
    assert misspellings.first_letters == {"b", "s", "k"}
