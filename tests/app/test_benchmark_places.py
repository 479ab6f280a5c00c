"""Measuring postcodes, on few of them."""

import json
import re

import pytest

from bot.app.benchmark_places import ALL, measure_postcodes, write_made_up
from bot.content.store import Store
from tests.app.processes import desk


def test_the_figures_tell_of_all_postcodes_that_were_written(tmp_path):
    said = []
    with Store(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        store.migrate()
        figures = measure_postcodes(store, tmp_path, 500, said.append)
    assert figures["postcodes"] == 500 and figures["rows_a_second"] > 0
    assert all(0 < figures[name]["p50"] <= figures[name]["p95"] for name in ("postcode_ms", "sector_ms"))
    assert len(said) == 3


def test_made_up_postcodes_are_all_different_and_have_the_form_of_real_ones(tmp_path):
    names = write_made_up(tmp_path / "many.csv", 20_000)
    assert len(set(names)) == 20_000
    assert all(re.fullmatch(r"[A-Z]{2}\d{1,2}\d[A-Z]{2}", name) for name in names)


@pytest.mark.slow
def test_postcodes_come_in_so_quickly_that_the_whole_country_takes_less_than_two_minutes(tmp_path):
    with Store(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        store.migrate()
        figures = measure_postcodes(store, tmp_path, 150_000)
    assert ALL / figures["rows_a_second"] < 120
    assert figures["postcode_ms"]["p50"] <= 1


def test_the_command_prints_the_figures_as_json(tmp_path):
    ended = desk("bench", "--postcodes", "400", "--json", data=tmp_path)
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert report["postcodes"] == 400 and 0 < report["postcode_ms"]["p50"] <= report["postcode_ms"]["p95"]
