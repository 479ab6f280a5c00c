"""`desk check` lets no language through in which a person in danger would not be understood, or not be answered."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.app.safety_coverage import check_coverage

LANGUAGES = ("en", "uk")


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    """A copy of the safety texts, with triggers and texts of English and Ukrainian."""
    home = tmp_path / "home"
    triggers = home / "services_data" / "safety_triggers"
    triggers.mkdir(parents=True)
    shutil.copy(project / "services_data" / "safety.yml", home / "services_data")
    for code in LANGUAGES:
        (triggers / f"{code}.yml").write_text("triggers:\n", encoding="utf-8")
    shutil.copytree(project / "translations" / "uk", home / "translations" / "uk")
    shutil.copy(project / "translations" / "safety.cfg", home / "translations")
    return home


def ukrainian(home: Path) -> Path:
    return home / "translations" / "uk" / "LC_MESSAGES" / "safety.po"


def faults(home: Path) -> list[str]:
    return list(check_coverage(home, LANGUAGES))


def test_a_language_with_triggers_and_all_texts_has_no_fault(home):
    assert faults(home) == []


def test_a_language_without_a_file_of_triggers_is_told(home):
    (home / "services_data" / "safety_triggers" / "uk.yml").unlink()
    (told,) = faults(home)
    assert told.startswith("services_data/safety_triggers/uk.yml: is missing. ")


def test_every_text_that_is_not_translated_is_told_with_its_line(home, safety):
    path = ukrainian(home)
    text, count = re.subn(r'msgstr ".+"', 'msgstr ""', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    told = faults(home)
    assert len(told) == count
    assert all(
        re.match(r"translations/uk/LC_MESSAGES/safety\.po:\d+ safety: .* is not translated\. ", each) for each in told
    )
    said = "\n".join(told)
    assert all(repr(line) in said for group in safety.groups for line in group.text)
    lines = text.splitlines()
    numbers = [int(re.search(r":(\d+) ", each)[1]) for each in told]
    assert all(lines[number - 1].startswith("msgid") for number in numbers)


def test_a_text_that_was_changed_since_the_translation_is_told(home):
    path = home / "services_data" / "safety.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- Say your language.", "- Say which language you speak."), encoding="utf-8")
    (told,) = faults(home)
    assert "has no entry for 'Say which language you speak.'" in told


def test_a_translation_marked_as_doubtful_counts_as_missing(home):
    path = ukrainian(home)
    text = path.read_text(encoding="utf-8")
    marked = text.replace('msgid "Say your language."', '#, fuzzy\nmsgid "Say your language."')
    path.write_text(marked, encoding="utf-8")
    assert read_po(path.open(encoding="utf-8")).get("Say your language.").fuzzy
    (told,) = faults(home)
    assert "'Say your language.' is marked fuzzy" in told


def test_faults_of_other_checks_are_not_told_twice(home):
    ukrainian(home).unlink()
    assert faults(home) == []
    (home / "services_data" / "safety.yml").write_text("groups: [", encoding="utf-8")
    assert faults(home) == []
