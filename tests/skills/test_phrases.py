"""The desk's texts in the person's language, from real catalogues in a folder of their own."""

import pytest

from bot.errors import ContentError
from bot.skills.phrases import DOMAINS, Phrases, Said, read_catalogue


def test_a_text_is_said_in_the_language_asked_for(translations, write_catalogue):
    write_catalogue("uk", "messages", {"Topics": "Теми"})
    assert Phrases(translations).say("uk", "Topics") == "Теми"


def test_a_missing_text_is_said_in_english_and_called_english(translations, write_catalogue):
    write_catalogue("uk", "messages", {"Topics": "Теми", "More": ""})
    phrases = Phrases(translations)
    assert phrases.find("messages", "uk", "Topics") == Said("Теми", "uk")
    assert phrases.find("messages", "uk", "More") == Said("More", "en")
    assert phrases.find("messages", "uk", "Never heard of") == Said("Never heard of", "en")


@pytest.mark.parametrize("language", ["en", "xx", "", "../../etc", "zh-Hant"])
def test_a_language_without_catalogues_gets_english(translations, language):
    assert Phrases(translations).find("messages", language, "Topics") == Said("Topics", "en")


def test_a_regional_language_falls_back_to_the_wider_one_before_english(translations, write_catalogue):
    write_catalogue("fa", "messages", {"Topics": "موضوع‌ها", "More": "بیشتر"})
    write_catalogue("fa_AF", "messages", {"Topics": "موضوعات"})
    phrases = Phrases(translations)
    assert [phrases.say("fa-AF", text) for text in ("Topics", "More", "City")] == ["موضوعات", "بیشتر", "City"]


def test_each_domain_has_a_catalogue_of_its_own(translations, write_catalogue):
    for number, domain in enumerate(DOMAINS):
        write_catalogue("uk", domain, {"Call": f"текст {number}"})
    phrases = Phrases(translations)
    assert [phrases.find(domain, "uk", "Call").text for domain in DOMAINS] == ["текст 0", "текст 1", "текст 2"]


def test_a_fuzzy_translation_is_not_shown(translations, write_catalogue):
    write_catalogue("uk", "messages", {"Call 999": "Подзвоніть 111"}, flags="#, fuzzy\n")
    assert Phrases(translations).say("uk", "Call 999") == "Call 999"


def test_a_placeholder_is_filled_with_its_value_and_only_once(translations, write_catalogue):
    write_catalogue("uk", "messages", {"In {city}:": "У місті {city}:"})
    phrases = Phrases(translations)
    assert phrases.say("uk", "In {city}:", city="Ковентрі") == "У місті Ковентрі:"
    assert phrases.say("uk", "In {city}:", city="{city} {name}") == "У місті {city} {name}:"
    assert phrases.say("en", "{count} left", count=3) == "3 left"


@pytest.mark.parametrize(
    "text",
    ["{0.__class__}", "{city.__init__.__globals__}", "{city!r}", "{city:>9999}", "%(city)s", "{unknown}", "{", "}{"],
)
def test_whatever_else_stands_in_braces_stays_text(translations, write_catalogue, text):
    write_catalogue("uk", "messages", {"In {city}:": f"{text} {{city}}"})
    assert Phrases(translations).say("uk", "In {city}:", city="B") == f"{text} B"


def test_marks_that_turn_a_text_round_unseen_are_taken_out_and_isolates_stay(translations, write_catalogue):
    write_catalogue("uk", "messages", {"Call": "\u202eподзвоніть\u202c \u2066999\u2069\u200b\ufeff"})
    assert Phrases(translations).say("uk", "Call") == "подзвоніть \u2066999\u2069"


def test_the_joiner_that_persian_needs_stays(translations, write_catalogue):
    write_catalogue("fa", "messages", {"I want": "می‌خواهم"})
    assert Phrases(translations).say("fa", "I want") == "می\u200cخواهم"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(
            b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nnonsense here\n', id="no PO at all"
        ),
        pytest.param('msgid "Topics"\nmsgstr "Теми"\n'.encode("cp1251"), id="not UTF-8"),
    ],
)
def test_english_stands_in_for_a_broken_catalogue_and_the_log_names_the_file(
    translations, write_catalogue, damage, caplog
):
    path = write_catalogue("uk", "messages", {})
    path.write_bytes(damage)
    assert Phrases(translations).say("uk", "Topics") == "Topics"
    assert "messages.po cannot be read" in caplog.text and "Open it in a PO editor" in caplog.text
    with pytest.raises(ContentError, match=r"messages\.po cannot be read"):
        read_catalogue(path, "uk")


def test_a_text_without_its_last_quote_is_not_shown_cut_off(translations, write_catalogue):
    path = write_catalogue("uk", "safety", {"Call 999": "Дзвоніть 999"})
    path.write_bytes(path.read_bytes().rstrip()[:-1])
    assert Phrases(translations).find("safety", "uk", "Call 999") == Said("Call 999", "en")
    with pytest.raises(ContentError, match=r"safety\.po:\d+: the line has no closing quotation mark"):
        read_catalogue(path, "uk")


def test_bad_languages_are_reported_when_the_phrases_are_opened(translations):
    (translations / "languages.csv").write_text("code,name,english_name,direction,reviewed_by,reviewed_on\n??,,,,,\n")
    with pytest.raises(ContentError, match=r"languages\.csv:2 code"):
        Phrases(translations)


def test_direction_and_review_come_from_the_table_of_languages(translations):
    phrases = Phrases(translations)
    assert [phrases.direction(code) for code in ("en", "fa", "fa-AF", "uk", "xx")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
    assert [phrases.is_reviewed(code) for code in ("en", "fa", "fa-AF", "uk", "xx")] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_a_speaker_says_texts_of_one_language(translations, write_catalogue):
    write_catalogue("uk", "messages", {"In {city}:": "У місті {city}:"})
    _ = Phrases(translations).speaker("uk")
    assert _("In {city}:", city="Вулвергемптон") == "У місті Вулвергемптон:"


def test_a_value_named_like_a_parameter_is_filled_too(translations):
    assert (
        Phrases(translations).say("en", "{message} in {language}", message="Text", language="Arabic")
        == "Text in Arabic"
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_catalogue_of_the_project_can_be_read(phrases, domain):
    for language in phrases.languages:
        assert phrases.find(domain, language, "\N{BLACK STAR} no such text").language == "en"
