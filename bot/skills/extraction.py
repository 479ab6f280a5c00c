"""Babel extractors for the texts that are not in Python (answers, safety texts, domain.yml), and the templates made of all.

Each yields (line, function name, message, comments) as Babel asks; the mapping files are translations/*.cfg.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po
from ruamel.yaml import YAML

from bot.skills.languages import read_languages, to_gettext
from bot.skills.phrases import DOMAINS, SOURCE_LANGUAGE, read_catalogue

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
    for text in (loaded["soft"]["text"], *loaded["soft"]["buttons"]):
        yield loaded["soft"].lc.line + 1, "", str(text), ["the question of care, and its buttons"]


def extract_domain(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Found:
    """The utterances of domain.yml."""
    for name, variations in (YAML().load(file).get("responses") or {}).items():
        for variation in variations:
            yield variation.lc.line + 1, "", str(variation["text"]), [name]


def extract_names(file: BinaryIO, keywords: Any, comment_tags: Any, options: dict) -> Found:
    """The names of topics (taxonomy_terms.csv) and cities (cities.csv)."""
    reader = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline=""))
    for row in reader:
        if row.get("taxonomy", "topic") == "topic":
            yield reader.line_num, "", row["name"], ["the name of a topic or a city"]


# Besides `_`, functions whose texts people read; the number says which argument is the text.
KEYWORDS = {**DEFAULT_KEYWORDS, "say": (2,), "_say": (1,), "InputRefused": (1,)}


def extract_template(home: Path, domain: str) -> Catalog:
    """The template (.pot) of a domain as the sources in `home` have it now; mapped by translations/<domain>.cfg."""
    with (home / "translations" / f"{domain}.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="orientation-desk", version="1", copyright_holder="The Orientation Desk project")
    catalogue.fuzzy = False
    found = extract_from_dir(
        home,
        methods,
        options,
        KEYWORDS,
        strip_comment_tags=True,
        directory_filter=lambda folder: _is_searched(Path(folder).relative_to(home)),
    )
    for name, _line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, None, [(name, None)], auto_comments=comments, context=context)
    return catalogue


def _is_searched(folder: Path) -> bool:
    return folder.parts[0] in ("bot", "services_data") and "__pycache__" not in folder.parts


def template_text(catalogue: Catalog) -> str:
    """A template as it is written to disk: without the day it was made, so that it changes only with its messages."""
    written = io.BytesIO()
    write_po(written, catalogue, width=0, sort_output=False, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By'))
    )


def update_catalogues(home: Path) -> list[Path]:
    """Write the templates anew and bring every language's catalogues up to them. Returns the files that changed.

    A translation whose English is gone stays in the file as obsolete; nothing is guessed.
    """
    changed = []
    folder = home / "translations"
    for domain in DOMAINS:
        template = extract_template(home, domain)
        changed += _write_if_new(folder / f"{domain}.pot", template_text(template))
        for code in read_languages(folder / "languages.csv"):
            if code != SOURCE_LANGUAGE:
                path = folder / to_gettext(code) / "LC_MESSAGES" / f"{domain}.po"
                changed += _write_if_new(path, _updated(path, template, to_gettext(code)))
    return changed


def _updated(path: Path, template: Catalog, locale: str) -> str:
    catalogue = Catalog(locale=locale, project="orientation-desk", version="1", fuzzy=False)
    if path.exists():
        catalogue = read_catalogue(path, locale)
    catalogue.update(template, no_fuzzy_matching=True)
    return template_text(catalogue)


def _write_if_new(path: Path, text: str) -> list[Path]:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [path]
