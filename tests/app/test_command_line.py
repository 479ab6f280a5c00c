"""The command line as a person meets it: real processes, real files, a real port."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.app.cli import COMMANDS
from tests.app.processes import DESK, desk, desk_up, environment
from tests.channels.telegram.bot_api.server import BotApi

pytestmark = pytest.mark.slow

# Ten questions of newcomers over five subjects in four languages; none of them is an example under nlu/.
QUESTIONS = [
    ("my landlord says I must leave the flat next month", "en", "housing/landlord_eviction"),
    ("I have no documents, will a doctor see me", "en", "health/register_gp_without_papers"),
    ("how to find a lawyer I do not have to pay", "en", "rights/free_lawyer"),
    ("صاحب البيت يريد طردي", "ar", "housing/landlord_eviction"),
    ("رب العمل لم يدفع راتبي", "ar", "jobs/boss_not_paying"),
    ("کلاس انگلیسی رایگان کجاست", "fa", "language_classes/free_english"),
    ("آیا اجازه کار دارم", "fa", "jobs/allowed_to_work"),
    ("де можна безкоштовно вчити англійську", "uk", "language_classes/free_english"),
    ("лікарня виставить мені рахунок?", "uk", "health/hospital_charges"),
    ("як знайти безкоштовного адвоката", "uk", "rights/free_lawyer"),
]


def failed_plainly(ended: subprocess.CompletedProcess, words: str) -> None:
    """It ended with a code that is not 0, and with one plain sentence on the error stream that has these words."""
    assert ended.returncode not in (0, None) and ended.returncode > 0, ended
    assert words in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert len(ended.stderr.strip().splitlines()) <= 2, ended.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---- help


def test_help_names_every_command_and_says_what_it_does(tmp_path):
    ended = desk("--help", data=tmp_path)
    assert ended.returncode == 0
    for name, what in COMMANDS.items():
        assert re.search(rf"^\s+{name}\s+{re.escape(what)}", ended.stdout, re.MULTILINE), ended.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_own_help(name, tmp_path):
    ended = desk(name, "--help", data=tmp_path)
    assert ended.returncode == 0
    assert f"desk {name}" in ended.stdout
    assert not (tmp_path / "desk.db").exists()


def test_an_unknown_command_is_told_plainly(tmp_path):
    ended = desk("dance", data=tmp_path)
    assert ended.returncode == 2
    assert "No such command 'dance'" in ended.stderr
    assert "Traceback" not in ended.stderr


# ---- asking


@pytest.mark.model
@pytest.mark.parametrize(("text", "language", "answer"), QUESTIONS, ids=[f"{q[1]}-{q[2]}" for q in QUESTIONS])
def test_a_question_brings_the_right_answer(text, language, answer, tmp_path, trained_engine):
    ended = desk("ask", text, "--json", data=tmp_path)
    assert ended.returncode == 0, ended.stderr
    turn = json.loads(ended.stdout)
    assert (turn["outcome"], turn["language"]) == ("answer", language)
    assert turn["replies"][0]["about"] == answer
    assert turn["ranking"][0][0] == answer
    assert turn["replies"][0]["cards"]


@pytest.mark.model
def test_an_answer_can_be_read_without_json_with_its_phone_and_its_source(tmp_path, trained_engine):
    ended = desk("ask", "how to find a lawyer I do not have to pay", "--city", "coventry", data=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "📍 Near me" in ended.stdout
    assert "Phone" in ended.stdout
    assert "Source:" in ended.stdout


@pytest.mark.model
def test_the_wished_language_is_the_language_of_the_answer(tmp_path, trained_engine):
    ended = desk("ask", "how to find a lawyer I do not have to pay", "--language", "ar", "--json", data=tmp_path)
    reply, *_ = json.loads(ended.stdout)["replies"]
    assert (reply["about"], reply["language"], reply["direction"]) == ("rights/free_lawyer", "ar", "rtl")


@pytest.mark.model
def test_a_talk_in_the_console_goes_by_numbers_and_ends_with_the_input(tmp_path, content, trained_engine):
    ended = desk("chat", data=tmp_path, typed="1\nwhere can I learn English for free\n")
    assert ended.returncode == 0, ended.stderr
    question = content.answers["language_classes/free_english"].question
    for words in ("Choose your language:", question, "Goodbye. Nothing of this talk was kept."):
        assert words in ended.stdout


@pytest.mark.model
def test_figures_of_an_evaluation_and_of_a_measurement_are_json(tmp_path, trained_engine):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        "".join(json.dumps({"text": text, "lang": lang, "expect": answer}) + "\n" for text, lang, answer in QUESTIONS),
        encoding="utf-8",
    )
    evaluated = json.loads(desk("eval", str(cases), "--json", "-", data=tmp_path).stdout)
    assert (evaluated["total"], evaluated["top1"], evaluated["language_accuracy"]) == (10, 1.0, 1.0)
    told = desk("eval", str(cases), "--json", str(tmp_path / "figures.json"), data=tmp_path)
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["top1"] == 1.0
    assert "100.0 (10) 72-100" in told.stdout and "Encoding" in told.stderr
    measured = json.loads(desk("bench", "--visits", "1", "--json", data=tmp_path).stdout)
    assert measured["start_up_s"] > 0
    assert measured["conversations_8"]["messages"] == 15


# ---- desk up


@pytest.mark.model
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_the_desk_opens_answers_and_ends_cleanly(sign, tmp_path, trained_engine):
    with desk_up(tmp_path / "var") as up:
        page = httpx.get(up.address + "/")
        assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")
        asked = httpx.post(up.address + "/api/chat", json={"text": QUESTIONS[0][0]}, timeout=30)
        assert asked.json()["replies"][0]["about"] == QUESTIONS[0][2]
        assert any("TELEGRAM_BOT_TOKEN" in line for line in up.lines)
        assert up.stop(sign, within=10) == 0
        assert not up.left_running()
    assert up.lines[-1] == "The desk is closed. Nothing was lost."
    assert "Traceback" not in "\n".join(up.lines)
    with pytest.raises(httpx.ConnectError):
        httpx.get(up.address)


@pytest.mark.model
def test_the_desk_ends_within_ten_seconds_also_while_people_are_connected(tmp_path, trained_engine):
    with desk_up(tmp_path / "var") as up:
        host, port = up.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as idle, httpx.Client() as person:
            idle.sendall(b"POST /api/chat HTTP/1.1\r\nHost: desk\r\nContent-Length: 100\r\n\r\n{")
            person.get(up.address + "/")
            assert up.stop(signal.SIGTERM, within=10) == 0


@pytest.mark.model
def test_the_desk_ends_cleanly_also_while_it_is_still_starting(tmp_path, trained_engine):
    with starting(tmp_path / "var", "[3/3]") as process:
        process.terminate()
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "Traceback" not in said


@pytest.mark.model
def test_ctrl_c_while_the_desk_is_still_starting_ends_it_without_a_traceback(tmp_path, trained_engine):
    with starting(tmp_path / "var", "[3/3]") as process:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        assert process.returncode in (0, 130)
        assert "Traceback" not in said


@contextmanager
def starting(data: Path, until: str):
    """`desk up` that has just said a line which begins with `until`."""
    process = subprocess.Popen(
        [str(DESK), "up"],
        env=environment(data, {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        for line in process.stdout:
            if line.startswith(until):
                break
        yield process
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.model
def test_with_a_good_token_telegram_is_on_and_is_closed_at_the_end(tmp_path, trained_engine):
    with (
        BotApi() as server,
        desk_up(tmp_path / "var", TELEGRAM_BOT_TOKEN=server.token, DESK_TELEGRAM_API=server.base_url) as up,
    ):
        assert any(re.search(r"Telegram:\s+on$", line) for line in up.lines)
        assert server.calls("getMe")
        assert up.stop(signal.SIGTERM, within=10) == 0
        assert server.token not in "\n".join(up.lines)


@pytest.mark.model
def test_a_second_start_finds_everything_done(tmp_path, trained_engine):
    for lines in range(2):
        with desk_up(tmp_path / "var") as up:
            assert up.stop(signal.SIGTERM, within=10) == 0
        lines = "\n".join(up.lines)
    assert "Content pack: 0 added, 0 changed, 0 removed" in lines
    assert re.search(r"Assistant: desk-\w+\.tar\.gz fits\.", lines)


# ---- failures


def test_a_port_in_use_is_told_plainly_and_nothing_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failed_plainly(desk("up", data=tmp_path / "var", DESK_PORT=str(port)), f"cannot listen on 127.0.0.1:{port}")
        failed_plainly(desk("up", "--port", str(port), data=tmp_path / "var"), f"cannot listen on 127.0.0.1:{port}")
    assert not (tmp_path / "var").exists()


@pytest.mark.model
def test_a_telegram_token_that_is_refused_is_told_plainly_and_never_shown(tmp_path, trained_engine):
    token = "700000001:not-the-token-of-the-stand-in"
    with BotApi() as server:
        ended = desk("up", data=tmp_path, TELEGRAM_BOT_TOKEN=token, DESK_TELEGRAM_API=server.base_url)
    failed_plainly(ended, "token")
    assert token not in ended.stdout + ended.stderr
    assert "not-the-token" not in ended.stdout + ended.stderr
    assert desk("content", "export", str(tmp_path / "pack"), data=tmp_path).returncode == 0


@pytest.mark.parametrize("words", [("up",), ("content", "import"), ("content", "export", "out")], ids=" ".join)
def test_a_folder_in_the_place_of_the_database_is_told_plainly(words, tmp_path):
    (tmp_path / "desk.db").mkdir()
    failed_plainly(desk(*words, data=tmp_path), "cannot be opened")
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("words", [("up",), ("content", "import"), ("content", "export", "out")], ids=" ".join)
def test_a_text_in_the_place_of_the_database_is_told_plainly_and_left_as_it_is(words, tmp_path):
    (tmp_path / "desk.db").write_text("My notes. They are not a database.\n" * 100, encoding="utf-8")
    before = contents(tmp_path)
    failed_plainly(desk(*words, data=tmp_path), "is not a database")
    assert contents(tmp_path) == before


@contextmanager
def small_disk(folder: Path, size: str):
    """A disk of its own in memory; skips the test where nobody may mount one."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_database_that_may_not_be_written_is_told_plainly(tmp_path):
    with small_disk(tmp_path / "disk", "8m") as disk:
        assert desk("content", "import", data=disk).returncode == 0
        before = contents(disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        failed_plainly(desk("content", "import", data=disk), "cannot be opened; check that its folder may be written")
        failed_plainly(desk("up", data=disk), "cannot be opened; check that its folder may be written")
        assert contents(disk) == before


def test_a_full_disk_under_the_database_is_told_plainly_and_nothing_is_half_imported(tmp_path):
    with small_disk(tmp_path / "disk", "600k") as disk:
        ended = desk("content", "import", data=disk)
        assert ended.returncode == 1
        assert ended.stderr.splitlines()[-1].endswith("has no room on its disk; make room.")  # after the progress
        assert "Traceback" not in ended.stderr
        subprocess.run(["mount", "-o", "remount,size=16m", str(disk)], check=True)
        again = desk("content", "import", data=disk)
        assert again.returncode == 0, again.stderr
        assert "0 changed, 0 removed, 0 unchanged, 0 kept" in again.stdout


def test_a_missing_model_is_told_plainly_and_no_database_is_made(tmp_path):
    (tmp_path / "models").mkdir()
    for words in (("ask", "where can I learn English"), ("chat",), ("bench",)):
        ended = desk(*words, data=tmp_path / "var", DESK_MODELS=str(tmp_path / "models"))
        failed_plainly(ended, "Run `uv run desk train` first.")
    assert not (tmp_path / "var").exists()


@pytest.mark.model
def test_a_damaged_model_is_told_plainly(tmp_path, project, trained_engine):
    from bot.dialogue.training import model_state

    damaged = model_state(project, tmp_path).path
    damaged.write_bytes(b"not a model")
    ended = desk("ask", "where can I learn English", data=tmp_path / "var", DESK_MODELS=str(tmp_path))
    failed_plainly(ended, "Run `uv run desk train` to make a new one.")


def few_examples(project: Path, home: Path) -> Path:
    """A home with the project's domain and pipeline but the examples of one file, so that training is quick."""
    (home / "nlu" / "en").mkdir(parents=True)
    shutil.copytree(project / "nlu" / "dialogue", home / "nlu" / "dialogue")
    for name in ("domain.yml", "nlu/config.yml", "nlu/en/transport.yml"):
        shutil.copy(project / name, home / name)
    return home


@pytest.mark.parametrize("room", ["20k", "400k"], ids=["at once", "later"])
def test_a_full_disk_while_training_is_told_plainly_and_older_models_stay(room, tmp_path, project):
    home = few_examples(project, tmp_path / "home")
    with small_disk(tmp_path / "models", room) as models:
        (models / "desk-0123456789abcdef.tar.gz").write_bytes(b"an older model" * 100)
        (models / "desk-0123456789abcdef.json").write_text("{}", encoding="utf-8")
        before = contents(models)
        ended = desk("train", data=tmp_path / "var", DESK_HOME=str(home), DESK_MODELS=str(models))
        failed_plainly(ended, "Make room on the disk")
        assert "Older models are as they were." in ended.stderr
        assert contents(models) == before
        assert list(models.iterdir()) == [path for path in models.iterdir() if path.is_file()]


@pytest.mark.parametrize(
    ("setting", "value"),
    [("DESK_PORT", "abc"), ("DESK_PORT", "99999"), ("DESK_KEEP_HOURS", "48"), ("DESK_MESSAGES_A_MINUTE", "0")],
)
def test_a_wrong_setting_is_named_and_nothing_is_made(setting, value, tmp_path):
    for words in (("up",), ("ask", "hello"), ("content", "import")):
        failed_plainly(desk(*words, data=tmp_path / "var", **{setting: value}), f"{setting}: ")
    assert not (tmp_path / "var").exists()


def test_a_database_address_that_cannot_be_understood_is_told_plainly(tmp_path):
    failed_plainly(desk("content", "import", data=tmp_path, DESK_DATABASE="my database"), "cannot be understood")


# ---- content in and out


def test_an_export_after_an_import_leaves_the_pack_as_it_was_to_the_byte(project, tmp_path):
    shutil.copytree(project / "services_data", tmp_path / "home" / "services_data")
    pack = tmp_path / "home" / "services_data"
    imported = desk("content", "import", data=tmp_path / "var", DESK_HOME=str(tmp_path / "home"))
    assert imported.returncode == 0, imported.stderr
    exported = desk("content", "export", data=tmp_path / "var", DESK_HOME=str(tmp_path / "home"))
    assert (exported.returncode, exported.stdout) == (0, "Exported: nothing differs.\n")
    assert contents(pack) == contents(project / "services_data")


def test_an_export_into_an_empty_folder_is_the_pack_to_the_byte(project, tmp_path):
    desk("content", "import", data=tmp_path / "var")
    assert desk("content", "export", str(tmp_path / "out"), data=tmp_path / "var").returncode == 0
    written, pack = contents(tmp_path / "out"), contents(project / "services_data")
    assert {name: pack[name] for name in written} == written
    kept_as_files = {name for name in set(pack) - set(written) if not name.startswith("safety_triggers/")}
    assert kept_as_files == {"README.md", "safety.yml"}


def test_conflicts_are_told_with_how_to_choose_and_nothing_is_imported(project, tmp_path):
    shutil.copytree(project / "services_data", tmp_path / "home" / "services_data")
    home, services = {"DESK_HOME": str(tmp_path / "home")}, tmp_path / "home" / "services_data" / "services.csv"
    text = services.read_text(encoding="utf-8")
    assert "acas,acas,Acas helpline," in text
    desk("content", "import", data=tmp_path / "var", **home)
    with_sqlite(tmp_path / "var" / "desk.db", "UPDATE service SET name = 'Of the database' WHERE id = 'acas'")
    services.write_text(text.replace("acas,acas,Acas helpline,", "acas,acas,Of the pack,"), encoding="utf-8")
    failed = desk("content", "import", data=tmp_path / "var", **home)
    assert failed.returncode == 1
    assert 'services/acas: name: pack "Of the pack", database "Of the database".' in failed.stderr
    assert "--keep" in failed.stderr and "Traceback" not in failed.stderr
    chosen = desk("content", "import", "--choose", "services/acas=pack", data=tmp_path / "var", **home)
    assert (chosen.returncode, "1 changed" in chosen.stdout) == (0, True)


def with_sqlite(database: Path, statement: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute(statement).rowcount == 1
