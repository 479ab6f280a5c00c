"""What volunteers edit: the content pack of the project as it stands."""

import csv
from pathlib import Path

import pytest

from bot.content.pack.checks import check_pack
from bot.content.pack.tables import TABLES
from bot.content.packs import export_pack, import_pack
from bot.content.store import Store

PACK = Path(__file__).parents[2] / "services_data"


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """The pack after its way through a database."""
    folder = tmp_path_factory.mktemp("pack")
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, PACK)
        export_pack(store, folder / "services_data")
    return folder / "services_data"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """What the desk shows of the pack."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, PACK)
        return store.content()


def test_the_pack_has_no_faults():
    assert [str(fault) for fault in check_pack(PACK)] == []


def test_every_file_comes_back_from_the_database_byte_for_byte(exported):
    for path in exported.rglob("*.*"):
        name = path.relative_to(exported)
        assert (PACK / name).read_bytes() == path.read_bytes(), f"{name} is not in the form that an export writes"


def test_all_services_of_the_facts_are_there_and_only_drafts_are_hidden(content):
    hidden = {row["id"] for row in rows("services") if row["status"] != "active"}
    assert len(rows("services")) >= 165
    assert hidden == {"piers-road-new-communities"}
    assert len(content.services) == len(rows("services")) - len(hidden)


def test_every_service_has_a_topic_and_an_area():
    services = {row["id"] for row in rows("services")}
    assert {row["service_id"] for row in rows("attributes")} == services
    assert {row["service_id"] for row in rows("service_areas")} == services


def test_refuges_and_safe_houses_have_no_address_and_no_map_point(content):
    hidden = {
        "coventry-haven",
        "valley-house",
        "panahghar",
        "fatima-house",
        "hope-projects",
        "micro-rainbow",
        "adavu",
        "bswa",
        "roshni",
        "haven-wolverhampton",
        "bcwa",
        "baobab-women",
    }
    places = {row["service_id"]: row["location_id"] for row in rows("services_at_location")}
    locations = {row["id"]: row for row in rows("locations")}
    for service in hidden:
        location = locations[places[service]]
        assert (location["confidential"], location["location_type"]) == ("yes", "virtual")
        assert not any(location[name] for name in ("name", "address_1", "city", "postal_code", "latitude", "longitude"))
        assert content.services[service].places == ()


def test_a_service_without_a_good_source_or_with_doubts_is_red():
    for row in rows("services"):
        weak = not row["source_url"] or row["source_url"].startswith(("general knowledge", "third-party"))
        if (weak or row["doubts"]) and not row["assured_date"]:
            assert row["review_colour"] == "RED", row["id"]


def test_nothing_red_or_doubtful_is_called_verified(content):
    for record in [*content.services.values(), *content.answers.values()]:
        if record.provenance.review_colour == "RED" or record.provenance.doubts:
            assert not record.provenance.verified, record.id


def test_every_city_has_people_to_talk_to_who_can_be_reached(content):
    for city in content.cities.values():
        assert city.contacts
        assert all(content.services[service].phones for service in city.contacts)
    assert content.everywhere_contacts


def test_the_guide_names_every_file_and_every_column():
    guide = (PACK / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"`{table.file}`" in guide
        for column in table.columns:
            assert f"`{column.name}`" in guide, f"{table.file}: {column.name}"
