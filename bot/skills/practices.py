"""Finds good ideas of other cities by words, place and theme; a slip of the pen is forgiven. No texts for people here."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.content.records import Practice

LONGEST_SEARCH = 200  # characters; limits the work on one absurd question
SHORTEST_BEGINNING = 4  # letters; a shorter beginning fits too many words
SHORTEST_MISSPELT = 5  # letters; shorter words are too easily another word
NEAR_ENOUGH = 80  # of 100, as rapidfuzz counts likeness: about one wrong letter in five
WHOLE, BEGINNING, MISSPELT = 1.0, 0.8, 0.6
WEIGHTS = {"title": 4, "city": 4, "country": 3, "theme": 3, "what": 2, "evidence": 1, "source": 1}
EMPTY_WORDS = frozenset(
    re.findall(r"\w+", "a an and are at by do does for from how in is of on or our that the their they to we what with")
)
SHORT_NAMES = {"uk": "united kingdom", "britain": "united kingdom", "us": "united states", "usa": "united states"}


def find_practices(
    practices: Iterable[Practice], text: str = "", city: str = "", country: str = "", theme: str = ""
) -> list[Practice]:
    """The practices that fit, best first; without `text` in the order of their titles.

    text: any words, of which at least half must fit. city, country: names. theme: work, live, learn, connect or plan.
    An empty condition fits all; a theme that there is not fits none.
    """
    asked = [word for word in _words(text[:LONGEST_SEARCH]) if word not in EMPTY_WORDS]
    found = []
    for practice in practices:
        if theme and practice.theme != theme:
            continue
        if not (_is_named(city, practice.city) and _is_named(country, practice.country)):
            continue
        fits = [fit for fit in _fits(asked, practice) if fit]
        if 2 * len(fits) >= len(asked):
            found.append((-len(fits), -sum(fits), practice.title, practice.id, practice))
    return [practice for *_, practice in sorted(found, key=lambda each: each[:-1])]


def _fits(asked: list[str], practice: Practice) -> list[float]:
    """How well each asked word fits the practice: 0 not at all; a word of the title counts more than one of the text."""
    fields = {name: _words(getattr(practice, name)) for name in WEIGHTS}
    return [
        max((WEIGHTS[name] * _likeness(word, there) for name, words in fields.items() for there in words), default=0)
        for word in asked
    ]


def _likeness(asked: str, there: str) -> float:
    if asked == there:
        return WHOLE
    if min(len(asked), len(there)) >= SHORTEST_BEGINNING and there.startswith(asked):
        return BEGINNING
    if min(len(asked), len(there)) >= SHORTEST_MISSPELT and fuzz.ratio(asked, there, score_cutoff=NEAR_ENOUGH):
        return MISSPELT
    return 0


def _is_named(asked: str, name: str) -> bool:
    """Whether each word of a place that was asked for stands in a name; "Birmingham" is in "Coventry, Birmingham"."""
    there = _words(name)
    asked = asked[:LONGEST_SEARCH].strip()
    wanted = _words(SHORT_NAMES.get(asked.casefold(), asked))
    return all(any(_likeness(word, each) for each in there) for word in wanted) and bool(wanted or not asked)


def _words(text: str) -> list[str]:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
