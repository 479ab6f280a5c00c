"""Collecting every English text that people read, and keeping the catalogues in step with it."""

import ast
import csv
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from ruamel.yaml import YAML

from bot.skills.extraction import KEYWORDS, extract_template, template_text, update_catalogues
from bot.skills.phrases import DOMAINS

# Calls whose text reaches people through `Phrases`, and which argument that is.
TEXT_ARGUMENT = {"_": 0, "_say": 0, "InputRefused": 0, "say": 1}


@pytest.fixture(scope="module")
def extracted(project):
    """Domain -> its template as the sources have it now."""
    return {domain: extract_template(project, domain) for domain in DOMAINS}


@pytest.fixture(scope="module")
def templates(extracted):
    """Domain -> all messages that its sources have now."""
    return {domain: {str(each.id) for each in template if each.id} for domain, template in extracted.items()}


def loaded(path: Path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


# ---- every text is collected


def test_every_text_of_every_answer_is_collected(content, templates):
    shown = {
        text
        for answer in content.answers.values()
        for text in (answer.question, answer.audience_note, *(p.text for p in (*answer.points, *answer.careful)))
        if text
    }
    assert len(shown) > 500
    assert shown - templates["answers"] == set()


def test_every_safety_text_and_the_label_of_every_number_is_collected(safety, templates):
    shown = {line for group in safety.groups for line in group.text} | {safety.soft.text}
    shown |= {number.label for group in safety.groups for number in group.numbers}
    assert shown - templates["safety"] == set()


def test_every_button_of_the_soft_question_is_collected(safety, templates):
    assert set(safety.soft.buttons) - templates["safety"] - templates["messages"] == set()


def test_every_utterance_of_the_domain_is_collected(project, templates):
    responses = loaded(project / "domain.yml")["responses"]
    shown = {variation["text"] for variations in responses.values() for variation in variations}
    assert shown and shown - templates["messages"] == set()


def test_the_names_of_topics_and_cities_are_collected(content, templates):
    shown = {each.name for each in (*content.topics.values(), *content.cities.values())}
    assert len(shown) > 10 and shown - templates["messages"] == set()


def test_every_text_in_python_is_collected(project, templates):
    shown = {text for path in (project / "bot").rglob("*.py") for text in texts_for_people(path)}
    assert len(shown) > 40
    assert shown - templates["messages"] == set()


def texts_for_people(path: Path):
    """The fixed texts that a module hands to `_`, `say` and the like, found without Babel."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            argument = node.args[TEXT_ARGUMENT[name] : TEXT_ARGUMENT[name] + 1] if name in TEXT_ARGUMENT else []
            if argument and isinstance(argument[0], ast.Constant) and isinstance(argument[0].value, str):
                yield argument[0].value


def test_the_words_that_babel_looks_for_are_the_ones_this_test_looks_for():
    ours = {name: spec for name, spec in KEYWORDS.items() if name in TEXT_ARGUMENT}
    assert {name: (spec or (1,))[0] - 1 for name, spec in ours.items()} == TEXT_ARGUMENT


# ---- the templates and catalogues of the project


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_template_is_up_to_date_with_the_sources(project, extracted, domain):
    written = (project / "translations" / f"{domain}.pot").read_text(encoding="utf-8")
    assert written == template_text(extracted[domain]), "Run `uv run desk translations update`."


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_template_names_no_day_and_no_line_so_that_it_changes_only_with_its_texts(extracted, domain):
    text = template_text(extracted[domain])
    assert "POT-Creation-Date" not in text and "Generated-By" not in text
    assert not any(line.startswith("#:") and line.rsplit(":", 1)[-1].isdigit() for line in text.splitlines())


@pytest.fixture(scope="module")
def edited(project, tmp_path_factory):
    """A copy of the project's texts, brought up to date, then edited, then updated again, in the order of an editor's day.

    Gives the folder, the Ukrainian catalogues before the edits, and the files that the second update changed.
    """
    home = tmp_path_factory.mktemp("project")
    for name in ("services_data", "translations", "bot"):
        shutil.copytree(project / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(project / "domain.yml", home / "domain.yml")
    update_catalogues(home)
    before = {domain: entries(home, "uk", domain) for domain in DOMAINS}
    replace(home / "domain.yml", "- text: Goodbye. Come back any time.", "- text: Farewell, new friend.")
    replace(home / "services_data" / "safety.yml", "- Call 999 now. It is free.", "- Call 999 at once. It is free.")
    with catalogue(home, "uk", "messages").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "An old sentence."\nmsgstr "Старе речення."\n')
    with (home / "translations" / "languages.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["el", "Ελληνικά", "Greek", "ltr", "", "", "all"])
    return home, before, update_catalogues(home)


def catalogue(home: Path, locale: str, domain: str) -> Path:
    return home / "translations" / locale / "LC_MESSAGES" / f"{domain}.po"


def entries(home: Path, locale: str, domain: str) -> dict[str, str]:
    with catalogue(home, locale, domain).open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_update_keeps_every_translation_of_a_text_that_is_still_there(edited):
    home, before, _changed = edited
    for domain in DOMAINS:
        after = entries(home, "uk", domain)
        kept = {source: text for source, text in before[domain].items() if source in after}
        assert len(kept) >= len(before[domain]) - 2
        assert {source: after[source] for source in kept} == kept


def test_a_new_text_is_added_untranslated(edited):
    home, before, _changed = edited
    assert "Farewell, new friend." not in before["messages"]
    assert entries(home, "uk", "messages")["Farewell, new friend."] == ""


def test_a_translation_whose_english_is_gone_stays_in_the_file_as_obsolete(edited):
    home, _before, _changed = edited
    assert "An old sentence." not in entries(home, "uk", "messages")
    text = catalogue(home, "uk", "messages").read_text(encoding="utf-8")
    assert '#~ msgid "An old sentence."\n#~ msgstr "Старе речення."' in text


def test_a_changed_text_is_never_given_the_translation_of_a_similar_one(edited):
    home, _before, _changed = edited
    assert entries(home, "uk", "safety")["Call 999 at once. It is free."] == ""
    assert "fuzzy" not in catalogue(home, "uk", "safety").read_text(encoding="utf-8")


def test_a_new_language_gets_all_its_catalogues(edited):
    home, _before, changed = edited
    assert {catalogue(home, "el", domain) for domain in DOMAINS} <= set(changed)
    assert set(entries(home, "el", "messages").values()) == {""}


def test_an_update_writes_only_what_changed_and_a_second_one_nothing(edited):
    home, _before, changed = edited
    assert {path.name for path in changed if path.suffix == ".pot"} == {"messages.pot", "safety.pot"}
    assert catalogue(home, "uk", "answers") not in changed
    assert update_catalogues(home) == []


def test_a_text_for_translators_says_where_it_is_from(extracted):
    assert any(
        "Keep every number" in comment for each in extracted["safety"] if each.id for comment in each.auto_comments
    )
