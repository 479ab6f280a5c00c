"""The Open Referral feed over HTTP: its nine addresses, pages, parameters, refusals, caching and openness to all sites."""

import dataclasses
import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator, RefResolver
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.web.open_referral.routes import BASE, Lookups, open_referral_routes
from bot.content.open_referral.ids import stable_id
from bot.content.records import Content, Notice

LISTS = ("services", "taxonomies", "taxonomy_terms", "service_at_locations")


class Shelf:
    """Holds the content that a feed reads, so that a test can put another one there."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __call__(self) -> Content:
        return self.content


@pytest.fixture
def shelf(content) -> Shelf:
    """The project's own content."""
    return Shelf(content)


@pytest.fixture
def feed(web_for, desk, shelf):
    """A client of the web channel that publishes the shelf; `feed(...)` makes one with other look-ups."""

    def made(**lookups) -> TestClient:
        web = web_for(desk, content=shelf, lookups=Lookups(**lookups))
        return TestClient(web, base_url=f"https://desk.example{BASE}")

    return made


@pytest.fixture
def get(feed):
    """Reads an address of the feed."""
    return feed().get


def names(answer) -> list[str]:
    return [record["name"] for record in answer.json()["contents"]]


# ---- the nine addresses


def test_the_first_page_names_the_standard_and_where_it_is_described(get):
    for address in ("", "/"):
        about = get(address).json()
        assert about["version"] == "HSDS-UK-3.0"
        assert about["openapi_url"] == "https://desk.example/oruk/v3/openapi.json"
        assert get(about["openapi_url"]).json()["openapi"].startswith("3.")


@pytest.mark.parametrize("name", LISTS)
def test_each_record_of_a_list_has_an_address_of_its_own(get, name):
    listed = get(f"/{name}").json()["contents"]
    assert listed
    for record in listed[:3]:
        whole = get(f"/{name}/{record['id']}")
        assert (whole.status_code, whole.json()["id"]) == (200, record["id"])


@pytest.mark.parametrize("name", LISTS)
def test_every_answer_fits_the_description_that_we_publish(get, name):
    document = get("/openapi.json").json()
    resolver = RefResolver.from_schema(document)

    def fits(path, answer):
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator(schema, resolver=resolver)
        assert [error.message for error in validator.iter_errors(answer.json())] == []

    listed = get(f"/{name}", params={"per_page": 500})
    fits(f"/{name}", listed)
    for record in listed.json()["contents"][:5]:
        fits(f"/{name}/{{id}}", get(f"/{name}/{record['id']}"))


def test_the_description_names_exactly_the_addresses_that_are_served(feed, web_for, desk, shelf):
    served = {route.path.removeprefix(BASE) for route in web_for(desk, content=shelf).routes if BASE in route.path}
    described = set(feed().get("/openapi.json").json()["paths"])
    assert served - {"", "/openapi.json"} == described


def test_without_content_there_is_no_feed(client):
    assert client.get(f"{BASE}/services").status_code == 404


@pytest.mark.parametrize(
    "address", ["/services/nobody", f"/services/{stable_id('service', 'nobody')}", "/taxonomies/x"]
)
def test_an_unknown_id_is_404_in_words_for_programs(get, address):
    answer = get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_an_id_may_be_written_in_capitals(get):
    key = get("/services").json()["contents"][0]["id"]
    assert get(f"/services/{key.upper()}").json()["id"] == key


# ---- pages


def test_the_pages_together_hold_each_service_once(get, content):
    first = get("/services", params={"per_page": 60}).json()
    pages = [get("/services", params={"per_page": 60, "page": n}).json() for n in range(1, first["total_pages"] + 1)]
    keys = [record["id"] for page in pages for record in page["contents"]]
    assert len(keys) == len(set(keys)) == first["total_items"] == len(content.services)
    assert [page["first_page"] for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page["last_page"] for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [page["size"] for page in pages] == [len(page["contents"]) for page in pages]


def test_a_page_past_the_last_is_empty_and_no_error(get):
    page = get("/services", params={"page": 1_000_000}).json()
    assert (page["empty"], page["last_page"], page["contents"]) == (True, True, [])


def test_full_records_hold_the_parts_and_minimal_ones_nothing_but_the_id_and_the_moment(feed, content):
    key = next(iter(content.services))
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)
    get = feed(modified=lambda: {key: moment}).get
    assert "phones" in json.dumps(get("/services", params={"full": "true"}).json())
    minimal = get("/services", params={"minimal": "true"}).json()
    assert len(minimal["contents"]) == minimal["total_items"] == len(content.services)
    assert {"id": stable_id("service", key), "modified_date": moment.isoformat()} in minimal["contents"]
    assert {frozenset(each) for each in minimal["contents"]} == {frozenset({"id", "modified_date"}), frozenset({"id"})}


