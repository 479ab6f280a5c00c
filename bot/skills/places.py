"""Which city of the desk a message names. Postcodes, other towns and positions are in whereabouts.py."""

import difflib
import re
from collections.abc import Iterable, Mapping

from bot.content.records import City
from bot.skills.needs import words_in
from bot.skills.phrases import Phrases

_WORD = re.compile(r"[^\W\d_]{4,}", re.UNICODE)
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_OTHER_WORDS = 3
_CLOSE_ENOUGH = 0.84  # "coventary" and "birmigham" pass, "cover" does not


def city_named(text: str, names: Mapping[str, str]) -> str | None:
    """The id of the one city that `text` names; None where it names none, or several.

    names: a name in any language or spelling, lower case -> city id. Misspelt names of six and more letters count.
    """
    found = {_city_of(word, names) for word in _WORD.findall(text.casefold())} - {None}
    found |= {city for name, city in names.items() if _WITHOUT_SPACES.fullmatch(name) and name in text}
    return found.pop() if len(found) == 1 else None


def is_little_more_than_city(text: str, names: Mapping[str, str]) -> bool:
    """Whether a message names one city and has at most three other words, as "and in Birmingham?" has.

    names: as for `city_named`.
    """
    return city_named(text, names) is not None and words_in(text) <= 1 + _OTHER_WORDS


def _city_of(word: str, names: Mapping[str, str]) -> str | None:
    if word in names:
        return names[word]
    close = difflib.get_close_matches(word, names, n=1, cutoff=_CLOSE_ENOUGH) if len(word) >= 6 else []
    return names[close[0]] if close else None


def city_spellings(cities: Iterable[City], phrases: Phrases) -> dict[str, str]:
    """The names of the cities in every language of the desk, lower case -> city id."""
    return {phrases.say(language, city.name).casefold(): city.id for city in cities for language in phrases.languages}
