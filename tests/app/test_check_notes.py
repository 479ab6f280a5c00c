"""What `desk check` remarks on: times in words alone and notices that ended. It is a note and never a fault."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.app.check_notes import notes_on_pack
from bot.app.cli.check_command import command
from bot.content.pack.checks import check_pack

TODAY = date(2026, 11, 22)
HEAD = "id,service_id,valid_from,valid_to,freq,byday,opens_at,closes_at,description,dtstart,interval,bymonthday,"
HEAD += "opening_hours,call_first,doubtful\n"


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    """The project's pack with four opening times of its own."""
    shutil.copytree(project / "services_data", tmp_path / "services_data")
    rows = (
        "one,acas,,,,,,,See website,,,,,,\n"
        'two,acas,,,,,,,Weekdays,,,,"Mo-Fr 09:00-17:00; PH off",,\n'
        "three,acas,,,WEEKLY,,09:00,10:00,,,,,,,\n"
        "four,acas,,,WEEKLY,MO,09:00,10:00,,,,,,,\n"
        "five,acas,,,,,,,Not in school holidays,,,,Mo 09:00-10:00; SH off,,\n"
    )
    (tmp_path / "services_data/schedules.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path


def test_times_that_no_machine_reads_are_noted_with_file_line_and_field(home):
    assert check_pack(home / "services_data") == []
    notes = notes_on_pack(home, TODAY)
    assert [note.split(": ")[0] for note in notes] == [
        "services_data/schedules.csv:2 description",
        "services_data/schedules.csv:4 freq",
        "services_data/schedules.csv:6 opening_hours",
    ]
    assert '"See website"' in notes[0]


def test_a_notice_is_noted_on_the_day_after_its_last_one(home):
    path = home / "services_data/notices.csv"
    path.write_text(
        "id,service_id,kind,valid_from,valid_to,text\nworks,acas,closed,,2026-11-21,Building works\n", encoding="utf-8"
    )
    assert check_pack(home / "services_data") == []
    assert [note for note in notes_on_pack(home, date(2026, 11, 21)) if "notices" in note] == []
    (note,) = [note for note in notes_on_pack(home, TODAY) if "notices" in note]
    assert note.startswith("services_data/notices.csv:2 valid_to: 2026-11-21 is past")


@pytest.mark.slow
def test_notes_are_counted_shown_on_request_and_leave_the_exit_code_as_it_is(home, project, monkeypatch):
    for name in ("nlu", "translations"):
        shutil.copytree(project / name, home / name)
    shutil.copy(project / "domain.yml", home)
    monkeypatch.setenv("DESK_HOME", str(home))
    short, full = CliRunner().invoke(command, []), CliRunner().invoke(command, ["--notes"])
    assert (short.exit_code, full.exit_code) == (0, 0), short.output
    assert short.output == "No faults found.\nNotes, which are no faults: 3. `desk check --notes` shows them.\n"
    assert full.output.count("services_data/schedules.csv:") == 3
