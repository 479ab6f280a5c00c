"""Our services as Open Referral objects: what is in them, what is kept out, and that their ids stay."""

import dataclasses
import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, RefResolver

from bot.content.database import reading
from bot.content.open_referral.feed import Feed, Wanted, metres_between
from bot.content.open_referral.hours import schedule_rows, weekly_hours
from bot.content.open_referral.ids import is_uuid, stable_id
from bot.content.open_referral.objects import OpenReferral, notice_in_force
from bot.content.open_referral.schemas import schemas
from bot.content.packs import import_pack
from bot.content.records import (
    City,
    Conditions,
    Content,
    GazetteerPlace,
    Notice,
    Organization,
    Phone,
    Place,
    Provenance,
    Schedule,
    Service,
    Topic,
)
from bot.content.snapshot import read_content

TODAY = date(2026, 6, 1)
NEVER = {}.get
NAMES = {"pl": "Polish", "en": "English"}
OFFICE = Place(
    "Norton House", "Bird Street, Coventry", "CV1 5FX", 52.412, -1.508, "Bus 10", "office", "Bird Street", "Coventry"
)
CLINIC = Service(
    id="clinic",
    name="Walk-in clinic",
    organization="Example Charity",
    organization_id="example",
    description="A nurse sees you.",
    topics=("health",),
    areas=("coventry", "west_midlands"),
    url="https://www.example.org/clinic",
    phones=(Phone("024 7000 0000", "tel:+442470000000", "Office", False),),
    emails=("clinic@example.org",),
    languages="Polish, English, and others",
    spoken=("pl", "en"),
    cost="Free",
    eligibility="Anyone",
    how_to_access="Come in",
    accessibility="A ramp",
    places=(OFFICE,),
    provenance=Provenance(
        "https://data.example.org",
        "Example data",
        "2026",
        date(2026, 5, 1),
        "GREEN",
        "",
        True,
        "Sam Smith",
        None,
        "OGL",
    ),
    schedules=(Schedule("Monday to Friday", "Mo-Fr 09:00-12:30,13:30-16:00; We off; PH off"),),
    conditions=Conditions(audience=("AS", "RF"), minimum_age=0, walk_in=True, free=True, documents=("A letter",)),
)
REFUGE = Service(
    id="refuge",
    name="Refuge",
    organization="Haven",
    topics=("housing",),
    areas=("national",),
    phones=(Phone("0808 000 0000"),),
    place_withheld=True,
    provenance=Provenance(doubts="Somebody told us this line moved."),
)
CONTENT = Content(
    1,
    {},
    {"clinic": CLINIC, "refuge": REFUGE},
    {"health": Topic("health", "Health", "Doctors"), "housing": Topic("housing", "Housing")},
    {"coventry": City("coventry", "Coventry"), "birmingham": City("birmingham", "Birmingham")},
    organizations={"example": Organization("example", "Example Charity", "", "https://www.example.org")},
    gazetteer=(
        GazetteerPlace("cv1", "outcode", "CV1", 52.408, -1.51),
        GazetteerPlace("coventry", "town", "Coventry", 52.408, -1.51),
        GazetteerPlace("birmingham", "town", "Birmingham", 52.479, -1.903),
        GazetteerPlace("ox1", "outcode", "OX1", 51.75, -1.26),
    ),
)


def objects(content=CONTENT, **options):
    return OpenReferral(content, today=TODAY, language_name=lambda code: NAMES.get(code, ""), **options)


def changed(service, **fields):
    return dataclasses.replace(service, **fields)


def nulls(node):
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return node is None or any(nulls(child) for child in children)


# ---- ids


@given(st.text(), st.text())
def test_the_id_of_a_record_is_a_uuid_and_always_the_same(table, key):
    assert stable_id(table, key) == stable_id(table, key)
    assert is_uuid(stable_id(table, key))


def test_ids_never_change_from_one_release_to_the_next():
    assert stable_id("service", "nhs-111") == "41a907eb-3e5f-581d-b5b3-a9465f0f0b11"


def test_an_id_that_is_a_uuid_already_stays():
    key = "AC148810-d857-441c-9679-408f346de14b"
    assert stable_id("service", key) == key.lower()


def test_keys_that_look_alike_when_joined_have_different_ids():
    assert stable_id("phone", "a", "b/c") != stable_id("phone", "a/b", "c")


# ---- opening hours


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", ("00:00", "23:59"))]),
        ("Mo-Fr 09:00-17:00", [("MO,TU,WE,TH,FR", ("09:00", "17:00"))]),
        ("Mo-We 09:00-12:00; Tu off", [("MO,WE", ("09:00", "12:00"))]),
        ("Mo-Fr 09:00-17:00; Fr 09:00-12:00", [("MO,TU,WE,TH", ("09:00", "17:00")), ("FR", ("09:00", "12:00"))]),
        ("Sa-Mo 20:00-24:00; PH off", [("MO,SA,SU", ("20:00", "23:59"))]),
        ("Mo 09:00-10:00,11:00-12:00", [("MO", ("09:00", "10:00")), ("MO", ("11:00", "12:00"))]),
    ],
)
def test_plain_weekly_hours_become_a_row_for_each_set_of_days_and_interval(expression, rows):
    assert weekly_hours(expression) == rows


