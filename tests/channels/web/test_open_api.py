"""The description of the interface, held against what is really answered."""

import dataclasses

import pytest
from jsonschema import Draft202012Validator, RefResolver

from bot.channels.web.phrases import PAGE
from bot.dialogue.messages import Button, Card, Fact, Reply
from tests.channels.web.stand_in_desk import BrokenDesk


@pytest.fixture
def document(client):
    return client.get("/api/openapi.json").json()


def check(document, response, path, method):
    operation = document["paths"][path][method]
    described = operation["responses"][str(response.status_code)]
    media_type = response.headers["content-type"].partition(";")[0]
    schema = described["content"][media_type]["schema"]
    validator = Draft202012Validator(schema, resolver=RefResolver.from_schema(document))
    assert [error.message for error in validator.iter_errors(response.json())] == []


def references(node):
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for value in node.values():
            yield from references(value)
    if isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_route_of_the_interface_is_described_and_nothing_else(web_for, desk, document):
    served = {
        (route.path, method.lower())
        for route in web_for(desk).routes
        if route.path.startswith("/api/")
        for method in route.methods - {"HEAD"}
    }
    assert {(path, method) for path, methods in document["paths"].items() for method in methods} == served


def test_every_reference_leads_somewhere_and_every_schema_is_one(document):
    resolver = RefResolver.from_schema(document)
    for reference in references(document):
        resolver.resolve(reference)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("record", [Reply, Card, Fact, Button])
def test_the_schemas_have_the_fields_of_the_messages(document, record):
    schema = document["components"]["schemas"][record.__name__]
    assert list(schema["properties"]) == schema["required"] == [field.name for field in dataclasses.fields(record)]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"text": "room"},
        {"text": "he does not breathe"},
        {"button": "language:ar"},
        {"text": 5},
        {"text": "a" * 4001},
        [],
    ],
)
def test_answers_to_messages_are_as_described(client, document, message):
    check(document, client.post("/api/chat", json=message), "/api/chat", "post")


def test_refusals_are_as_described(client, client_for, desk, document):
    short = client_for(desk, messages_per_minute=1, clock=lambda: 0.0)
    message = {"conversation": "a" * 22, "text": "hi"}
    short.post("/api/chat", json=message)
    refused = [
        (short.post("/api/chat", json=message), 429),
        (client.post("/api/chat", content=b"{", headers={"Content-Type": "application/json"}), 400),
        (client.post("/api/chat", json={"text": "a" * 40000}), 413),
        (client.post("/api/chat", content=b"a=b", headers={"Content-Type": "text/plain"}), 415),
        (client_for(BrokenDesk()).post("/api/chat", json={"text": "hi"}), 500),
    ]
    for response, status in refused:
        assert response.status_code == status
        check(document, response, "/api/chat", "post")


@pytest.mark.parametrize("path", ["/api/phrases", "/api/health", "/api/openapi.json"])
def test_the_other_answers_are_as_described(client, document, path):
    check(document, client.get(path), path, "get")


def test_a_wrong_answer_would_be_noticed(client, document):
    answer = client.post("/api/chat", json={"text": "room"})
    del document["components"]["schemas"]["Reply"]["properties"]["urgent"]
    with pytest.raises(AssertionError):
        check(document, answer, "/api/chat", "post")


def test_every_text_of_the_page_is_promised(document):
    assert document["components"]["schemas"]["PageTexts"]["properties"]["texts"]["required"] == list(PAGE)
