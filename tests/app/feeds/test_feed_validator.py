"""The check of feeds over real HTTP: a good feed passes, and each kind of fault in a feed is found."""

import contextlib
import json
import random
from collections.abc import Callable, Iterator
from datetime import date

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.app.feeds.schemas import COLLECTIONS, official_schemas, own_schemas
from bot.app.feeds.validator import FeedReport, check_feed
from bot.channels.web.open_referral.routes import BASE, open_referral_routes
from bot.errors import FeedError
from tests.app.processes import desk
from tests.channels.web.conftest import serving

TODAY = date(2026, 6, 1)
Spoil = Callable[[str, dict], object]  # the path and the body of an answer -> the body that is sent in its place


@pytest.fixture(scope="module")
def good(content) -> Starlette:
    """The feed of the project's own content."""
    return Starlette(routes=open_referral_routes(lambda: content, version="1"))


@contextlib.contextmanager
def spoiled(good: Starlette, spoil: Spoil, **headers: str) -> Iterator[str]:
    """A feed on a port that passes answers on after `spoil`; gives its address."""
    behind = TestClient(good)

    def pass_on(request: Request) -> Response:
        answer = behind.get(BASE + request.url.path, params=request.query_params)
        if answer.status_code != 200:
            return Response(answer.content, answer.status_code)
        body = spoil(request.url.path, answer.json())
        if isinstance(body, Response):
            return body
        return Response(json.dumps(body), headers={"Access-Control-Allow-Origin": "*", **headers})

    with serving(Starlette(routes=[Route("/{path:path}", pass_on)])) as address:
        yield address


def check(address: str, **options) -> FeedReport:
    with httpx.Client(timeout=30) as client:
        return check_feed(address, client, own_schemas(), today=TODAY, chance=random.Random(1), **options)


def told(report: FeedReport, kind: str) -> list[tuple[str, str]]:
    return [(finding.address, finding.text) for finding in report.of(kind)]


def test_our_own_feed_has_no_errors_and_no_warnings(good):
    with serving(good) as address:
        report = check(address + BASE)
    assert (told(report, "error"), told(report, "warning")) == ([], [])
    # 1 first page, at most 3 pages of 4 collections, and up to 10 records of each.
    assert 30 <= len(report.seconds) <= 1 + 3 * 4 + 10 * 4
    assert report.records > 150


def in_services(change: Callable[[dict], dict]) -> Spoil:
    """Changes the services of the list only."""

    def spoil(path: str, body: dict) -> dict:
        if path != "/services":
            return body
        return body | {"contents": [change(record) for record in body["contents"]]}

    return spoil


def without(name: str) -> Callable[[dict], dict]:
    return lambda record: {key: value for key, value in record.items() if key != name}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("name"), "'name' is a required property"),
        (lambda record: record | {"status": "open"}, "status: 'open' is not one of"),
        (lambda record: record | {"id": "nhs-111"}, "id: 'nhs-111' is not a 'uuid'"),
        (lambda record: record | {"url": "no address"}, "url: 'no address' is not a 'uri'"),
        (lambda record: record | {"last_modified": "2026-06-01"}, "last_modified: '2026-06-01' is not a 'date-time'"),
        (lambda record: record | {"organization": without("description")(record["organization"])}, "organization:"),
    ],
)
def test_a_record_that_does_not_fit_the_schema_is_an_error(good, change, words):
    with spoiled(good, in_services(change)) as address:
        report = check(address)
    assert any(place == "/services" and words in text for place, text in told(report, "error"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"total_items": "164"}, "total_items of the page is missing or of the wrong type."),
        ({"first_page": 1}, "first_page of the page is missing"),
        ({"last_page": True}, "last_page of page 1 is True, not False."),
        ({"page_number": 0}, "page_number of page 1 is 0, not 1."),
        ({"empty": True}, "empty of page 1 is True, not False."),
        ({"size": 7}, "size of page 1 is 7, not 50."),
    ],
)
def test_a_page_that_contradicts_itself_is_an_error(good, change, words):
    with spoiled(good, lambda path, body: body | change if path == "/services" else body) as address:
        report = check(address)
    assert any(place == "/services" and words in text for place, text in told(report, "error"))


def test_each_address_that_fails_is_told_and_hides_no_other(good):
    def spoil(path: str, body: dict) -> object:
        if path == "/taxonomies":
            return Response(status_code=503)
        if path.startswith("/taxonomy_terms/"):
            return Response("<html>", headers={"Access-Control-Allow-Origin": "*"})
        return [body] if path == "/service_at_locations" else body

    with spoiled(good, spoil) as address:
        report = check(address)
    assert told(report, "error") == [
        ("/taxonomies", "The answer is 503, not 200."),
        ("/taxonomy_terms/{id}", "The answer is not JSON."),
        ("/service_at_locations", "The answer is not a JSON object."),
    ]


