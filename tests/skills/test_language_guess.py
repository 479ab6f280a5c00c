"""Which language a short message is in: sure, likely, one of several, or undecided."""

import statistics
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from short_messages import DARI, MESSAGES, ROMANISED

from bot.skills.language_guess import UNDECIDED, Guess, identify

SAYS_NOTHING = (
    "", "   ", "?", "...", "ok", "Ok.", "OK 👍", "okay", "12345", "07700 900123", "£50", "10:30", "1", "+",
    "👍", "😭😭", "Coventry", "birmingham", "Wolverhampton ", "Walsall", "Foleshill", "CV1 1FS", "B1 1AA", "M1 2AB",
    "hotel", "taxi", "NHS", "brp 2", "x", "hm", "Ali", "https://www.example.org/en/help", "someone@example.org",
)  # fmt: skip
HERE = Path(__file__).parent
# Where a language is known less often than in nine of ten messages of the file, the floor that it must keep.
LOWER_FLOORS = {
    "language_messages.tsv": {"ur": 0.8, "hi": 0.8, "ku": 0.85},
    "language_messages_held_back.tsv": {"pa-PK": 0.7, "ku": 0.85, "ti": 0.85, "fa": 0.85, "pa-Latn": 0.85},
}
FLOOR = 0.89


def pairs(table):
    return [
        pytest.param(code, text, id=f"{code}-{number}") for code in table for number, text in enumerate(table[code])
    ]


def read_messages(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def written_code(guess):
    return f"{guess.code}-Latn" if guess.romanised else guess.code


def known_share(name):
    """The share of messages whose language is known, by language; "undecided" counts half."""
    points, totals = Counter(), Counter()
    for code, text in read_messages(name):
        found = written_code(identify(text))
        totals[code] += 1
        points[code] += 1.0 if found == code else 0.5 * (found == UNDECIDED)
    return {code: points[code] / totals[code] for code in totals} | {"all": points.total() / totals.total()}


def test_the_messages_cover_six_in_each_of_twenty_five_languages():
    assert len(MESSAGES) >= 25
    assert all(len(set(texts)) >= 6 for texts in MESSAGES.values())


@pytest.mark.parametrize(("code", "text"), pairs(MESSAGES))
def test_a_short_message_is_known_by_its_language(code, text):
    guess = identify(text)
    assert (guess.code, guess.romanised) == (code, False)


# Oromo has few small words of its own to be sure by, and Hindi has a test of its own below.
@pytest.mark.parametrize("code", [code for code in MESSAGES if code not in ("om", "hi")])
def test_a_sentence_is_sure_enough_to_choose_the_language_of_the_answer(code):
    assert [text for text in MESSAGES[code] if not identify(text).sure] == []


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_everybody_types_leaves_the_language_undecided(text):
    assert identify(text) == Guess(UNDECIDED)


@pytest.mark.parametrize("text", ["WV1 1AT", "CV1 2IN", "B12 0DE"])
def test_a_postcode_never_decides_a_language(text):
    assert identify(text) == Guess(UNDECIDED)


@pytest.mark.parametrize("text", ["no", "No.", "no no"])
def test_a_no_that_many_languages_share_is_not_sure(text):
    assert not identify(text).sure


def test_words_with_vowel_signs_are_whole_words():
    assert [text for text in MESSAGES["hi"] if not identify(text).sure] == []


@pytest.mark.parametrize(("code", "text"), pairs(ROMANISED))
def test_a_language_written_with_latin_letters_is_known_but_never_sure(code, text):
    guess = identify(text)
    assert (guess.code, guess.sure, guess.romanised) == (code, False, True)


@pytest.mark.parametrize("text", DARI)
def test_dari_words_tell_dari_from_persian_of_iran(text):
    assert identify(text).code == "fa-AF"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("uk", "мені потрібен лікар"), ("ru", "мне нужен врач")),
        (("uk", "де школа для дитини"), ("ru", "где школа для ребенка")),
        (("fa", "بچه من مریض است دکتر کجاست"), ("fa-AF", "اولادم مریض است داکتر کجاست")),
        (("ti", "ሓኪም ኣበይ ኣሎ"), ("am", "ሐኪም የት ነው ያለው")),
        (("ps", "زه کور غواړم"), ("fa", "من خانه می‌خواهم")),
        (("ckb", "ماڵێکم دەوێت"), ("ur", "مجھے گھر چاہیے")),
        (("ar", "أنا أريد بيتا"), ("fa", "من خانه لازم دارم")),
        (("ur", "یہ میرا گھر نہیں ہے"), ("ps", "دا زما کور نه دی")),
        (("ro", "unde este spitalul"), ("it", "dove è l'ospedale")),
        (("es", "dónde está el hospital"), ("pt", "onde é que fica o hospital")),
    ],
)
def test_neighbours_in_one_script_are_told_apart(one, other):
    assert (identify(one[1]).code, identify(other[1]).code) == (one[0], other[0])


