"""`desk practices` as people meet it: real processes over a real database with the project's pack."""

from pathlib import Path

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store
from tests.app.processes import desk

pytestmark = pytest.mark.slow
PACK = Path(__file__).parents[2] / "services_data"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The data folder of a desk that knows the project's pack."""
    folder = tmp_path_factory.mktemp("data") / "var"
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, PACK)
    return folder


def test_words_with_a_slip_find_the_idea_with_its_place_its_year_and_its_source(data):
    ended = desk("practices", "orientaton", "desk", data=data)
    assert ended.returncode == 0
    first = ended.stdout.splitlines()
    assert first[0] == "Orientation desk for migrants"
    assert "Sousse, Tunisia (connect, 2024)" in first[1]
    assert any(line.strip().startswith("Source: Strong Cities Network") for line in first)


def test_what_a_source_does_not_tell_is_said_to_be_untold(data):
    assert "Whom to ask: not told in the source" in desk("practices", "orientation", "desk", data=data).stdout


def test_theme_and_city_leave_out_all_others(data):
    shown = desk("practices", "--theme", "work", "--city", "Birmingham", data=data).stdout
    assert "Migration Friendly Employers network" in shown
    assert "Migrant Advice Portal" not in shown and "Sousse" not in shown


def test_a_search_that_finds_nothing_says_what_to_try(data):
    ended = desk("practices", "swimming", data=data)
    assert ended.returncode == 0 and ended.stdout.startswith("No idea fits. Try fewer words")


def test_an_empty_database_says_what_to_run_first(tmp_path):
    ended = desk("practices", data=tmp_path / "new")
    assert ended.returncode > 0 and "desk content import" in ended.stderr and "Traceback" not in ended.stderr
