"""Words of strangers come out as plain words, and values in the desk's form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.feeds.texts import clean, clock_time, day, phone_number, plain_line, postcode
from bot.content.field_rules import phone


@pytest.mark.parametrize(
    ("given_words", "kept"),
    [
        ("<p>Cheap food.</p><p>Every <b>week</b></p>", "Cheap food.\nEvery week"),
        ("<ul><li>tea</li><li>bread</li></ul>", "- tea\n- bread"),
        ("Fish &amp; chips, age &lt; 18", "Fish & chips, age < 18"),
        ("<script>alert(1)</script>Help", "Help"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Help", "Help"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Help", "Help"),
        ("<img src=x onerror=alert(1) Help", ""),
        ("Call \u202e1234\u202c now\u200b", "Call 1234 now"),
        ("می\u200cخواهم \u2068CV1\u2069", "می\u200cخواهم \u2068CV1\u2069"),
        ("a\x00b\x1b[31mc\ud800", "ab[31mc"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("@SUM(1)", "SUM(1)"),
        ("+cmd|' /C calc'!A0", "cmd|' /C calc'!A0"),
        ("+44 20 is the code", "+44 20 is the code"),
        ("- tea", "- tea"),
        ("\ufeff\t=1+1", "1+1"),
    ],
)
def test_markup_steering_and_formulas_are_taken_out_of_a_text(given_words, kept):
    assert clean(given_words) == kept


@given(st.text(max_size=300))
def test_no_text_keeps_a_control_sign_an_override_or_a_start_of_a_formula(words):
    cleaned = clean(words)
    assert not cleaned.startswith(("=", "@"))
    assert "<script" not in cleaned.lower()
    kept = [sign for sign in cleaned if unicodedata.category(sign) in ("Cc", "Cf", "Cs")]
    assert set(kept) <= set("\n\u200c\u200d\u2066\u2067\u2068\u2069")
    assert clean(cleaned) == cleaned


def test_a_long_text_ends_after_a_whole_sentence():
    cleaned = clean("One sentence. " * 1000)
    assert len(cleaned) <= 4000 and cleaned.endswith("One sentence.")
    assert len(plain_line("word " * 500)) <= 200


@pytest.mark.parametrize(
    ("words", "number", "extension"),
    [
        ("024-7683 4025", "024 7683 4025", ""),
        ("(0121) 303 7410", "0121 303 7410", ""),
        ("+44 (0)121 303 7410", "+44 121 303 7410", ""),
        ("Tel: 0121 303 7410 ext. 12", "0121 303 7410", "12"),
        ("tel:+441213037410", "+441213037410", ""),
        ("111", "111", ""),
    ],
)
def test_telephone_numbers_are_written_as_the_pack_writes_them(words, number, extension):
    assert phone_number(words) == (number, extension)
    assert phone(number) == ""


@pytest.mark.parametrize("words", ["ring the bell", "0121 or 0247", "=1+1", "12345678901234567890", ""])
def test_what_is_no_telephone_number_fails_the_rule_for_them(words):
    number, _ = phone_number(words)
    assert phone(number)


def test_postcodes_times_and_days_are_written_as_the_pack_writes_them():
    assert [postcode("cv11fs"), postcode("CV1  1FS"), postcode("nowhere")] == ["CV1 1FS", "CV1 1FS", "nowhere"]
    assert [clock_time(words) for words in ("9:30", "09:30:00", "09:30:00Z", "noon")] == ["09:30"] * 3 + ["noon"]
    assert [day("2026-05-01T10:00:00Z"), day("2026-05-01"), day("May")] == ["2026-05-01", "2026-05-01", "May"]
