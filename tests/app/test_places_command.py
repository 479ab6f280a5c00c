"""`desk places` as an operator meets it: real processes over a real database."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from bot.app.benchmark_places import write_made_up
from bot.content.packs import import_pack
from bot.content.store import Store
from tests.app.processes import DESK, desk, environment

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
ROWS = '"CV1 5FX",10,433668,279547,"E92000001"\n"CV1 5EJ",10,434433,279171,"E92000001"\n"CV1 9ZZ",90,0,0,"E92000001"\n'
CHECKSUM = "SHA-256 of the file: "


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The data folder of a desk that holds the content pack of the project."""
    folder = tmp_path_factory.mktemp("var")
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, PROJECT / "services_data")
    return folder


def said(data, *words: str) -> list[str]:
    ended = desk("places", *words, data=data)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_what_the_desk_understands_is_shown_with_what_would_be_kept(data):
    lines = said(data, "find", "near", "coventary", "station")
    assert lines[0] == "Coventry (station)"
    assert lines[-1] == "Kept of a person: CV1"
    assert said(data, "find", "b18 5")[0] == "B18 5 (sector)"
    assert said(data, "find", "I need a bus") == ["No place, or more than one."]


def test_an_import_tells_its_progress_what_came_in_and_the_checksum_of_the_file(data, tmp_path):
    path = tmp_path / "cv.csv"
    path.write_text(ROWS, encoding="utf-8")
    ended = desk("places", "import", str(path), data=data)
    assert ended.returncode == 0 and "3 rows, 100%" in ended.stderr
    first, last = ended.stdout.splitlines()
    assert first.startswith("Imported: 2 postcodes (OS Code-Point Open); 1 rows")
    sums = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True).stdout.split()
    assert last == CHECKSUM + sums[0]
    assert said(data, "find", "cv15fx")[1] == "52.4129, -1.5064, right to about 100 metres"
    assert said(data, "import", str(path))[0].startswith("This file is imported already: 2 postcodes")


@pytest.mark.parametrize("text", ["id,name\n1,Advice\n", "", ROWS + "nonsense\n"])
def test_a_wrong_file_ends_with_one_plain_sentence(data, tmp_path, text):
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    ended = desk("places", "import", str(path), data=data)
    assert ended.returncode == 1
    assert "wrong.csv" in ended.stderr and "Traceback" not in ended.stderr


def test_looking_up_before_any_content_is_there_says_what_to_do(tmp_path):
    ended = desk("places", "find", "cv1", data=tmp_path / "new")
    assert ended.returncode == 1 and "desk content import" in ended.stderr


def test_an_import_that_is_killed_goes_on_when_it_is_started_again(data, tmp_path):
    path = tmp_path / "many.csv"
    names = write_made_up(path, 60_000)
    process = subprocess.Popen(
        [str(DESK), "places", "import", str(path)],
        env=environment(data, {}),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert "20,000 rows" in process.stderr.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    assert "No place" in said(data, "find", names[0])[0]
    first = said(data, "import", str(path))[0]
    assert first.startswith("Imported: 60,000 postcodes") and "It went on after row " in first
    assert said(data, "find", names[0])[0].endswith("(postcode)")
