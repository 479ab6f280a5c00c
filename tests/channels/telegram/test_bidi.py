import pytest

from bot.channels.telegram import bidi


@pytest.mark.parametrize(
    "island",
    [
        "024 7683 4025",
        "+44 24 7683 4025",
        "(024) 7683 4025",
        "116 123",
        "CV1 2NG",
        "B5 7SW",
        "www.gov.uk/asylum",
        "https://www.gov.uk/a?b=c",
        "help@example.org.uk",
    ],
)
def test_numbers_postcodes_and_addresses_get_an_island_of_their_own(island):
    text = bidi.isolate_numbers(f"اتصل {island} الآن.")
    assert text == f"اتصل \u2066{island}\u2069 الآن."


def test_the_full_stop_after_an_address_stays_outside():
    assert bidi.isolate_numbers("انظر www.gov.uk/asylum.").endswith("asylum\u2069.")


@pytest.mark.parametrize("text", ["في عام 2025", "من 9:00 إلى 15:30", "اتصل \u2066024 7683 4025\u2069", "لا شيء"])
def test_single_numbers_times_and_existing_islands_stay_as_they_are(text):
    assert bidi.isolate_numbers(text) == text


def test_a_right_to_left_line_that_starts_with_a_latin_word_is_marked():
    assert bidi.opened_right_to_left("• GP هو طبيب") == "\u200f• GP هو طبيب"
    assert bidi.opened_right_to_left("• طبيب GP") == "• طبيب GP"
    assert bidi.opened_right_to_left("\u2066024\u2069 طبيب") == "\u2066024\u2069 طبيب"


def test_overrides_that_can_hide_what_a_text_says_are_taken_out():
    assert bidi.harmless("a\u202eb\u202c\u2066c\u2069") == "ab\u2066c\u2069"


def test_the_direction_of_a_sentence_is_that_of_its_first_letter():
    assert [bidi.direction_of(text) for text in ("999! مرحبا", "Hello", "ښه", "999", "שלום")] == [
        "rtl",
        "ltr",
        "rtl",
        "ltr",
        "rtl",
    ]
