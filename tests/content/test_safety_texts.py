"""What load_safety reads, and that a broken safety.yml is told with every fault and its line."""

import re
from pathlib import Path

import pytest

from bot.content.safety_texts import PhrasePart, load_safety, parse_phrase
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
  triggers:
    en: |
      # A remark
      <thing> on? fire|flames
      smell ... gas
soft:
  text: Do you feel safe now?
  buttons: [I am safe]
  triggers:
    en: [so tired]
words:
  en:
    thing: house flat
skip:
  en: the a
short_forms:
  en: {pls: please}
real_words:
  en: tried
typos_in: [en]
"""


@pytest.fixture(scope="module")
def texts():
    """The safety texts of the content pack."""
    return load_safety(SAFETY)


@pytest.fixture
def load(tmp_path):
    """A function that loads a text as safety.yml."""

    def load_text(text: str):
        path = tmp_path / "safety.yml"
        path.write_text(text, encoding="utf-8")
        return load_safety(path)

    return load_text


def faults(load, text: str) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load(text)
    return str(raised.value).splitlines()


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


def test_a_good_file_is_read_whole(load):
    texts = load(GOOD)
    assert texts.groups[0].triggers == {"en": ("<thing> on? fire|flames", "smell ... gas")}
    assert texts.words == {"en": {"thing": ("house", "flat")}}
    assert texts.skip == {"en": ("the", "a")}
    assert texts.short_forms == {"en": {"pls": "please"}}
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


def test_all_faults_of_a_broken_file_are_told_at_once_with_their_lines(load):
    broken = (
        GOOD.replace("emergency/fire", "Fire")
        .replace('"Fire: 999."', '"Fire: 999 or 0800 111 999."')
        .replace("housing/rent_room", "rent room")
        .replace("<thing> on?", "<things> on?")
        .replace("smell ... gas", "the a")
        .replace("house flat", "ho*use flat")
        .replace("typos_in", "typo_in")
    )
    found = faults(load, broken)
    lines = [line.split(" ")[0] for line in found]
    assert lines == [f"services_data/safety.yml:{n}" for n in (2, 2, 8, 12, 13, 21, 28)]
    assert "'Fire' is not an id" in "\n".join(found)
    assert "'0800 111 999' is in the text only" in "\n".join(found)
    assert "no word list '<things>'" in "\n".join(found)
    assert "never match" in "\n".join(found)
    assert all(";" in line for line in found)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('number: "999"', 'number: "998"', "'998' is not in the text"),
        ("soft:\n  text: Do you feel safe now?", "soft:\n  words: no", "'words' is not known here"),
        ("  triggers:\n    en: |", "  triggers:\n    EN: |", "'EN' is not a language code"),
        ("  answers: [housing/rent_room]", "  answers: housing", "'housing' is not an answer id"),
        ("typos_in: [en]", "typos_in: {en: yes}", "this must be a list"),
        ("  answers: [housing/rent_room]", "  unverified: maybe", "this must be true or false"),
    ],
)
def test_a_single_fault_is_told(load, old, new, says):
    assert says in "\n".join(faults(load, GOOD.replace(old, new, 1)))


def test_two_groups_with_one_id_are_told(load):
    group = GOOD[len("groups:\n") : GOOD.index("soft:")]
    assert "used twice" in faults(load, GOOD.replace("soft:", group + "soft:", 1))[0]


@pytest.mark.parametrize("text", ["", "groups: []\nsoft: {text: a}", "- a\n- b", "groups: [", "groups:\n\t- id: x"])
def test_a_file_without_groups_or_without_sense_is_refused(load, text):
    assert faults(load, text)[0].startswith("services_data/safety.yml:")


def test_a_missing_file_and_one_that_is_not_utf8_are_told(tmp_path):
    path = tmp_path / "safety.yml"
    with pytest.raises(ContentError, match="cannot be read"):
        load_safety(path)
    path.write_bytes(b"groups: \xff\xfe")
    with pytest.raises(ContentError, match="UTF-8"):
        load_safety(path)
