"""`desk services` as a volunteer meets it: real processes, the real pack, the real encoder."""

import json

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store
from tests.app.processes import desk

pytestmark = pytest.mark.slow
MONDAY = ("--at", "2026-11-23T10:00")


@pytest.fixture(scope="module")
def data(tmp_path_factory, project):
    """The data folder of a desk that knows the real services."""
    folder = tmp_path_factory.mktemp("services")
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, project / "services_data")
    return folder


def test_words_city_and_wishes_find_services_and_say_why(data):
    ended = desk("services", "english", "classes", "--city", "coventry", "--women-only", *MONDAY, data=data)
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert lines[0].startswith(" 1. ") and "[fwt-esol" in lines[0]
    assert any("Why: " in line and "women only" in line for line in lines[:6])


def test_any_language_is_understood_and_ids_come_as_json(data):
    ended = desk("services", "بانک غذا", "--city", "coventry", "--json", "--limit", "3", *MONDAY, data=data)
    found = json.loads(ended.stdout)
    assert found["hits"][0]["id"] in ("coventry-foodbank", "langar-aid-coventry")
    assert found["widened"] == [] and len(found["hits"]) == 3


def test_an_unknown_city_topic_or_place_is_refused_with_what_is_known(data):
    for option, value, known in (
        ("--city", "leeds", "coventry"),
        ("--topic", "fishing", "housing"),
        ("--near", "zzz", "no place"),
    ):
        ended = desk("services", "food", option, value, data=data)
        assert ended.returncode > 0 and known in ended.stderr and "Traceback" not in ended.stderr


def test_a_desk_without_services_says_what_to_do(tmp_path):
    ended = desk("services", "food", data=tmp_path)
    assert ended.returncode > 0 and "desk content import" in ended.stderr
