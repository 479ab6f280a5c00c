"""What load_safety reads, that every fault of its files is told with its line, and that a broken language stays alone."""

import logging
import re
from pathlib import Path

import pytest

from bot.content.safety_texts import PhrasePart, check_safety, load_safety, parse_phrase
from bot.errors import ContentError

SAFETY = Path(__file__).parents[2] / "services_data" / "safety.yml"
GOOD = """\
groups:
- id: emergency/fire
  text:
  - "Fire: 999."
  numbers:
  - number: "999"
    label: Fire
  answers: [housing/rent_room]
soft:
  text: Do you feel safe now?
  buttons: [I am safe]
"""
ENGLISH = """\
# Words of English.
prefixes: [un, re]
typos: true
words:
  thing: house flat
  "no": [no, not_ever]
skip: the a
short_forms: {pls: please}
real_words: [tried]
triggers:
  emergency/fire: |
    # A remark
    <thing> on? fire|flames
    smell ... gas
  soft: [so tired]
unless:
  emergency/fire: |
    fire door
"""
POLISH = """\
triggers:
  emergency/fire: |
    pali sie
  soft: |
    boje sie
"""


@pytest.fixture(scope="module")
def texts():
    """The safety texts of the content pack."""
    return load_safety(SAFETY)


@pytest.fixture
def pack(tmp_path):
    """A function that writes safety.yml and files of triggers by language; it gives back the path of safety.yml."""

    def write(text: str = GOOD, **languages: str) -> Path:
        folder = tmp_path / "services_data" / "safety_triggers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "safety.yml").write_text(text, encoding="utf-8")
        for code, triggers in (languages or {"en": ENGLISH}).items():
            (folder / f"{code}.yml").write_text(triggers, encoding="utf-8")
        return folder.parent / "safety.yml"

    return write


def faults(path: Path) -> list[str]:
    return [str(fault) for fault in check_safety(path)]


def test_the_pack_has_the_thirteen_groups_with_the_most_severe_first(texts):
    assert [group.id.removeprefix("emergency/") for group in texts.groups] == [
        "medical",
        "suicide_self_harm",
        "gas_fire",
        "sexual_violence",
        "domestic_abuse",
        "child_danger",
        "forced_marriage_fgm",
        "trafficking",
        "violence_terror",
        "hate_attack_now",
        "detention_removal",
        "no_place_or_food_tonight",
        "scam_now",
    ]


def test_every_group_has_many_english_triggers(texts):
    assert all(len(group.triggers["en"]) >= 45 for group in texts.groups)


def test_every_group_but_detention_shows_numbers_and_says_999_or_the_bank(texts):
    for group in texts.groups:
        numbers = {number.number for number in group.numbers}
        assert numbers & {"999", "159"} or (group.id == "emergency/detention_removal" and not numbers)


def test_texts_are_short_lines_without_a_promise_of_secrecy(texts):
    for group in texts.groups:
        for line in group.text:
            assert len(line) <= 110
            assert not re.search(r"\b(secret|confidential|never tell|not tell)\b", line, re.IGNORECASE)


def test_what_is_doubtful_is_marked_and_explained(texts):
    doubtful = {group.id.removeprefix("emergency/") for group in texts.groups if group.unverified}
    assert {"violence_terror", "detention_removal"} <= doubtful
    assert all(group.doubts for group in texts.groups if group.unverified)


def test_the_answers_offered_afterwards_exist(texts):
    folder = SAFETY.parent / "answers"
    known = set(re.findall(r"^- id: (\S+)", "".join(p.read_text("utf-8") for p in folder.glob("*.yml")), re.MULTILINE))
    assert {answer for group in texts.groups for answer in group.answers} <= known


def test_the_soft_text_asks_whether_the_person_is_safe(texts):
    assert texts.soft.text == "That sounds hard. Do you feel safe now?"
    assert texts.soft.buttons == ("I am safe", "I am not safe", "I want to talk to a person")


