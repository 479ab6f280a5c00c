"""The texts of the desk in the person's language, from the gettext catalogues under translations/. No language guessing.

A translation is data: `{name}` is replaced from an allow-list of values, and nothing in it is ever formatted or run.
"""

import io
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from bot.errors import ContentError
from bot.skills.languages import Language, read_languages, to_gettext

log = logging.getLogger(__name__)

DOMAINS = ("messages", "answers", "safety")
SOURCE_LANGUAGE = "en"
_QUOTED = re.compile(r'(msg\w+(\[\d+\])?\s+)?"')
_CLOSED = re.compile(r'(?<!\\)(\\\\)*"\s*$')
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Marks that can turn a text round unseen; isolates (U+2066 to U+2069) are the ones that may stay.
HIDDEN = re.compile("[\u202a-\u202e\u200b\ufeff]")


@dataclass(frozen=True)
class Said:
    """A text and the language that it is really in, which is English where no translation exists."""

    text: str
    language: str


def read_catalogue(path: Path, code: str) -> Catalog:
    """Read a .po file. Raises ContentError with file, line and what to do for one that is damaged."""
    try:
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            # Babel takes such a line and cuts off its last letter, which may be the last figure of a telephone number.
            if _QUOTED.match(line) and not _CLOSED.search(line):
                raise ContentError(f"{path.name}:{number}: the line has no closing quotation mark. Put it back.")
        return read_po(io.StringIO(text), locale=to_gettext(code), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise ContentError(f"{path} cannot be read: {error}. Open it in a PO editor and save it again.") from error


class Phrases:
    """All catalogues of one translations folder. A language is read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        """Read languages.csv in `folder`. Raises ContentError if it has faults."""
        self._folder = folder
        self._listed = read_languages(folder / "languages.csv")
        self.languages: dict[str, Language] = {code: each for code, each in self._listed.items() if each.says == "all"}
        self._catalogue = lru_cache(maxsize=None)(self._read)

    def say(self, language: str, message: str, /, **values: str | int) -> str:
        """An interface text in `language`, or in English where it is missing; `{name}` is replaced by `values`."""
        return _fill(self.find("messages", language, message).text, values)

    def speaker(self, language: str) -> Callable[..., str]:
        """`say` for one language; by custom it is called `_`, so that pybabel finds the messages."""

        def _(message: str, /, **values: str | int) -> str:
            return self.say(language, message, **values)

        return _

    def find(self, domain: str, language: str, message: str) -> Said:
        """The text in `language`, else in the wider language (fa for fa-AF), else the English message itself."""
        for code in dict.fromkeys((language, language.split("-")[0])):
            if code == SOURCE_LANGUAGE:
                break
            translated = self._catalogue(domain, code).get(message)
            if translated:
                return Said(translated, language)
        return Said(message, SOURCE_LANGUAGE)

    def nearest(self, code: str | None) -> str | None:
        """The language of the desk for a BCP 47 code: itself, or the wider one (fa for fa-AF); None where it has none."""
        return _nearest(code, self.languages)

    def nearest_in_danger(self, code: str | None) -> str | None:
        """As `nearest`, among all languages that have safety texts, also those in which the desk says nothing else."""
        return _nearest(code, self._listed)

    def listed(self, language: str, items: Iterable[str]) -> str:
        """The items one after the other, with the comma of the language's script."""
        return ("\u060c " if self.direction(language) == "rtl" else ", ").join(items)

    def direction(self, language: str) -> str:
        """ "ltr" or "rtl"."""
        return self._listed[language].direction if language in self._listed else "ltr"

    def is_reviewed(self, language: str) -> bool:
        """True where a native speaker has checked the texts; English is the source."""
        return language == SOURCE_LANGUAGE or bool(language in self._listed and self._listed[language].reviewed_by)

    def _read(self, domain: str, code: str) -> dict[str, str]:
        if code not in self._listed:
            return {}
        path = self._folder / to_gettext(code) / "LC_MESSAGES" / f"{domain}.po"
        if not path.exists():
            return {}
        try:
            catalogue = read_catalogue(path, code)
        except ContentError as error:  # one damaged file must not silence the desk: English stands in for it
            log.error("%s", error)
            return {}
        return {
            str(message.id): HIDDEN.sub("", str(message.string))
            for message in catalogue
            if message.id and message.string and not message.fuzzy
        }


def _nearest(code: str | None, languages: dict[str, Language]) -> str | None:
    return next((each for each in (code, (code or "").split("-")[0]) if each in languages), None)


def _fill(text: str, values: dict[str, str | int]) -> str:
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)
