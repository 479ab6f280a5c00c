"""The JSON Schemas that a feed is held against: our own, or the standard's files out of a folder. No requests here."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker, RefResolver
from jsonschema.exceptions import SchemaError

from bot.content.open_referral.schemas import schemas
from bot.errors import FeedError

COLLECTIONS = ("services", "taxonomies", "taxonomy_terms", "service_at_locations")
OWN_NAMES = {
    "services": "Service",
    "taxonomies": "Taxonomy",
    "taxonomy_terms": "TaxonomyTerm",
    "service_at_locations": "ServiceAtLocation",
}
LISTED = (
    "_list"  # the standard's files for records in lists end so; where one is missing, that of the whole record holds
)

Schemas = Mapping[str, Draft202012Validator]  # by address: "services" for records in the list, "services/{id}"


def own_schemas() -> Schemas:
    """Our own schemas, written by hand."""
    document = {"$defs": schemas("#/$defs/")}
    resolver = RefResolver.from_schema(document)
    validators = {
        name: Draft202012Validator(document["$defs"][own], resolver=resolver, format_checker=_formats())
        for name, own in OWN_NAMES.items()
    }
    return validators | {f"{name}/{{id}}": validator for name, validator in validators.items()}


def official_schemas(folder: Path) -> Schemas:
    """The schemas that the OpenAPI document in the folder names, out of JSON files anywhere in it. Raises FeedError."""
    try:
        files = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.json"))}
    except (OSError, ValueError) as error:
        raise FeedError(f"The schemas in {folder} cannot be read: {error}. Fetch them anew.") from error
    documents = [content for path, content in files.items() if path.name == "openapi.json"]
    if not documents:
        raise FeedError(f"There is no openapi.json in {folder}. Give the folder of the standard's files.")
    # Examples lie beside the schemas under the same names; only a schema has properties.
    known = {path.name: content for path, content in files.items() if "properties" in content}
    validators = {}
    for name in COLLECTIONS:
        for address, listed in ((name, True), (f"{name}/{{id}}", False)):
            file = _file_of(documents[0], f"/{address}", listed, known)
            validators[address] = _validator(file, known)
    return validators


def _file_of(document: dict, path: str, listed: bool, known: Mapping[str, dict]) -> str:
    try:
        answer = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        reference = answer["properties"]["contents"]["items"]["$ref"] if listed else answer["$ref"]
    except (KeyError, TypeError) as error:
        raise FeedError(f"The OpenAPI document names no schema for {path}. Fetch the standard's files anew.") from error
    name = _file_name(reference)
    for file in (name, name.replace(f"{LISTED}.json", ".json")):
        if file in known:
            return file
    raise FeedError(f"The schema {name} is missing in the folder. Fetch the standard's files anew.")


def _validator(file: str, known: Mapping[str, dict]) -> Draft202012Validator:
    _complete(file, known)
    try:
        Draft202012Validator.check_schema(known[file])
    except SchemaError as error:
        raise FeedError(f"{file} is no JSON Schema: {error.message}. Fetch it anew.") from error
    resolver = _Folder(known, file)
    return Draft202012Validator(known[file], resolver=resolver, format_checker=_formats())


class _Folder(RefResolver):
    """Finds what a schema refers to among the files of the folder, by the file's name, and never on the network."""

    def __init__(self, known: Mapping[str, dict], file: str) -> None:
        super().__init__(file, known[file])
        self._known = known

    def resolve_remote(self, uri: str) -> dict:
        """The schema of that name; `_complete` has seen to it that it is there."""
        return self._known[_file_name(uri)]


def _complete(file: str, known: Mapping[str, dict]) -> None:
    """Raise FeedError where a schema refers to one that is not in the folder, by itself or through others."""
    seen, waiting = set(), [file]
    while waiting:
        name = waiting.pop()
        if name not in known:
            raise FeedError(f"The schema {name} is missing in the folder. Fetch the standard's files anew.")
        seen.add(name)
        waiting += {_file_name(reference) for reference in _references(known[name])} - seen - {""}


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from _references(child)


def _file_name(reference: str) -> str:
    return urlsplit(reference).path.rpartition("/")[2]


def _formats() -> FormatChecker:
    """The formats of the standard; jsonschema alone leaves out those for which it wants further libraries."""
    checker = FormatChecker(formats=("uuid", "email", "date"))
    checker.checks("uri")(_is_address)
    checker.checks("date-time", raises=ValueError)(_is_moment)
    return checker


def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and " " not in value


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
