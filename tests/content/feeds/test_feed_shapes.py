"""The same services come out of all shapes in which neighbours publish them."""

import json

import pytest

from bot.content.feeds.shapes import read_json, services_of
from bot.errors import FeedError
from tests.content.feeds.feed_examples import FOOD, ORGANIZATION, food, page, service


@pytest.mark.parametrize(
    "document",
    [
        page(food()),
        {"content": [food()], "totalPages": 1},
        [food()],
        food(),
        {"id": "o1", "name": "Example", "services": [food()]},
        {"contents": [{"id": "x", "service": food()}]},
    ],
    ids=["page", "old page", "list", "one service", "organization", "service at location"],
)
def test_a_service_is_found_in_every_shape(document):
    found = services_of([document])
    assert [(one["name"], one["organization"]["name"]) for one in found] == [("Food club", "Example Welcome Trust")]


def test_flat_tables_are_joined():
    place = FOOD["service_at_locations"][0]["location"]
    tables = {
        "services": [{"id": "s", "name": "Food club", "status": "active", "organization_id": "o"}],
        "organizations": [ORGANIZATION | {"id": "o"}],
        "locations": [{name: value for name, value in place.items() if name != "addresses"}],
        "addresses": [place["addresses"][0] | {"location_id": place["id"]}],
        "service_at_location": [{"id": "x", "service_id": "s", "location_id": place["id"]}],
        "phones": [{"id": "p", "service_id": "s", "number": "111"}],
        "attributes": [{"id": "a", "link_id": "s", "taxonomy_term_id": "t"}],
        "taxonomy_terms": [{"id": "t", "name": "Food banks"}],
    }
    (found,) = services_of([tables])
    assert found["organization"]["name"] == "Example Welcome Trust"
    assert found["phones"][0]["number"] == "111"
    assert found["attributes"][0]["taxonomy_term"]["name"] == "Food banks"
    assert found["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "cv1 1fs"


def test_a_service_that_comes_on_two_pages_comes_out_once_as_the_later_page_has_it():
    found = services_of([page(service(1), service(2)), page(service(2, name="New"), service(3))])
    assert [one["name"] for one in found] == ["Service 1", "New", "Service 3"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"{",
        b'{"a": NaN}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
    ids=["empty", "html", "broken", "no number", "no text", "very deep", "deep", "huge number"],
)
def test_what_is_no_plain_json_is_refused_with_a_sentence(data):
    with pytest.raises(FeedError):
        read_json(data)


@pytest.mark.parametrize("document", [None, 1, "text", [], [1, None], {}, {"contents": "x"}, {"services": {"a": 1}}])
def test_a_document_of_another_kind_holds_no_service_and_does_no_harm(document):
    assert all(isinstance(one, dict) for one in services_of([read_json(json.dumps(document).encode())]))
