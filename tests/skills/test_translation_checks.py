"""What the checks say of catalogues that volunteers edit."""

import pytest
from babel.messages.catalog import Message

from bot.skills.phrases import DOMAINS
from bot.skills.translation_checks import check_translations, message_faults

LOCALES = ("fa", "fa_AF", "uk")


@pytest.fixture
def whole(translations, write_catalogue):
    """The folder with an empty catalogue for every language and domain."""
    for locale in LOCALES:
        for domain in DOMAINS:
            write_catalogue(locale, domain, {})
    return translations


def faults(source: str, text: str) -> list[str]:
    return list(message_faults(Message(source, text)))


def test_whole_catalogues_have_no_faults(whole, write_catalogue):
    write_catalogue("uk", "safety", {"Call 999 now.": "Дзвоніть 999 зараз."})
    assert list(check_translations(whole)) == []


def test_every_missing_catalogue_is_named(translations):
    found = list(check_translations(translations))
    assert len(found) == len(LOCALES) * len(DOMAINS)
    assert "translations/uk/LC_MESSAGES/answers.po: is missing." in "\n".join(found)


def test_faults_of_all_files_are_told_at_once_with_file_and_line(whole, write_catalogue):
    write_catalogue("uk", "safety", {"Call 999 now.": "Дзвоніть 112 зараз."})
    write_catalogue("fa", "messages", {"Topics": "موضوع‌ها", "In {city}:": "در {شهر}:"})
    write_catalogue("fa", "answers", {}).write_text("nonsense\n", encoding="utf-8")
    found = list(check_translations(whole))
    assert len(found) == 3
    assert any(line.startswith("translations/uk/LC_MESSAGES/safety.po:4 number: the English has 999") for line in found)
    assert any(
        line.startswith("translations/fa/LC_MESSAGES/messages.po:7 placeholder: the English has {city}")
        for line in found
    )
    assert any(
        line.startswith("translations/fa/LC_MESSAGES/answers.po") and "Open it in a PO editor" in line for line in found
    )


def test_faults_of_the_table_of_languages_are_told_line_by_line(translations):
    (translations / "languages.csv").write_text("code,name,english_name,direction,reviewed_by,reviewed_on\n??,,,,,\n")
    assert [line.split(":")[0] for line in check_translations(translations)] == ["languages.csv"] * 3


def test_an_untranslated_message_is_no_fault(whole, write_catalogue):
    write_catalogue("uk", "answers", {"Call 111 first.": ""})
    assert list(check_translations(whole)) == []


@pytest.mark.parametrize(
    ("source", "text", "what"),
    [
        ("Call 999.", "Дзвоніть 99.", "number"),
        ("Call 024 7683 4025.", "Дзвоніть 024 7683 4052.", "number"),
        ("It costs £1,234.50.", "Це коштує £1.234,50.", "number"),
        ("Open at 09:30.", "Відчинено о 10:30.", "number"),
        ("In {city}:", "У місті:", "placeholder"),
        ("All of it.", "Усе {name}.", "placeholder"),
        ("See https://www.gov.uk/evisa.", "Дивіться https://www.gov.uk/visa.", "address"),
        ("Write to help@example.org", "Пишіть help@example.com", "address"),
        ("Go to gov.uk/evisa", "Дивіться сайт", "address"),
        ("Call now.", "\u202eДзвоніть.", "direction"),
        ("Call now.", "Дзво\u200bніть.", "direction"),
    ],
)
def test_what_must_survive_translation_is_checked(source, text, what):
    assert [fault.split(":")[0] for fault in faults(source, text)] == [what]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Call 999 now, or 111.", "Дзвоніть 111 або 999."),
        ("In {city}: {count}", "{count} у {city}"),
        ("Find a form at https://www.gov.uk/evisa.", "https://www.gov.uk/evisa. — тут є форма"),
        ("I want", "می‌خواهم"),
        ("Call 999.", "اتصل على \u2066999\u2069."),
    ],
)
def test_a_faithful_translation_has_no_fault(source, text):
    assert faults(source, text) == []


def test_numbers_in_the_persons_own_digits_are_told(whole):
    assert faults("Call 999.", "با ۹۹۹ تماس بگیرید.") != []


def test_the_catalogues_of_the_project_have_no_faults(project):
    assert list(check_translations(project / "translations")) == []
