"""What the pack says on who may come and how: each mark is backed by words that the service's own texts hold."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.content.pack.tables import YES_NO_CONDITIONS

PACK = Path(__file__).parents[2] / "services_data"
MIGRANTS = "AS;RF;VH;EU;UN"  # "migrants" names everybody who came from elsewhere, whatever their papers

# The words that must stand in the texts of a service before a mark may be made, by column and value.
WORDS = {
    ("audience", "ALL"): r"^(anyone|everyone)|local people|any (immigration )?status",
    ("audience", MIGRANTS): r"\bmigrants\b",
    ("audience", "AS;RF"): r"refugees.*seeking asylum|seeking asylum.*refugees",
    ("audience", "AS"): r"seeking asylum",
    ("audience", "AS;UN"): r"refused asylum",
    ("audience", "RF"): r"refugees",
    ("audience", "EU"): r"\beu\b.*citizens",
    ("gender", "women"): r"\bwomen\b",
    ("gender", "men"): r"\bmen\b",
    ("children_welcome", "yes"): r"children|crèche|toddler|families",
    ("children_welcome", "no"): r"without children",
    ("interpreter", "yes"): r"interpreter",
    ("walk_in", "yes"): r"drop[- ]in|walk-in|just come|come to a meeting",
    ("walk_in", "no"): r"closed to public",
    ("by_phone", "yes"): r"\bcall\b|by phone|or phone|help ?line|advice ?line|debtline|\bline\b|telephone-first",
    ("online", "yes"): r"online|web ?chat|\bchat\b|website",
    ("appointment_needed", "yes"): r"by appointment|book a slot",
    ("appointment_needed", "no"): r"drop[- ]in|walk-in|just come",
    ("registration_needed", "yes"): r"\bregister\b|enrol",
    ("referral_needed", "yes"): r"referral|refer you",
    ("referral_needed", "no"): r"no referral|self-referral",
    ("papers_asked", "yes"): r"bring id",
}
# Who takes one half of a pair must not name the other: no mark for women alone where the texts invite men.
AGAINST = {
    ("gender", "women"): r"men call|all genders|any gender|mainly women|women, men|women and families|lgbt\+ welcome",
    ("appointment_needed", "no"): r"by appointment|book a slot",
    ("referral_needed", "yes"): r"no referral|self-referral|referral or (call|contact)|parcel or referral",
}
AGES = r"\b(\d\d)\b"


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SERVICES = {row["id"]: row for row in rows("services")}
CONDITIONS = {row["service_id"]: row for row in rows("conditions")}


def words_of_services() -> dict[str, str]:
    """All that the sources say on each service, in small letters, a line each."""
    lines = defaultdict(list)
    for row in SERVICES.values():
        told = ("eligibility_description", "name", "description", "application_process")
        lines[row["id"]] += [row[column] for column in told if row[column]]
    for table, column in (("schedules", "description"), ("languages", "note"), ("accessibility", "description")):
        for row in rows(table):
            lines[row["service_id"]].append(row[column])
    return {service: "\n".join(texts).lower() for service, texts in lines.items()}


SAID = words_of_services()
MARKS = [
    (service, column, row[column])
    for service, row in CONDITIONS.items()
    for column in ("audience", "gender", *YES_NO_CONDITIONS)
    if row[column]
]


@pytest.mark.parametrize("column, value", sorted({(column, value) for _, column, value in MARKS}))
def test_each_mark_is_backed_by_words_of_its_service(column, value):
    backing = re.compile(WORDS[column, value], re.MULTILINE)
    marked = [service for service, *mark in MARKS if mark == [column, value]]
    assert [service for service in marked if not backing.search(SAID[service])] == []


@pytest.mark.parametrize("column, value", sorted(AGAINST))
def test_no_mark_goes_against_the_words_of_its_service(column, value):
    marked = [service for service, *mark in MARKS if mark == [column, value]]
    assert marked, "this test would see nothing"
    assert [service for service in marked if re.search(AGAINST[column, value], SAID[service])] == []


def test_whoever_is_said_to_be_for_anyone_is_marked_for_all():
    anyone = {key for key, row in SERVICES.items() if row["eligibility_description"].startswith(("Anyone", "Everyone"))}
    assert {key for key in anyone if CONDITIONS[key]["audience"] != "ALL"} == set()


def test_nobody_is_left_out_where_the_words_name_migrants():
    named = {key for key, row in SERVICES.items() if re.search(r"\bmigrants\b", row["eligibility_description"].lower())}
    assert named
    assert {key for key in named if CONDITIONS[key]["audience"] not in (MIGRANTS, "ALL")} == set()


def test_each_age_stands_in_the_words_of_its_service():
    for key, row in SERVICES.items():
        said = f"{row['eligibility_description']}\n{row['description']}".lower()
        if row["minimum_age"]:
            adult = row["minimum_age"] == "18" and "adult" in said
            assert adult or row["minimum_age"] in re.findall(AGES, said), key
        if row["maximum_age"]:
            under = f"under {int(row['maximum_age']) + 1}"
            assert row["maximum_age"] in re.findall(AGES, said) or under in said, key


def test_each_paper_to_bring_stands_in_the_words_of_its_service():
    for row in rows("required_documents"):
        assert row["document"].lower().split()[-1] in SAID[row["service_id"]], row["id"]


def test_what_is_said_on_interpreters_is_marked_and_kept_word_for_word():
    with_interpreter = {key for key, said in SAID.items() if "interpreter" in said}
    assert {key for key, row in CONDITIONS.items() if row["interpreter"] == "yes"} == with_interpreter
    assert {key for key, row in SERVICES.items() if row["interpretation_services"]} == with_interpreter
    for key in with_interpreter:
        assert SERVICES[key]["interpretation_services"].lower() in SAID[key]


def test_each_service_has_one_row_of_conditions_and_no_row_is_empty():
    assert len(CONDITIONS) == len(rows("conditions"))
    assert {key for key in CONDITIONS if not any(list(CONDITIONS[key].values())[2:])} == set()
    assert len(CONDITIONS) >= 145