@pytest.mark.parametrize(
    "expression", ["Fr 22:00-02:00", "We[1] 10:00-11:00", "Dec Mo 09:00-10:00", "sunrise-sunset", "by appointment"]
)
def test_hours_that_have_no_plain_weekly_form_are_left_to_their_words(expression):
    assert weekly_hours(expression) is None
    rows = schedule_rows(changed(CLINIC, schedules=(Schedule("In the words of the source", expression),)))
    assert [(row["description"], row["x_opening_hours"], "byday" in row) for row in rows] == [
        ("In the words of the source", expression, False)
    ]


def test_a_rule_of_the_pack_is_published_as_it_stands_with_its_days_and_warnings():
    rule = Schedule(
        "Every second Tuesday",
        freq="WEEKLY",
        interval=2,
        byday="TU",
        dtstart=date(2026, 1, 6),
        opens_at="10:00",
        closes_at="11:00",
        valid_to=date(2026, 12, 31),
        call_first=True,
        doubtful=True,
    )
    (row,) = schedule_rows(changed(CLINIC, schedules=(rule,)))
    assert (row["freq"], row["interval"], row["byday"], row["dtstart"]) == ("WEEKLY", 2, "TU", "2026-01-06")
    assert (row["opens_at"], row["closes_at"], row["valid_to"]) == ("10:00:00", "11:00:00", "2026-12-31")
    assert "Ring before you go." in row["notes"]
    assert "shaky" in row["notes"]


# ---- services


def test_a_service_is_published_with_all_that_newcomers_need():
    service = objects().service(CLINIC)
    assert (service["name"], service["status"], service["fees"]) == ("Walk-in clinic", "active", "Free")
    assert [(each.get("code"), each.get("name"), each.get("note")) for each in service["languages"]] == [
        ("pl", "Polish", None),
        ("en", "English", None),
        (None, None, "Polish, English, and others"),
    ]
    assert [each["number"] for each in service["phones"]] == ["024 7000 0000"]
    assert [each["email"] for each in service["contacts"]] == ["clinic@example.org"]
    assert [each["document"] for each in service["required_documents"]] == ["A letter"]
    assert [each["service_area"] for each in service["service_areas"]] == ["Coventry", "West Midlands"]
    assert [each["taxonomy_term"]["name"] for each in service["attributes"]] == ["Health"]
    assert (service["minimum_age"], service["eligibility_description"]) == (0, "Anyone")
    assert service["cost_options"][0]["amount"] == 0
    assert service["assured_date"] == "2026-05-01"
    assert service["x_source"] == {
        "name": "Example data",
        "url": "https://data.example.org",
        "date": "2026",
        "licence": "OGL",
    }
    assert service["x_conditions"] == {"audience": ["AS", "RF"], "walk_in": True, "free": True}


def test_every_object_fits_our_schemas_and_holds_no_null(content):
    document = {"$defs": schemas("#/$defs/")}
    resolver, formats = RefResolver.from_schema(document), FormatChecker(("uuid", "email", "date"))
    validator = Draft202012Validator(document["$defs"]["Service"], resolver=resolver, format_checker=formats)
    rendering = objects(content)
    for service in content.services.values():
        for rendered in (rendering.service(service), rendering.service_listed(service)):
            assert [error.message for error in validator.iter_errors(rendered)] == []
            assert not nulls(rendered)


def test_notes_of_editors_and_owners_are_not_published_but_that_a_record_is_unverified_is():
    text = json.dumps([objects().service(each) for each in CONTENT.services.values()])
    assert "Somebody told us" not in text
    assert "Sam Smith" not in text
    assert objects().service(REFUGE)["x_verified"] is False
    assert objects().service(CLINIC)["x_verified"] is True


def test_drafts_are_not_published(filled, edit, pack):
    assert len(Feed(filled.content()).services) == 2
    edit("services.csv", ",active,", ",inactive,")
    import_pack(filled, pack)
    later = Feed(_fresh(filled))
    assert len(later.services) == 1


def _fresh(store):
    """The content read anew, without waiting for the second in which a store does not look."""
    with reading(store.engine) as connection:
        return read_content(connection)


def test_an_organization_without_a_description_is_described_by_what_it_runs():
    owner = objects().service(CLINIC)["organization"]
    assert owner["description"] == "Example Charity runs: Walk-in clinic."
    assert owner["website"] == "https://www.example.org"


def test_a_moment_of_change_is_published_with_its_zone():
    service = objects(modified={"clinic": datetime(2026, 5, 2, tzinfo=UTC)}.get).service(CLINIC)
    assert service["last_modified"] == "2026-05-02T00:00:00+00:00"
    assert "last_modified" not in objects().service(CLINIC)


# ---- notices

CLOSED = Notice("closed", "Closed for repairs.", date(2026, 5, 30), date(2026, 6, 1))
TOLD = Notice("message", "New entrance.")


