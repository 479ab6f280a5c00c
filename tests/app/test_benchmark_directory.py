"""What a measurement of the directory tells, over few made-up services."""

import json

import pytest

from bot.app.benchmark_directory import measure_directory
from bot.app.synthetic_services import synthetic_content, synthetic_questions
from bot.content.packs import import_pack
from bot.content.store import Store
from bot.errors import StoreError
from tests.app.processes import desk

pytestmark = pytest.mark.slow


def test_made_up_services_are_the_same_every_time():
    assert synthetic_content(30) == synthetic_content(30)
    assert synthetic_content(30) != synthetic_content(30, seed=1)
    assert synthetic_questions(5) == synthetic_questions(5)
    assert len(synthetic_content(30).services) == 30


def test_every_promised_figure_is_there_and_the_database_is_left_empty(tmp_path):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    (figures,) = measure_directory(url, [300], lambda line: None)
    assert figures["services"] == 300
    for kind in ("text_ms", "near_ms", "full_ms", "full_with_meaning_ms"):
        assert 0 < figures[kind]["p50"] <= figures[kind]["p95"]
    with Store(url) as store:
        assert store.services_modified() == {}


def test_a_database_with_services_is_not_measured(tmp_path, project):
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with Store(url) as store:
        store.migrate()
        import_pack(store, project / "services_data")
    with pytest.raises(StoreError, match="name an empty one"):
        measure_directory(url, [10], lambda line: None)


def test_the_command_prints_growth_as_json(tmp_path):
    ended = desk("bench", "--directory", "50", "--json", data=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert [row["services"] for row in json.loads(ended.stdout)["sqlite"]] == [50]