def test_good_files_are_read_whole(pack):
    path = pack(GOOD, en=ENGLISH, pl=POLISH)
    assert faults(path) == []
    texts = load_safety(path)
    assert texts.groups[0].triggers == {"en": ("<thing> on? fire|flames", "smell ... gas"), "pl": ("pali sie",)}
    assert texts.groups[0].unless == {"en": ("fire door",)}
    assert texts.soft.triggers == {"en": ("so tired",), "pl": ("boje sie",)}
    assert texts.words["en"] == {"thing": ("house", "flat"), "no": ("no", "not_ever")}
    assert texts.skip["en"] == ("the", "a")
    assert texts.short_forms["en"] == {"pls": "please"}
    assert texts.real_words["en"] == ("tried",)
    assert texts.prefixes["en"] == ("un", "re")
    assert texts.typos_in == ("en",)


def test_a_phrase_is_taken_apart():
    assert parse_phrase("<thing> on? ... in_law|fire*", {"thing": ("house",)}) == (
        PhrasePart(("house",)),
        PhrasePart(("on",), optional=True),
        PhrasePart(("in law", "fire*"), gap_before=True),
    )


@pytest.mark.parametrize(
    "phrase",
    ["... fire", "fire ...", "a ... ... b", "fire? flat?", "fire||flat", "<nobody>", "f*re", "b*", "!!", "<thing"],
)
def test_a_wrong_phrase_is_refused(phrase):
    with pytest.raises(ValueError, match=";"):
        parse_phrase(phrase, {"thing": ("house",)})


def test_all_faults_of_both_files_are_told_at_once_with_their_lines(pack):
    text = (
        GOOD.replace("emergency/fire", "emergency/flood")
        .replace('"Fire: 999."', '"Fire: 999 or 0800 111 999."')
        .replace("housing/rent_room", "rent room")
    )
    triggers = (
        ENGLISH.replace("<thing> on?", "<things> on?")
        .replace("smell ... gas", "the a")
        .replace("house flat", "ho*use flat")
        .replace("typos: true", "typoes: true")
        .replace("[un, re]", "[un, re-]")
        .replace("{pls: please}", "{pls: }")
    )
    found = faults(pack(text, en=triggers))
    places = [line.split(" ")[0].removeprefix("services_data/") for line in found]
    assert places[:2] == ["safety.yml:2", "safety.yml:8"]
    assert places[2:] == [f"safety_triggers/en.yml:{line}" for line in (2, 3, 5, 8, 11, 11, 17)]
    told = "\n".join(found)
    assert "'0800 111 999' is in the text only" in told
    assert "'emergency/fire' is not known here; did you mean 'emergency/flood'?" in told
    assert "triggers: there are none for emergency/flood; write 'emergency/flood: |' and phrases" in told
    assert all(";" in line for line in found)


def test_faults_of_phrases_are_told_with_their_lines(pack):
    triggers = ENGLISH.replace("<thing> on?", "<things> on?").replace("smell ... gas", "the a")
    name = "triggers emergency/fire"
    assert [line.removeprefix("services_data/safety_triggers/en.yml:") for line in faults(pack(en=triggers))] == [
        f"13 {name}: there is no word list '<things>'; write its name as under 'words'",
        f"14 {name}: every word is under 'skip', so it would never match; add a word that counts",
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('number: "999"', 'number: "998"', "'998' is not in the text"),
        ("emergency/fire", "Fire", "'Fire' is not an id"),
        ("  text: Do you feel safe now?", "  words: no", "'words' does not stand here; write it in safety_triggers/"),
        ("  answers:", "  triggers: {en: [fire]}\n  answers:", "'triggers' does not stand here"),
        ("  answers: [housing/rent_room]", "  answers: housing", "'housing' is not an answer id"),
        ("  answers: [housing/rent_room]", "  unverified: maybe", "this must be true or false"),
        ("  answers: [housing/rent_room]", "  colour: red", "'colour' is not known here"),
    ],
)
def test_a_single_fault_of_the_texts_is_told_and_they_are_refused(pack, old, new, says):
    path = pack(GOOD.replace(old, new, 1))
    assert says in "\n".join(faults(path))
    with pytest.raises(ContentError, match=re.escape(says)):
        load_safety(path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("typos: true", "typos: [en]", "3 typos: this must be true or false"),
        ("[so tired]", "[]", "there are none for soft; write 'soft: |' and phrases"),
        ("  soft: [so tired]\n", "", "there are none for soft; write 'soft: |' and phrases"),
        ("thing: house flat", "thing: []", "the word list '<thing>' is empty"),
        ("smell ... gas", "smell ...", "14 triggers emergency/fire: '...' must stand between two words"),
        ("  soft: [so tired]", "  soft: |\n    <thing", "there is no word list '<thing'"),
        ("unless:\n", "unless:\n  emergency/flod: |\n    x y\n", "17 unless: 'emergency/flod' is not known here"),
        ("skip: the a", "skip: {the: a}", "this must be a list"),
        ("triggers:", "trigers:", "'trigers' is not known here"),
        ("prefixes: [un, re]", "prefixes: [inter]", "'inter' is not a prefix"),
        ("skip: the a", "? [a]\n: b", "write a word before the colon"),
        ("skip: the a", "skip: the a\nskip: an", "'skip' is there twice"),
        ("soft: [so tired]", "soft: so tired", "write '|' after the colon"),
        ("skip: the a", 'skip: "the a', "7 file: this is not YAML"),
        ("  soft:", "\tsoft:", "15 file: this is not YAML"),
    ],
)
def test_a_single_fault_of_a_language_is_told_with_its_file(pack, old, new, says):
    assert old in ENGLISH
    told = "\n".join(faults(pack(en=ENGLISH.replace(old, new, 1))))
    assert says in told
    assert all(line.startswith("services_data/safety_triggers/en.yml:") for line in told.splitlines())


