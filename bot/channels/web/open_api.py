"""The OpenAPI 3.1 description of the JSON interface. It says what the other modules of this folder do."""

from typing import Any

from pydantic import TypeAdapter

from bot.channels.web.chat import LARGEST_BODY, LONGEST_BUTTON, LONGEST_TEXT
from bot.channels.web.phrases import PAGE
from bot.channels.web.tokens import TOKEN_PATTERN
from bot.dialogue.messages import Reply

_TAG = {"type": "string", "description": "BCP 47 language tag, for example ar or fa-AF."}
_DIRECTION = {"type": "string", "enum": ["ltr", "rtl"]}
_WORDS = {"type": "object", "additionalProperties": {"type": "string"}}


def open_api(version: str, languages: list[str]) -> dict[str, Any]:
    """The whole document. `version`: of the desk. `languages`: the codes that the desk speaks."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Orientation desk",
            "version": version,
            "summary": "Ask a free orientation desk for newcomers to Coventry, Birmingham and Wolverhampton.",
            "description": (
                "One conversation is one token. Nothing is needed to start one. Message texts are not stored, but for "
                "questions without an answer, which the reply then tells and lets people refuse; language, city, "
                "the first half of a postcode, the situation if it was told, and the last answer shown are kept for up to 24 hours. There are no cookies "
                "and no keys. "
                f"The desk speaks: {', '.join(languages)}."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/chat": {"post": _chat()},
            "/api/phrases": {"get": _phrases()},
            "/api/health": {"get": _health()},
            "/api/openapi.json": {"get": _itself()},
        },
        "components": {"schemas": _schemas(), "responses": {"Problem": _problem_answer()}},
    }


def _chat() -> dict[str, Any]:
    limited = {
        **_problem("Too many messages at once, in this conversation or from this internet address."),
        "headers": {
            "Retry-After": {
                "description": "Whole seconds to wait.",
                "schema": {"type": "integer", "minimum": 1},
            }
        },
    }
    return {
        "operationId": "sendMessage",
        "summary": "Send a message, press a button, or start a conversation",
        "description": (
            "With text: the desk answers the text. With button: the desk does what the button stands for. "
            "With neither: the conversation starts anew, and the answer is the language picker and a greeting. "
            "Show urgent replies first and large, each reply in its own language and direction, and no text as HTML."
        ),
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("ChatRequest")}}},
        "responses": {
            "200": _answer("The desk's replies.", "ChatAnswer"),
            "400": _problem("The body is not JSON."),
            "413": _problem(f"The body has more than {LARGEST_BODY} bytes."),
            "415": _problem("The body is not application/json."),
            "422": _problem(f"A part has the wrong type, or the text has more than {LONGEST_TEXT} characters."),
            "429": limited,
            "500": _problem("A fault of the desk. The detail names the emergency number."),
        },
    }


def _phrases() -> dict[str, Any]:
    wanted = {
        "name": "language",
        "in": "query",
        "required": False,
        "schema": _TAG,
        "description": "Without it, or where the desk does not speak it: the browser's language, else English.",
    }
    return {
        "operationId": "readPageTexts",
        "summary": "The texts around the conversation, in one language",
        "parameters": [wanted],
        "responses": {"200": _answer("The texts.", "PageTexts")},
    }


def _health() -> dict[str, Any]:
    return {
        "operationId": "readHealth",
        "summary": "Whether the web channel answers",
        "description": (
            "It only tells that the web service answers. It looks neither at the database, nor at the assistant's model, "
            "nor at Telegram."
        ),
        "responses": {"200": _answer("It answers.", "Health")},
    }


def _itself() -> dict[str, Any]:
    return {
        "operationId": "readDescription",
        "summary": "This document",
        "responses": {
            "200": {
                "description": "An OpenAPI 3.1 document.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }


def _schemas() -> dict[str, Any]:
    reply = TypeAdapter(Reply).json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    own = {**reply.pop("$defs"), "Reply": reply}
    for schema in own.values():
        # Every field is always sent, also where it is empty.
        schema.update(required=list(schema["properties"]), additionalProperties=False)
        for name, rule in schema["properties"].items():
            rule.pop("title", None)
            rule.update(_DIRECTION if name == "direction" else {})
    return {**own, **_channel_schemas()}


def _channel_schemas() -> dict[str, Any]:
    token = {"type": "string", "pattern": TOKEN_PATTERN, "description": "The conversation's token. Keep it secret."}
    asked = {
        "conversation": {
            "type": ["string", "null"],
            "description": (
                "The token from the last answer. Without it, or where it is not well formed, a new conversation starts."
            ),
        },
        "text": {"type": ["string", "null"], "maxLength": LONGEST_TEXT, "description": "What the person wrote."},
        "button": {
            "type": ["string", "null"],
            "description": (
                f"The id of a button, exactly as it was sent; at most {LONGEST_BUTTON} bytes. Not together with text."
            ),
        },
        "position": {
            "type": ["object", "null"],
            "properties": {
                "latitude": {"type": "number", "minimum": -90, "maximum": 90},
                "longitude": {"type": "number", "minimum": -180, "maximum": 180},
            },
            "required": ["latitude", "longitude"],
            "additionalProperties": False,
            "description": (
                "Where the person is, in degrees (WGS 84), for services nearby. Not together with text or a button. "
                "Only the first half of the nearest postcode is kept."
            ),
        },
        "language": {
            "type": ["string", "null"],
            "description": (
                "BCP 47 tag of the language the page is in; a hint. Without it the browser's Accept-Language counts."
            ),
        },
    }
    return {
        "ChatRequest": {"type": "object", "properties": asked},
        "ChatAnswer": _closed(
            {
                "conversation": token,
                "language": {**_TAG, "description": "The language for the texts around the conversation from now on."},
                "outcome": {"type": "string", "enum": ["answer", "choices", "unknown", "emergency", "menu", "talk"]},
                "replies": {"type": "array", "items": _ref("Reply")},
            }
        ),
        "PageTexts": _closed(
            {
                "language": _TAG,
                "direction": _DIRECTION,
                "texts": {**_WORDS, "required": list(PAGE)},
                "untranslated": {"type": "array", "items": {"type": "string"}, "description": "Keys still in English."},
            }
        ),
        "Health": _closed({"status": {"const": "ok"}, "version": {"type": "string"}}),
        "Problem": _problem_schema(),
    }


def _problem_schema() -> dict[str, Any]:
    error = _closed({"pointer": {"type": "string"}, "detail": {"type": "string"}})
    schema = _closed(
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "code": {"type": "string", "description": "Short name of the problem, for programs."},
            "detail": {"type": "string", "description": "A kind sentence to show to the person."},
            "language": {**_TAG, "description": "The language of `detail`."},
            "direction": _DIRECTION,
        }
    )
    schema["properties"]["errors"] = {
        "type": "array",
        "items": error,
        "description": "Which part of the request is wrong, in English.",
    }
    return {**schema, "description": "A refused request, as in RFC 9457."}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _answer(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _ref(schema)}}}


def _problem(description: str) -> dict[str, Any]:
    return {**_problem_answer(), "description": description}


def _problem_answer() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    return {"description": "The request was refused.", "content": content}