def test_lines_of_json_hold_all_records_without_pages(get, content):
    answer = get("/services", params={"format": "ndjson"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert len([json.loads(line) for line in answer.text.splitlines()]) == len(content.services)


# ---- parameters


def test_a_search_asks_the_index_and_keeps_its_order(feed, content):
    first, second = list(content.services)[:2]
    asked = []

    def search(words):
        asked.append(words)
        return [second, first]

    found = feed(search=search).get("/services", params={"search": "حليب الأطفال"})
    assert names(found) == [content.services[second].name, content.services[first].name]
    assert asked == ["حليب الأطفال"]


def test_a_topic_of_the_taxonomy_finds_its_services(get, content):
    term = next(each for each in get("/taxonomy_terms").json()["contents"] if each["term"] == "health")
    found = get("/services", params={"taxonomy_term_id": term["id"], "per_page": 500})
    assert sorted(names(found)) == sorted(each.name for each in content.services.values() if "health" in each.topics)


def test_places_near_a_postcode_are_asked_of_the_look_up_and_come_nearest_first(feed, content):
    place = next(place for service in content.services.values() for place in service.places if place.latitude)
    at = (place.latitude, place.longitude)
    get = feed(locate=lambda postcode: at if postcode == "CV1 1AA" else None).get
    near = get("/service_at_locations", params={"postcode": "CV1 1AA", "proximity": 3000, "per_page": 500}).json()
    far = get("/service_at_locations", params={"postcode": "CV1 1AA", "proximity": 100_000, "per_page": 500}).json()
    first = near["contents"][0]["location"]
    assert (first["latitude"], first["longitude"]) == at
    assert 0 < near["total_items"] < far["total_items"]
    assert get("/service_at_locations", params={"postcode": "ZZ1"}).status_code == 400


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("page", "0"),
        ("page", "two"),
        ("page", "٣"),
        ("page", "9" * 5000),
        ("per_page", "501"),
        ("per_page", "-1"),
        ("taxonomy_term_id", "health"),
        ("taxonomy_id", "1"),
        ("organization_id", "nhs"),
        ("minimum_age", "nan"),
        ("maximum_age", "inf"),
        ("minimum_age", "old"),
        ("start_time", "25:00"),
        ("end_time", "noon"),
        ("day", "someday"),
        ("modified_after", "yesterday"),
        ("full", "maybe"),
        ("minimal", "2"),
        ("format", "xml"),
        ("search", "x" * 201),
        ("proximity", "-5"),
        ("proximity", "5"),
        ("postcode", "nowhere"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_to_give(get, parameter, value):
    answer = get("/service_at_locations", params={parameter: value})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "wrong_parameter")
    assert parameter in problem["detail"]
    assert problem["errors"][0]["pointer"] == f"#/{parameter}"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "query", ["day=monday", "day=MO", "day=", "unknown=1", "modified_after=2026-05-01T00:00:00+01:00"]
)
def test_values_that_can_be_understood_are_and_what_is_unknown_is_left_out(get, query):
    assert get(f"/services?{query}").status_code == 200


# ---- caching and other sites


def test_an_asker_who_has_the_answer_gets_304_until_the_content_changes(get, shelf):
    first = get("/services")
    has_it = {"If-None-Match": f'"other", {first.headers["etag"]}'}
    again = get("/services", headers=has_it)
    assert (again.status_code, again.content) == (304, b"")
    key = next(iter(shelf.content.services))
    renamed = dataclasses.replace(shelf.content.services[key], name="A new name")
    shelf.content = dataclasses.replace(
        shelf.content, revision=shelf.content.revision + 1, services=shelf.content.services | {key: renamed}
    )
    changed = get("/services", headers=has_it)
    assert (changed.status_code, changed.headers["etag"] == first.headers["etag"]) == (200, False)
    assert "A new name" in names(changed)


def test_the_moment_of_the_last_change_counts_where_no_tag_is_given(get):
    moment = get("/services").headers["last-modified"]
    assert get("/services", headers={"If-Modified-Since": moment}).status_code == 304
    assert get("/services", headers={"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"}).status_code == 200
    for odd in ("yesterday", ""):
        assert get("/services", headers={"If-Modified-Since": odd}).status_code == 200
    assert get("/services", headers={"If-Modified-Since": moment, "If-None-Match": '"old"'}).status_code == 200


def test_a_closure_shows_when_its_day_comes_without_any_change_of_the_content(content):
    key, service = next(iter(content.services.items()))
    now = [datetime(2026, 6, 1, 23, 59, tzinfo=UTC)]
    shut = dataclasses.replace(service, notices=(Notice("closed", "Shut.", now[0].date() + timedelta(days=1)),))
    published = dataclasses.replace(content, services={key: shut})
    client = TestClient(Starlette(routes=open_referral_routes(lambda: published, version="1", now=lambda: now[0])))
    address = f"{BASE}/services/{stable_id('service', key)}"
    assert client.get(address).json()["status"] == "active"
    now[0] += timedelta(minutes=1)
    assert client.get(address).json()["status"] == "temporarily closed"


def test_pages_of_all_sites_may_read_the_feed_and_nothing_else(feed):
    client = feed()
    assert client.get("/services").headers["access-control-allow-origin"] == "*"
    asked = client.options("/services", headers={"Origin": "https://other.example"})
    assert (asked.status_code, asked.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    assert "access-control-allow-origin" not in client.get("https://desk.example/api/health").headers


def test_the_feed_may_be_kept_for_some_minutes_and_refusals_may_not(get):
    assert get("/services").headers["cache-control"].startswith("public, max-age=300")
    assert get("/services?page=0").headers["cache-control"] == "no-store"


def test_head_has_the_headers_of_get_and_no_body(feed):
    client = feed()
    whole, head = client.get("/taxonomies"), client.head("/taxonomies")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


def test_nobody_can_write_through_the_feed(feed):
    client = feed()
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, "/services").status_code == 405


def test_large_answers_are_compressed(feed):
    with feed().stream("GET", "/services", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed))["contents"]