def test_a_language_without_triggers_for_one_of_the_groups_is_told(pack):
    two = GOOD.replace("soft:", GOOD[len("groups:\n") : GOOD.index("soft:")].replace("/fire", "/flood") + "soft:", 1)
    (told,) = faults(pack(two, en=ENGLISH))
    assert told.endswith("triggers: there are none for emergency/flood; write 'emergency/flood: |' and phrases")


def test_a_file_that_is_named_after_no_language_is_told(pack):
    (told,) = faults(pack(en=ENGLISH, fa_AF=POLISH))
    assert told.startswith("services_data/safety_triggers/fa_AF.yml:1 file: 'fa_AF' is not a language code")


def test_two_groups_with_one_id_are_told(pack):
    group = GOOD[len("groups:\n") : GOOD.index("soft:")]
    assert "used twice" in faults(pack(GOOD.replace("soft:", group + "soft:", 1)))[0]


@pytest.mark.parametrize("text", ["", "groups: []\nsoft: {text: a}", "- a\n- b", "groups: [", "groups:\n\t- id: x"])
def test_texts_without_groups_or_without_sense_are_refused(pack, text):
    path = pack(text)
    assert faults(path)[0].startswith("services_data/safety.yml:")
    with pytest.raises(ContentError, match=r"services_data/safety\.yml:"):
        load_safety(path)


@pytest.mark.parametrize(
    "triggers",
    ["", "triggers: [", "- a\n", "triggers:\n\t- a", "triggers: 3", "\x00", "&a [*a]", "triggers: *nobody", "[" * 500],
    ids=lambda text: ascii(text[:20]),
)
def test_a_broken_language_is_told_and_logged_and_takes_nothing_from_the_others(pack, caplog, triggers):
    path = pack(en=ENGLISH, pl=triggers)
    assert all(line.startswith("services_data/safety_triggers/pl.yml:") for line in faults(path))
    assert faults(path)
    with caplog.at_level(logging.ERROR):
        texts = load_safety(path)
    assert set(texts.groups[0].triggers) == {"en"}
    assert "services_data/safety_triggers/pl.yml has" in caplog.text


def test_of_a_language_with_a_fault_the_good_phrases_still_count(pack, caplog):
    texts = load_safety(pack(en=ENGLISH.replace("<thing> on?", "<things> on?")))
    assert texts.groups[0].triggers == {"en": ("smell ... gas",)}
    assert "en.yml:13" in caplog.text


def test_a_file_that_is_not_utf8_is_told(pack):
    path = pack(en=ENGLISH)
    (path.parent / "safety_triggers" / "pl.yml").write_bytes(b"triggers: \xff\xfe")
    assert faults(path) == ["services_data/safety_triggers/pl.yml:1 file: it is not UTF-8 text; save it as UTF-8"]
    path.write_bytes(b"groups: \xff\xfe")
    with pytest.raises(ContentError, match="UTF-8"):
        load_safety(path)


def test_missing_files_are_told(tmp_path):
    path = tmp_path / "safety.yml"
    with pytest.raises(ContentError, match="cannot be read"):
        load_safety(path)
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(ContentError, match="there is no file of triggers; put the folder back"):
        load_safety(path)
