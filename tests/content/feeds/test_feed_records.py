"""Services of a neighbour become records that keep the pack's rules; the rest is left out and told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.feeds.records import LEFT_OUT, REFUSED, TO_LOOK_AT, UNKNOWN_WORD, FeedSource, OwnWords, feed_records
from bot.content.feeds.records import faults_of as faults
from bot.content.feeds.shapes import services_of
from bot.errors import FeedError
from tests.content.feeds.feed_examples import FOOD, food, page, service

OWN = OwnWords(
    {"money and benefits": "money", "health": "health", "safety": "safety"},
    {"coventry": "coventry"},
    lambda code: {"ar": "Arabic"}.get(code, ""),
)
SOURCE = FeedSource("walsall", "OGL 3.0", "https://feed.example.org/oruk/v3")
KEY = "walsall-ac148810-d857-441c-9679-408f346de14b"


def read(*services):
    return feed_records(services_of([page(*services)]), SOURCE, OWN)


def rows(found, table):
    return [record for (name, _), record in found.records.items() if name == table]


def told(found, kind):
    return [str(remark) for remark in found.remarks if remark.kind == kind]


def test_a_service_comes_with_its_parts_its_source_and_its_licence():
    found = read(food())
    (record,) = rows(found, "services")
    assert record["id"] == KEY and record["description"] == "Cheap food every week."
    assert record["source_url"] == f"https://feed.example.org/oruk/v3/services/{FOOD['id']}"
    assert (record["source_date"], record["licence"], record["owner"]) == ("2026-05-01", "OGL 3.0", "feed walsall")
    assert [row["number"] for row in rows(found, "phones")] == ["024 7683 4025", "111"]
    assert [(row["name"], row["code"]) for row in rows(found, "languages")] == [("Polish", "pl"), ("Arabic", "ar")]
    assert [row["area"] for row in rows(found, "service_areas")] == ["coventry"]
    assert [row["taxonomy_term_id"] for row in rows(found, "attributes")] == ["money"]
    assert [row["postal_code"] for row in rows(found, "locations")] == ["CV1 1FS"]
    assert [(row["amount"], row["amount_description"]) for row in rows(found, "cost_options")] == [("3.50", "a basket")]
    (hours,) = rows(found, "schedules")
    assert [hours[name] for name in ("freq", "byday", "opens_at", "closes_at")] == ["WEEKLY", "TU,TH", "10:00", "12:30"]


def test_nobody_here_checked_it_so_it_is_red_with_a_doubt_and_without_a_day_of_checking():
    (record,) = rows(read(food()), "services")
    assert record["review_colour"] == "RED" and record["doubts"] and record["assured_date"] == ""


def test_every_record_keeps_the_rules_of_the_pack():
    found = read(food(), service(1))
    assert [fault for (table, _), record in found.records.items() for fault in faults(table, record, OWN)] == []


def test_names_of_people_do_not_come_in():
    assert "Jo Example" not in str(read(food()).records)


def test_words_that_are_not_known_here_are_told_and_not_guessed():
    found = read(food(service_areas=[{"name": "Atlantis"}]))
    assert rows(found, "service_areas") == []
    assert told(found, UNKNOWN_WORD) == [
        'topic "Beekeeping": is not known here (services with it: 1).',
        'area "Atlantis": is not known here (services with it: 1).',
    ]


def test_a_service_that_names_no_area_works_where_its_place_is():
    assert [row["area"] for row in rows(read(food(service_areas=[])), "service_areas")] == ["coventry"]


def test_an_unknown_status_stays_a_draft():
    found = read(food(status="open"))
    assert rows(found, "services")[0]["status"] == "inactive" and "status" in told(found, LEFT_OUT)[0]


@pytest.mark.parametrize(
    ("changes", "table", "left"),
    [
        ({"phones": [{"number": "ring the bell"}], "contacts": []}, "phones", 0),
        ({"contacts": [{"email": "nobody"}]}, "contacts", 0),
        ({"schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "25:00", "closes_at": "9:00"}]}, "schedules", 1),
        ({"schedules": [{"description": "Mondays", "valid_to": "soon"}]}, "schedules", 0),
        ({"cost_options": [{"amount": -5, "amount_description": "x"}]}, "cost_options", 1),
        ({"languages": [{"code": "klingon!"}]}, "languages", 0),
    ],
)
def test_a_broken_value_is_left_out_and_told_and_the_service_comes_in(changes, table, left):
    found = read(food(**changes))
    assert len(rows(found, "services")) == 1 and len(rows(found, table)) == left
    assert any("Food club" in line for line in told(found, LEFT_OUT))


EVENINGS = {"freq": "WEEKLY", "byday": "MO,FR", "opens_at": "20:00", "closes_at": "22:00"}
NO_RULE = dict.fromkeys(("freq", "byday", "opens_at", "closes_at", "dtstart", "interval", "bymonthday"), "")


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ({"until": "2021-12-31"}, "2021-12-31"),
        ({"until": "20211231T235959Z"}, "2021-12-31"),
        ({"until": "2021-12-31T23:59:59Z", "valid_to": "2027-01-01"}, "2021-12-31"),
        ({"until": "2027-01-01", "valid_to": "2021-12-31"}, "2021-12-31"),
    ],
)
def test_a_schedule_that_ended_comes_in_with_its_last_day_also_in_its_words(ends, last):
    (hours,) = rows(read(food(schedules=[EVENINGS | {"valid_from": "2021-01-02"} | ends])), "schedules")
    assert (hours["freq"], hours["byday"], hours["valid_to"]) == ("WEEKLY", "MO,FR", last)
    assert hours["description"] == "MO,FR 20:00-22:00 (from 2 January 2021 until 31 December 2021)"


def test_a_schedule_with_an_end_that_is_no_day_is_left_out_and_told():
    found = read(food(schedules=[EVENINGS | {"until": "soon", "valid_to": "2027-01-01"}]))
    assert rows(found, "schedules") == [] and 'valid_to "soon" is not a date' in told(found, LEFT_OUT)[0]


@pytest.mark.parametrize(
    ("limit", "name"),
    [
        ({"count": 10}, "count"),
        ({"byweekno": "1,3"}, "byweekno"),
        ({"byweekno": [1, 3]}, "byweekno"),
        ({"byyearday": "100"}, "byyearday"),
        ({"bymonth": "12"}, "bymonth"),
        ({"rrule": "FREQ=WEEKLY;COUNT=2"}, "rrule"),
        ({"bymonthday": [1, 15]}, "bymonthday"),
        ({"freq": "DAILY", "interval": 2}, "interval"),
        ({"interval": 2, "wkst": "SU", "dtstart": "2026-11-22"}, "wkst"),
    ],
)
def test_a_schedule_with_a_limit_that_the_desk_cannot_keep_comes_in_as_words_alone_and_is_told(limit, name):
    found = read(food(schedules=[EVENINGS | limit | {"description": "Some evenings in winter"}]))
    (hours,) = rows(found, "schedules")
    assert {each: hours[each] for each in NO_RULE} == NO_RULE
    assert (hours["description"], hours["doubtful"]) == ("Some evenings in winter", "yes")
    assert any("schedule" in line and f"({name})" in line for line in told(found, LEFT_OUT))


def test_a_schedule_with_such_a_limit_and_no_words_is_left_out():
    found = read(food(schedules=[EVENINGS | {"count": 10}]))
    assert rows(found, "schedules") == [] and len(told(found, LEFT_OUT)) == 2


@pytest.mark.parametrize("nothing", [{"count": None, "byweekno": ""}, {"bymonth": []}, {"interval": 1, "wkst": "SU"}])
def test_a_limit_that_says_nothing_is_none(nothing):
    (hours,) = rows(read(food(schedules=[EVENINGS | nothing])), "schedules")
    assert (hours["freq"], hours["byday"], hours["description"]) == ("WEEKLY", "MO,FR", "MO,FR 20:00-22:00")


def test_coordinates_outside_the_country_leave_both_out():
    place = FOOD["service_at_locations"][0]["location"] | {"latitude": 100, "longitude": 101}
    (record,) = rows(read(food(service_at_locations=[{"id": "x", "location": place}])), "locations")
    assert (record["latitude"], record["longitude"], record["city"]) == ("", "", "Coventry")


@pytest.mark.parametrize("changes", [{"id": None}, {"name": None}, {"name": "<b></b>"}, {"organization": None}])
def test_a_service_without_what_every_service_needs_is_refused_whole(changes):
    found = read(food(**changes), service(1))
    assert [row["id"] for row in rows(found, "services")] == ["walsall-service-1"]
    assert len(told(found, REFUSED)) == 1
    assert all(row["service_id"] == "walsall-service-1" for row in rows(found, "phones"))


def test_hostile_words_come_in_harmless():
    found = read(
        food(
            name="=cmd()\u202eFood",
            url="javascript:alert(1)",
            description="<script>x</script><img src=x onerror=y>Food &lt;script&gt;z&lt;/script&gt;",
        )
    )
    (record,) = rows(found, "services")
    assert (record["name"], record["url"], record["description"]) == ("cmd()Food", "", "Food")


@pytest.mark.parametrize("own", ["A/../../etc", "x" * 500, "Ünï", "a b", "0", "--", "\ud800"])
def test_any_id_of_a_neighbour_becomes_a_good_id_that_stays(own):
    first, again = (read(service(1, id=own)).records for _ in range(2))
    assert first.keys() == again.keys()
    assert [fault for (table, _), record in first.items() for fault in faults(table, record, OWN)] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Women's refuge"},
        {"description": "A safe house for families."},
        {"description": "We help survivors of domestic abuse."},
        {"organization": {"id": "w", "name": "Example Women's Aid"}},
        {"attributes": [{"taxonomy_term": {"name": "Modern slavery"}}]},
    ],
)
def test_what_may_be_a_refuge_comes_in_without_its_address_and_a_person_is_told(changes):
    found = read(food(alert="Come to 30, Example Street, CV1 1FS", **changes))
    assert "CV1 1FS" not in str(found.records) and "Example Street" not in str(found.records)
    assert "52.409" not in str(found.records)
    (place,) = rows(found, "locations")
    assert (place["confidential"], place["location_type"], place["name"]) == ("yes", "virtual", "")
    assert len(told(found, TO_LOOK_AT)) == 1


def test_refugees_are_not_taken_for_a_refuge():
    found = read(food(name="Refugee food club", description="For refugees and people seeking asylum."))
    assert rows(found, "locations")[0]["address_1"] == "30 Example Street" and told(found, TO_LOOK_AT) == []


def test_the_address_of_a_refuge_does_not_come_in_with_another_service_of_the_house():
    found = read(food(), service(1, name="Refuge", service_at_locations=FOOD["service_at_locations"]))
    assert "Example Street" not in str(found.records) and "CV1 1FS" not in str(found.records)


def test_a_house_with_many_ordinary_services_keeps_its_address_for_them():
    place = FOOD["service_at_locations"]
    ordinary = [service(number, service_at_locations=place) for number in range(3)]
    found = read(*ordinary, service(9, name="Refuge", service_at_locations=place))
    at = {row["service_id"]: row["location_id"] for row in rows(found, "services_at_location")}
    assert at["walsall-service-0"] == f"walsall-place-{place[0]['location']['id']}"
    assert at["walsall-service-9"] == "walsall-hidden-service-9"


def test_what_another_desk_publishes_beyond_the_standard_comes_in():
    found = read(
        food(x_conditions={"audience": ["AS", "RF"], "gender": "women", "walk_in": True, "papers_asked": False})
    )
    (record,) = rows(found, "conditions")
    assert [record[name] for name in ("audience", "gender", "walk_in", "papers_asked", "online")] == [
        "AS;RF",
        "women",
        "yes",
        "no",
        "",
    ]


@pytest.mark.parametrize("name", ["", "Walsall", "a b", "../x", "x" * 21, "a--b"])
def test_a_name_that_cannot_begin_an_id_is_refused(name):
    with pytest.raises(FeedError):
        FeedSource(name, "OGL 3.0")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "number", "email", "location", "phones", "addresses", "code", "amount", "opens_at"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(FOOD) + ["alert", "maximum_age", "x_conditions", "fees"]), VALUES, max_size=8
    )
)
def test_no_form_of_a_field_breaks_the_reading_or_the_rules(changes):
    found = read(FOOD | changes, service(1))
    assert ("services", "walsall-service-1") in found.records or changes.get("id") == "service-1"
    assert [fault for (table, _), record in found.records.items() for fault in faults(table, record, OWN)] == []