def test_a_record_that_is_another_than_the_one_asked_for_is_an_error(good, content):
    other = TestClient(good).get(f"{BASE}/taxonomy_terms").json()["contents"][0]
    with spoiled(good, lambda path, body: other if path.startswith("/taxonomy_terms/") else body) as address:
        report = check(address)
    assert any("has the id" in text for _, text in told(report, "error"))


def test_nulls_an_empty_collection_and_a_closed_door_are_warnings(good):
    empty = {"contents": [], "empty": True, "size": 0, "total_pages": 0, "total_items": 0, "last_page": True}

    def spoil(path: str, body: dict) -> dict:
        if path == "/taxonomies":
            return body | empty
        return body | {"alert": None} if path.startswith("/services/") else body

    with spoiled(good, spoil, **{"Access-Control-Allow-Origin": "https://one.example"}) as address:
        report = check(address)
    warnings = told(report, "warning")
    assert ("/taxonomies", "It is empty.") in warnings
    assert ("/services/{id}", "alert is null; a field without a value is better left out.") in warnings
    assert any("Access-Control-Allow-Origin" in text for _, text in warnings)


def test_a_first_answer_after_ten_seconds_and_slow_answers_are_told(good):
    ticks = iter(range(0, 100_000, 11))  # each look at the clock is 11 seconds after the last one
    with serving(good) as address:
        report = check(address + BASE, clock=lambda: next(ticks))
    assert ("/", "It took 11.0 seconds; 10 are allowed.") in told(report, "error")
    assert ("/", "Requests take 11.0 seconds on average.") in told(report, "warning")


def test_old_or_missing_days_of_checking_are_advice_and_no_fault(good):
    fresh = {"assured_date": "2026-05-01"}
    with spoiled(good, lambda path, body: body | fresh if path.startswith("/services/") else body) as address:
        assert told(check(address), "advice") == []
    with serving(good) as address:
        (advice,) = told(check(address + BASE), "advice")
    assert "10 of 10 services" in advice[1]


def test_a_fault_of_all_records_is_told_a_few_times_and_not_for_each(good):
    with spoiled(good, in_services(lambda record: record | {"id": f"no-{record['name']}"})) as address:
        assert len([place for place, _ in told(check(address), "error") if place == "/services"]) == 3


def test_where_nobody_answers_the_check_says_so():
    report = check("http://127.0.0.1:9")
    assert ("/", "There is no answer: ConnectError.") in told(report, "error")
    assert len(report.of("error")) == 1 + len(COLLECTIONS)


# ---- the standard's own files


@pytest.fixture
def folder(tmp_path):
    """A folder laid out as the standard's: an OpenAPI document, schemas that refer to each other, and an example."""

    def answer(schema: dict) -> dict:
        return {"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}}

    paths = {}
    for name in COLLECTIONS:
        one = {"$ref": "https://raw.example.org/schema/compiled/thing.json"}
        many = {"properties": {"contents": {"items": {"$ref": "https://raw.example.org/compiled/thing_list.json"}}}}
        paths |= {f"/{name}": answer(many), f"/{name}/{{id}}": answer(one)}
    thing = {"type": "object", "properties": {"id": {"format": "uuid"}, "part": {"$ref": "part.json"}}}
    part = {"type": "object", "required": ["colour"], "properties": {"colour": {"type": "string"}}}
    files = {"openapi.json": {"paths": paths}, "schemata/thing.json": thing, "schemata/part.json": part}
    files["examples/thing_list.json"] = {"contents": [{"id": 1}]}
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(body), encoding="utf-8")
    return tmp_path


def test_schemas_of_a_folder_are_found_by_name_and_may_refer_to_each_other(folder):
    schemas = official_schemas(folder)
    assert set(schemas) == {*COLLECTIONS, *(f"{name}/{{id}}" for name in COLLECTIONS)}
    for validator in schemas.values():
        faults = [error.message for error in validator.iter_errors({"id": "x", "part": {}})]
        assert faults == ["'x' is not a 'uuid'", "'colour' is a required property"]


def test_a_folder_in_which_something_is_missing_is_refused_in_plain_words(folder):
    (folder / "schemata" / "part.json").unlink()
    with pytest.raises(FeedError, match=r"part\.json is missing"):
        official_schemas(folder)
    (folder / "openapi.json").unlink()
    with pytest.raises(FeedError, match=r"no openapi\.json"):
        official_schemas(folder)


# ---- the command


@pytest.mark.slow
def test_the_command_tells_the_outcome_and_ends_with_1_only_for_errors(good, tmp_path):
    with serving(good) as address:
        well = desk("feed", "check", address + BASE, data=tmp_path)
        wrong = desk("feed", "check", address, data=tmp_path)
    assert (well.returncode, "0 errors, 0 warnings" in well.stdout) == (0, True), well.stdout
    assert (wrong.returncode, "error: /services: The answer is 404, not 200." in wrong.stdout) == (1, True)
    assert "Traceback" not in wrong.stderr
    assert desk("feed", "check", "desk.example", data=tmp_path).returncode == 2