def test_a_closure_shows_as_an_alert_on_its_last_day_and_is_gone_the_day_after():
    service = changed(CLINIC, notices=(TOLD, CLOSED))
    last_day = objects().service(service)
    assert last_day["status"] == "temporarily closed"
    assert last_day["alert"] == "Closed for repairs. (from 2026-05-30 until 2026-06-01) New entrance."
    assert notice_in_force(service.notices, date(2026, 6, 2)) == (False, "New entrance.")
    assert notice_in_force(service.notices, date(2026, 5, 29)) == (False, "New entrance.")


# ---- places


def test_a_whole_address_is_published_as_one_and_a_part_of_one_as_words():
    (sal,) = objects().services_at_locations(CLINIC)
    whole = objects().service_at_location(CLINIC, sal["id"])["location"]
    (address,) = whole["addresses"]
    assert (address["address_1"], address["city"], address["postal_code"]) == ("Bird Street", "Coventry", "CV1 5FX")
    assert whole["accessibility"][0]["description"] == "A ramp"
    part = changed(CLINIC, places=(changed(OFFICE, postal_code=""),))
    location = objects().service(part)["service_at_locations"][0]["location"]
    assert "addresses" not in location
    assert location["description"] == "Bird Street, Coventry"


def test_a_confidential_place_becomes_a_virtual_one_with_contacts_only():
    location = objects().service(REFUGE)["service_at_locations"][0]["location"]
    assert location["location_type"] == "virtual"
    assert set(location) == {"id", "location_type", "description", "phones"}
    assert location["phones"][0]["number"] == "0808 000 0000"


def test_a_service_of_which_no_place_is_known_has_no_location():
    assert "service_at_locations" not in objects().service(changed(CLINIC, places=()))


def test_a_confidential_place_of_a_pack_reaches_the_feed_as_a_contact_only(filled):
    content = filled.content()
    for key, kind in (("nhs-111", "physical"), ("shelter-line", "virtual")):
        (at,) = objects(content).service(content.services[key])["service_at_locations"]
        assert at["location"]["location_type"] == kind


# ---- what a harvester asked for


def found(**wanted):
    return [service.id for service in Feed(CONTENT).find_services(Wanted(**wanted), NEVER)]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["clinic", "refuge"]),
        ({"term": stable_id("taxonomy_term", "housing")}, ["refuge"]),
        ({"taxonomy": stable_id("taxonomy", "topic")}, ["clinic", "refuge"]),
        ({"taxonomy": stable_id("taxonomy", "other")}, []),
        ({"organization": stable_id("organization", "example")}, ["clinic"]),
        ({"minimum_age": 0}, ["clinic"]),
        ({"minimum_age": 1}, []),
        ({"maximum_age": 99}, []),
        ({"day": "MO"}, ["clinic"]),
        ({"day": "WE"}, []),
        ({"start_time": "13:30", "end_time": "16:00"}, ["clinic"]),
        ({"start_time": "13:31"}, []),
        ({"end_time": "12:29"}, []),
        ({"found": ("refuge", "gone", "clinic")}, ["refuge", "clinic"]),
    ],
)
def test_each_filter_lets_through_what_it_says(wanted, ids):
    assert found(**wanted) == ids


def test_changes_are_found_by_their_moment_and_unknown_ones_are_never_missed():
    moments = {"clinic": datetime(2026, 5, 2, tzinfo=UTC)}.get
    feed = Feed(CONTENT)

    def after(moment):
        return [service.id for service in feed.find_services(Wanted(modified_after=moment), moments)]

    assert after(datetime(2026, 5, 2)) == ["clinic", "refuge"]
    assert after(datetime(2026, 5, 2, 0, 0, 1)) == ["refuge"]


def test_places_near_a_postcode_come_by_distance_and_none_beyond_it():
    feed = Feed(CONTENT)
    near = feed.locate("cv1 5fx")
    assert [pair.service.id for pair in feed.find_at_places(Wanted(near=near, within=1000), NEVER)] == ["clinic"]
    assert feed.find_at_places(Wanted(near=near, within=100), NEVER) == []


def test_a_postcode_alone_brings_what_serves_it():
    feed = Feed(CONTENT)

    def serving(postcode):
        return [pair.service.id for pair in feed.find_at_places(Wanted(near=feed.locate(postcode)), NEVER)]

    assert serving("CV1") == ["clinic", "refuge"]
    assert serving("OX1 2JD") == ["refuge"]


def test_a_postcode_that_nobody_knows_has_no_point():
    assert Feed(CONTENT).locate("ZZ99 9ZZ") is None
    assert Feed(CONTENT).locate("") is None


def test_a_search_without_an_index_finds_services_that_hold_all_the_words():
    assert Feed(CONTENT).search("NURSE health") == ["clinic"]
    assert Feed(CONTENT).search("nurse housing") == []


def test_the_way_from_coventry_to_birmingham_is_about_28_kilometres():
    assert 27_000 < metres_between((52.408, -1.51), (52.479, -1.903)) < 29_000


def test_all_ids_of_the_real_pack_are_unique_uuids(content):
    feed = Feed(content)
    assert len(feed.services) == len(content.services)
    for key in (*feed.services, *feed.at_places, *feed.topics):
        assert str(UUID(key)) == key
