"""Services that may be there twice are proposed with the reason; those of one organization mostly are not twice."""

from pathlib import Path

import pytest

from bot.content.duplicates import find_duplicates
from bot.content.pack.reading import read_pack
from bot.content.pack.records import Records, pack_records

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def content(pack) -> Records:
    return pack_records(read_pack(pack))


def twin(content: Records, of: str, name: str, parts=("phones", "services_at_location"), **more: str) -> Records:
    """The content with a second service beside `of`, by another organization, with copies of some of its parts."""
    service = content["services", of] | {"id": "twin", "organization_id": "nhs", "url": "", "name": name} | more
    copies = {
        (table, f"twin-{key}"): record | {"id": f"twin-{key}", "service_id": "twin"}
        for (table, key), record in content.items()
        if table in parts and record["service_id"] == of
    }
    return content | {("services", "twin"): service} | copies


def pairs(content: Records) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in find_duplicates(content)]


@pytest.mark.parametrize("name", ["Shelter line", "The Shelter Line", "shelter  helpline", "Line of Shelter"])
def test_a_like_name_with_the_same_number_is_proposed(content, name):
    assert pairs(twin(content, "shelter-line", name)) == [("shelter-line", "twin")]


def test_the_same_number_in_another_form_counts(content):
    content = twin(content, "shelter-line", "Shelter line")
    content["phones", "twin-shelter-line-phone-1"]["number"] = "+44 808 800 4444"
    assert find_duplicates(content)[0].reasons == ("same telephone number", "names alike (100 of 100)")


def test_the_same_number_with_quite_another_name_is_not_proposed(content):
    assert pairs(twin(content, "shelter-line", "English classes")) == []


def test_a_like_name_at_the_same_place_is_proposed_and_elsewhere_not(content):
    content = twin(content, "nhs-111", "NHS 111", ("services_at_location",), organization_id="shelter")
    content["services_at_location", "twin-nhs-111-at-1"]["location_id"] = "near"
    place = content["locations", "nhs-place-1"] | {"id": "near", "postal_code": ""}
    content["locations", "near"] = place | {"latitude": "52.41020", "longitude": "-1.51321"}  # 105 metres north
    assert pairs(content) == [("nhs-111", "twin")]
    content["locations", "near"] = place | {"latitude": "52.41120"}  # 216 metres
    assert pairs(content) == []


def test_one_web_page_and_one_name_are_proposed(content):
    content = twin(content, "nhs-111", "NHS 111", (), organization_id="shelter", url="http://111.nhs.uk/")
    assert find_duplicates(content)[0].reasons == ("same web page", "names alike (100 of 100)")


def test_services_of_different_cities_are_not_proposed(content):
    content = twin(content, "shelter-line", "Shelter line")
    content["service_areas", "twin"] = {"id": "twin", "service_id": "twin", "area": "birmingham"}
    assert pairs(content) == []


def test_services_of_one_organization_share_numbers_without_being_twice(content):
    own = {"organization_id": "shelter"}
    assert pairs(twin(content, "shelter-line", "Shelter classes", **own)) == []
    assert pairs(twin(content, "shelter-line", "Shelter line", **own)) == [("shelter-line", "twin")]


def test_a_defunct_service_is_not_proposed(content):
    assert pairs(twin(content, "shelter-line", "Shelter line", status="defunct")) == []


def test_confidential_places_are_not_compared(content):
    content = twin(content, "shelter-line", "Shelter line", ("services_at_location",))
    assert pairs(content) == []


def test_only_pairs_with_the_new_services_are_told_when_asked_so(content):
    content = twin(content, "shelter-line", "Shelter line")
    assert len(find_duplicates(content, {"twin"})) == 1
    assert find_duplicates(content, {"nhs-111"}) == []


def test_the_list_over_the_real_pack_is_short_and_leaves_shared_desks_alone():
    found = find_duplicates(pack_records(read_pack(PROJECT / "services_data")))
    assert len(found) <= 5
    shared = ("crmc-", "rmc-", "brushstrokes")
    assert [pair for pair in found if pair.first.startswith(shared) and pair.second.startswith(shared)] == []


def test_a_copy_of_each_real_service_under_another_id_is_found():
    content = pack_records(read_pack(PROJECT / "services_data"))
    numbers = {record["service_id"] for (table, _), record in content.items() if table == "phones"}
    copies: Records = {}
    for (table, key), record in content.items():
        if table == "services" and key in numbers and record["status"] != "defunct":
            name = f"{record['name']} (new)"
            copies[table, f"zz-{key}"] = record | {"id": f"zz-{key}", "organization_id": "zz", "name": name, "url": ""}
        elif table == "phones":
            copies[table, f"zz-{key}"] = record | {"id": f"zz-{key}", "service_id": f"zz-{record['service_id']}"}
    found = {(pair.first, pair.second) for pair in find_duplicates(content | copies)}
    twins = {(key.removeprefix("zz-"), key) for table, key in copies if table == "services"}
    assert len(twins) > 70 and len(twins & found) >= 0.95 * len(twins)
    assert len(found - twins) <= 10
