"""`desk check` over all that volunteers edit: quiet on the project as it stands, and one line for each planted fault."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.app.checking import check_everything
from bot.content.packs import import_pack
from bot.content.store import Store

pytestmark = pytest.mark.slow

# What is planted: its name, the file, a text that is there once or more, what comes in its place (at its first place),
# and how the line of `desk check` must begin. None of them hides another.
FAULTS = [
    (
        "missing name",
        "services_data/services.csv",
        "acas,acas,Acas helpline,",
        "acas,acas,,",
        r"services_data/services\.csv:2 name: is empty\.",
    ),
    (
        "bad postcode",
        "services_data/locations.csv",
        "CV1 1FS",
        "CV1 1F",
        r'services_data/locations\.csv:26 postal_code: "CV1 1F"',
    ),
    (
        "unknown topic",
        "services_data/attributes.csv",
        "acas-topic-1,acas,jobs",
        "acas-topic-1,acas,jobbs",
        r'services_data/attributes\.csv:2 taxonomy_term_id: "jobbs"',
    ),
    (
        "bad phone",
        "services_data/phones.csv",
        "0300 123 1100",
        "0300 123",
        r'services_data/phones\.csv:2 number: "0300 123"',
    ),
    (
        "unknown service id in an answer",
        "services_data/answers/jobs.yml",
        "services: [crmc-immigration,",
        "services: [crmc-imigration,",
        r'services_data/answers/jobs\.yml:\d+ services: "crmc-imigration"',
    ),
    (
        "two equal ids",
        "services_data/organizations.csv",
        "acas,Acas,,,\n",
        "acas,Acas,,,\nacas,Acas again,,,\n",
        r"services_data/organizations\.csv:3 id:",
    ),
    (
        "unknown city in an answer",
        "services_data/answers/housing.yml",
        "city: coventry",
        "city: derby",
        r"services_data/answers/housing\.yml:\d+ (points|careful): has the unknown city",
    ),
    (
        "safety number that is not in its text",
        "services_data/safety.yml",
        "  - Not sure? Call 111.\n",
        "  - Not sure? Ask.\n",
        r"services_data/safety\.yml:\d+ emergency/medical number: '111' is not in the text",
    ),
    (
        "trigger with an unknown word list",
        "services_data/safety_triggers/en.yml",
        "    gasp*\n",
        "    <gasps> air\n",
        r"services_data/safety_triggers/en\.yml:\d+ triggers emergency/medical: there is no word list '<gasps>'",
    ),
    (
        "tampered placeholder",
        "translations/ar/LC_MESSAGES/messages.po",
        'msgstr "في {city}:"',
        'msgstr "في {town}:"',
        r"translations/ar/LC_MESSAGES/messages\.po:\d+ placeholder: ",
    ),
    (
        "changed number",
        "translations/uk/LC_MESSAGES/safety.po",
        'msgstr "Зараз же телефонуйте 999. Це безплатно."',
        'msgstr "Зараз же телефонуйте 996. Це безплатно."',
        r"translations/uk/LC_MESSAGES/safety\.po:\d+ number: ",
    ),
    (
        "unknown intent",
        "nlu/en/jobs.yml",
        "- intent: jobs/",
        "- intent: jobz/x\n  examples: |\n    - a b c\n\n- intent: jobs/",
        r"nlu/en/jobs\.yml:4 intent: 'jobz/x' is n",
    ),
]


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    """A copy of all that volunteers edit."""
    for name in ("services_data", "nlu", "translations"):
        shutil.copytree(project / name, tmp_path / "home" / name)
    shutil.copy(project / "domain.yml", tmp_path / "home")
    return tmp_path / "home"


def plant(home: Path, file: str, old: str, new: str) -> None:
    path = home / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}; choose another text to plant a fault in"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def plant_too_few_examples(home: Path) -> None:
    """Leave two English examples of the first answer about transport."""
    path = home / "nlu/en/transport.yml"
    text = path.read_text(encoding="utf-8")
    first = re.search(r"- intent: (\S+)\n  examples: \|\n((?:    - .*\n)+)", text)
    kept = "".join(first[2].splitlines(keepends=True)[:2])
    path.write_text(text.replace(first[2], kept, 1), encoding="utf-8")


def desk(home: Path, data: Path, *words: str) -> subprocess.CompletedProcess:
    # A clean environment: a developer's own settings must not reach the test.
    environment = {"DESK_HOME": str(home), "DESK_DATA": str(data), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    command = [str(Path(sys.executable).with_name("desk")), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def contents_of(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def test_the_project_as_it_stands_has_no_fault(project):
    assert check_everything(project) == []


def test_each_planted_fault_gives_one_line_with_file_and_line_and_ends_with_code_1(home, tmp_path):
    for _, file, old, new, _ in FAULTS:
        plant(home, file, old, new)
    ended = desk(home, tmp_path / "var", "check")
    lines = ended.stdout.splitlines()
    missing = [name for name, *_, begins in FAULTS if not any(re.match(begins, line) for line in lines)]
    assert missing == [], ended.stdout
    assert len(lines) == len(FAULTS), ended.stdout
    assert ended.returncode == 1
    assert f"{len(FAULTS)} faults. Nothing was changed." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_faulty_pack_is_refused_and_the_database_stays_as_it_was(home, tmp_path):
    database = tmp_path / "var" / "desk.db"
    database.parent.mkdir()
    with Store(f"sqlite:///{database}") as store:
        store.migrate()
        import_pack(store, home / "services_data")
    before = contents_of(database)
    planted = [fault for fault in FAULTS if re.match(r"services_data/.*(csv|answers|safety)", fault[1])]
    for _, file, old, new, _ in planted:
        plant(home, file, old, new)
    for words in (("check",), ("content", "import")):
        ended = desk(home, tmp_path / "var", *words)
        assert ended.returncode == 1
        told = ended.stdout + ended.stderr
        assert all(re.search(begins, told) for *_, begins in planted), told
        assert "Traceback" not in told
        assert contents_of(database) == before


def test_checking_makes_no_database_and_changes_no_file(home, tmp_path):
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    ended = desk(home, tmp_path / "var", "check")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("No faults found.\n")
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "var").exists()


def test_an_answer_with_too_few_examples_is_told_with_its_file_and_how_many_there_must_be(home):
    plant_too_few_examples(home)
    (fault,) = check_everything(home)
    assert re.match(r"nlu/en/transport\.yml(:\d+)? transport/\w+: has [23] examples\. Write at least 6\.", fault)


def test_an_answer_with_too_few_examples_is_told_with_its_line(home):
    plant_too_few_examples(home)
    (fault,) = check_everything(home)
    assert re.match(r"nlu/en/transport\.yml:4 ", fault)


def test_an_example_file_that_is_no_yaml_is_told_with_its_name(home):
    (home / "nlu/ar/jobs.yml").write_text("nlu:\n- intent: [\n", encoding="utf-8")
    (fault,) = check_everything(home)
    assert fault.startswith("nlu/ar/jobs.yml")
    assert "cannot be read" in fault


def test_an_example_file_that_is_no_yaml_is_told_with_its_line(home):
    (home / "nlu/ar/jobs.yml").write_text("nlu:\n- intent: [\n", encoding="utf-8")
    (fault,) = check_everything(home)
    assert re.match(r"nlu/ar/jobs\.yml:\d+", fault)


@pytest.mark.parametrize("text", ["nlu:\n- just words\n", "nlu:\n", "nlu: 5\n"])
def test_an_example_file_of_another_shape_is_told_and_not_a_crash(home, text):
    (home / "nlu/ar/jobs.yml").write_text(text, encoding="utf-8")
    assert any(line.startswith("nlu/ar/jobs.yml") for line in check_everything(home))


def test_an_answer_file_that_is_no_yaml_is_told_and_not_a_crash(home):
    (home / "services_data/answers/jobs.yml").write_text("- id: [\n", encoding="utf-8")
    assert any(line.startswith("services_data/answers/jobs.yml:") for line in check_everything(home))


@pytest.mark.parametrize("text", ["- id\n", "- question: no id\n", "just words\n", "id: one\n"])
def test_an_answer_file_of_another_shape_is_told_and_not_a_crash(home, text):
    (home / "services_data/answers/jobs.yml").write_text(text, encoding="utf-8")
    assert any(line.startswith("services_data/answers/jobs.yml") for line in check_everything(home))


def test_a_domain_file_that_is_missing_is_told_and_not_a_crash(home):
    (home / "domain.yml").unlink()
    assert any(line.startswith("domain.yml") for line in check_everything(home))


def test_a_translation_file_that_is_broken_is_told_with_its_name(home):
    (home / "translations/fa/LC_MESSAGES/messages.po").write_text('msgid "a"\nnonsense\n', encoding="utf-8")
    (fault,) = check_everything(home)
    assert fault.startswith("translations/fa/LC_MESSAGES/messages.po")
    assert "cannot be read" in fault


def test_a_double_example_is_told_with_both_of_its_places(home):
    plant(home, "nlu/en/transport.yml", "  examples: |\n", "  examples: |\n    - Good Evening\n")
    faults = check_everything(home)
    assert any("is already an example of" in fault and "good evening" in fault.casefold() for fault in faults)
