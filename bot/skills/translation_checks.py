"""Checks of the catalogues under translations/: can each be read, and do numbers and placeholders survive translation?"""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message

from bot.errors import ContentError
from bot.skills.languages import read_languages, to_gettext
from bot.skills.phrases import DOMAINS, HIDDEN, SOURCE_LANGUAGE, read_catalogue

_PLACEHOLDER = re.compile(r"\{\w*\}")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ADDRESS = re.compile(r"https?://[^\s)>،؛]+|\b[\w.]+@[\w.]+\b|\bgov\.uk/\w+", re.IGNORECASE)


def check_translations(folder: Path) -> Iterator[str]:
    """Faults of all catalogues as "file:line: what is wrong; what to do"."""
    try:
        languages = read_languages(folder / "languages.csv")
    except ContentError as error:
        yield from str(error).splitlines()
        return
    for code in languages:
        if code == SOURCE_LANGUAGE:
            continue
        for domain in DOMAINS:
            path = folder / to_gettext(code) / "LC_MESSAGES" / f"{domain}.po"
            name = str(path.relative_to(folder.parent))
            if not path.exists():
                yield f"{name}: is missing. Make it with `pybabel init` or remove {code} from languages.csv."
                continue
            yield from _check_file(path, name, code)


def _check_file(path: Path, name: str, code: str) -> Iterator[str]:
    try:
        catalogue = read_catalogue(path, code)
    except ContentError as error:
        yield f"{name}: {error}"
        return
    for message in catalogue:
        if message.id and message.string:
            yield from (f"{name}:{message.lineno} {fault}" for fault in message_faults(message))


def message_faults(message: Message) -> Iterator[str]:
    """What is wrong with one translated message: placeholders, numbers, addresses, hidden direction marks."""
    source, text = str(message.id), str(message.string)
    for what, pattern in (("placeholder", _PLACEHOLDER), ("number", _NUMBER), ("address", _ADDRESS)):
        wanted, found = sorted(set(pattern.findall(source))), sorted(set(pattern.findall(text)))
        if wanted != found:
            yield (
                f"{what}: the English has {', '.join(wanted) or 'none'}, the translation {', '.join(found) or 'none'}. "
                f"Copy it from the English: {source[:60]!r}"
            )
    if HIDDEN.search(text):
        yield f"direction: has an invisible direction mark. Type the text again: {source[:60]!r}"
