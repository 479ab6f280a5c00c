"""The OpenAPI 3.1 description of the Open Referral feed, made of our own parameters and schemas."""

from typing import Any

from bot.channels.web.open_referral.query import FILTERS, NEAR, PAGING, Parameter
from bot.content.open_referral.schemas import schemas

_COLLECTIONS = (
    ("services", "Service", PAGING + FILTERS),
    ("taxonomies", "Taxonomy", PAGING),
    ("taxonomy_terms", "TaxonomyTerm", PAGING),
    ("service_at_locations", "ServiceAtLocation", PAGING + FILTERS + NEAR),
)


def feed_description(version: str) -> dict[str, Any]:
    """The whole document. `version`: of the desk."""
    paths = {"/": {"get": _operation("readAbout", "Which standard this is", _json("About"))}}
    for name, schema, parameters in _COLLECTIONS:
        listed = _operation(f"list_{name}", f"A page of {name}", _list_of(schema, parameters), parameters)
        paths[f"/{name}"] = {"get": listed}
        paths[f"/{name}/{{id}}"] = {"get": _one(name, schema)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Orientation desk: services as open data",
            "version": version,
            "summary": "Open Referral UK 3.0, with the fields of HSDS 3.0 that newcomers need.",
            "description": "No key is needed. Fields that begin with x_ are our own.",
        },
        "servers": [{"url": "/oruk/v3"}],
        "paths": paths,
        "components": {"schemas": {**schemas(), "About": _about(), "Minimal": _minimal(), "Problem": _problem()}},
    }


def _operation(
    key: str, summary: str, content: dict[str, Any], parameters: tuple[Parameter, ...] = ()
) -> dict[str, Any]:
    answers = {
        "200": {"description": "The answer.", "content": content},
        "304": {"description": "The asker has it already (If-None-Match or If-Modified-Since)."},
    }
    if parameters:
        answers["400"] = _refusal("A parameter has a wrong value; the answer names it.")
    described = [
        {"name": each.name, "in": "query", "required": False, "schema": each.schema, "description": each.description}
        for each in parameters
    ]
    return {"operationId": key, "summary": summary, "parameters": described, "responses": answers}


def _one(name: str, schema: str) -> dict[str, Any]:
    operation = _operation(f"read_{name}", f"One of {name} with all that belongs to it", _json(schema))
    operation["parameters"] = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}, "description": "Its UUID."}
    ]
    operation["responses"]["404"] = _refusal("There is none with this id.")
    return operation


def _list_of(schema: str, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    if not any(each.name == "format" for each in parameters):
        return _json(f"{schema}Page")
    whole, page = {"$ref": f"#/components/schemas/{schema}"}, {"$ref": f"#/components/schemas/{schema}Page"}
    short = {"$ref": "#/components/schemas/Minimal"}
    minimal = {"type": "object", "properties": {"contents": {"type": "array", "items": short}}}
    return {
        "application/json": {"schema": {"anyOf": [page, minimal]}},
        "application/x-ndjson": {"schema": {"type": "string"}, "x-line": {"anyOf": [whole, short]}},
    }


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _refusal(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}


def _about() -> dict[str, Any]:
    address = {"type": "string", "format": "uri"}
    properties = {"version": {"type": "string"}, "profile": address, "openapi_url": address}
    return {"type": "object", "required": list(properties), "properties": properties}


def _minimal() -> dict[str, Any]:
    moment = {"type": "string", "format": "date-time"}
    return {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "modified_date": moment}}


def _problem() -> dict[str, Any]:
    texts = dict.fromkeys(("type", "title", "code", "detail"), {"type": "string"})
    return {
        "type": "object",
        "description": "A refused request, as in RFC 9457.",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {**texts, "status": {"type": "integer"}},
    }
