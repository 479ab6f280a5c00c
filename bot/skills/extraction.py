"""Babel extractors for the texts that are not in Python: answers, safety texts, domain.yml. Used by `pybabel extract`.

Each yields (line, function name, message, comments) as Babel asks; the mapping files are translations/*.cfg.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from ruamel.yaml import YAML

Found = Iterator[tuple[int, str, str, list[str]]]


def extract_answers(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Found:
    """The question, points, warnings and audience of each entry of services_data/answers/<topic>.yml."""
    for entry in YAML().load(file):
        line = entry.lc.line + 1
        for kind in ("question", "points", "careful", "audience_note"):
            values = entry.get(kind) or []
            for value in [values] if isinstance(values, str) else values:
                text = value if isinstance(value, str) else value["text"]
                yield line, "", str(text), [f"{entry['id']} {kind}"]


def extract_safety(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Found:
    """The fixed lines and number labels of services_data/safety.yml."""
    loaded = YAML().load(file)
    for group in loaded["groups"]:
        line = group.lc.line + 1
        for text in (*group["text"], *(number["label"] for number in group.get("numbers") or [])):
            yield line, "", str(text), [f"{group['id']}: a fixed safety text. Keep every number."]
    yield loaded["soft"].lc.line + 1, "", str(loaded["soft"]["text"]), ["soft text"]


def extract_domain(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Found:
    """The utterances of domain.yml."""
    for name, variations in (YAML().load(file).get("responses") or {}).items():
        for variation in variations:
            yield variation.lc.line + 1, "", str(variation["text"]), [name]


def extract_names(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Found:
    """The topic names of services_data/taxonomy_terms.csv."""
    import csv
    import io

    reader = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline=""))
    for row in reader:
        if row["taxonomy"] == "topic":
            yield reader.line_num, "", row["name"], ["name of a topic"]