def test_borrowed_english_words_do_not_make_a_message_english():
    assert identify("عندي appointment مع GP بكرا").code == "ar"
    assert identify("мені прийшов лист Home Office про eVisa").code == "uk"


def test_web_addresses_numbers_and_case_do_not_matter():
    assert identify("JAK ZNALEŹĆ LEKARZA https://www.gov.uk/find-a-doctor 07700 900123").code == "pl"


def test_a_very_long_message_is_identified_too():
    assert identify("my landlord wants me to leave the house. " * 2000).code == "en"


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_any_text_gets_a_guess_and_never_an_error(text):
    guess = identify(text)
    assert guess.code and not (guess.code == UNDECIDED and guess.sure)


@pytest.mark.parametrize("text", ["i am \ud83d", "\ud800 hello my friend"])
def test_half_of_a_surrogate_pair_gets_a_guess_and_never_an_error(text):
    assert identify(text).code


# ---- how often


@pytest.mark.parametrize("name", LOWER_FLOORS)
def test_the_language_of_97_in_100_messages_is_known_and_no_language_is_left_behind(name):
    shares = known_share(name)
    assert shares["all"] >= 0.97
    floors = {code: LOWER_FLOORS[name].get(code, FLOOR) for code in shares}
    assert {code: share for code, share in shares.items() if share < floors[code]} == {}


@pytest.mark.parametrize("name", LOWER_FLOORS)
def test_a_guess_that_may_switch_the_language_is_wrong_in_less_than_one_of_a_hundred(name):
    messages = read_messages(name)
    guesses = [(code, text, identify(text)) for code, text in messages]
    wrong = [(code, text) for code, text, guess in guesses if guess.sure and written_code(guess) != code]
    assert len(wrong) <= len(messages) / 100, wrong


def test_a_message_is_identified_within_a_few_milliseconds():
    texts = [text for _, text in read_messages("language_messages.tsv")]
    identify(texts[0])

    def median_seconds():
        took = []
        for text in texts:
            started = time.perf_counter()
            identify(text)
            took.append(time.perf_counter() - started)
        return statistics.median(took)

    assert min(median_seconds() for _ in range(3)) < 0.003


# ---- neighbours


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("سلام، وکیل می‌خواهم", ("fa", "fa-AF")),
        ("پول هفتگی ما قطع شد", ("fa", "fa-AF")),
        ("ہمیں مدد چاہیدی اے", ("pa-PK", "ur", "pa")),
        ("mujhe ghar chahiye", ("ur", "hi")),
    ],
)
def test_neighbours_that_a_message_cannot_tell_apart_are_all_named(text, candidates):
    assert identify(text).candidates == candidates


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("شفاخانه کجاس؟ طفلم تب داره", "fa-AF"),
        ("موتر مه از پیش مکتب دزدی شد", "fa-AF"),
        ("واسه بچه‌م بیمارستان میخوام", "fa"),
        ("چیکار کنم، اجاره‌نامه‌مو گم کردم، نمیدونم", "fa"),
        ("мені потрібна допомога", "uk"),
        ("مجھے گھر چاہیے", "ur"),
    ],
)
def test_words_of_one_side_only_leave_no_other_candidate(text, code):
    guess = identify(text)
    assert (guess.code, guess.candidates) == (code, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("كيف الحال", "ar"),
        ("این کار من است", "fa"),
        ("اين كار من است و من خانه ندارم", "fa"),
        ("چۆن universal credit بکەم", "ckb"),
        ("у мене settled status", "uk"),
        ("proof of address የብለይን", "ti"),
    ],
)
def test_keyboards_of_neighbours_and_english_terms_do_not_mislead(text, code):
    assert identify(text).code == code


@pytest.mark.parametrize("text", ["3andi maw3ed", "wen a2rab saydaliye", "mar7aba"])
def test_figures_within_words_are_arabic(text):
    assert (identify(text).code, identify(text).romanised) == ("ar", True)


@pytest.mark.parametrize("text", ["my appointment is 5pm", "the 3bed flat is on b12 street", "play the mp3 for me"])
def test_figures_in_english_are_no_arabic(text):
    assert identify(text).code == "en"


@pytest.mark.parametrize("text", ["bank account", "share code", "council tax", "certificate"])
def test_english_terms_alone_do_not_switch_the_language(text):
    assert not identify(text).sure


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80))
def test_candidates_are_several_or_none_and_begin_with_the_guess(text):
    guess = identify(text)
    assert not guess.candidates or (len(guess.candidates) > 1 and guess.candidates[0] == guess.code)
