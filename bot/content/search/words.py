"""Words for searching: how texts and questions are cut into words, and which words of the index a question means.

Both databases get the same words from here, so that they find the same. No SQL.
"""

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex
from rapidfuzz import fuzz, process

LONGEST_TEXT = 500  # characters of a question that are looked at
MOST_WORDS = 12
LONGEST_WORD = 40
MOST_FORMS = 12  # words of the index that one word of a question may stand for
CLOSE_ENOUGH = 80  # of 100: "nashional" passes for "national", "well" does not for "will"
SHORTEST_GUESSED = 5  # letters; the shorter ones are too like each other to guess

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_ENDINGS = ("ies", "ing", "es", "ed", "s", "y")  # what English adds to a word
_SHORTEST_STEM = 4
# Words that say how a sentence is built and not what it is about.
_EMPTY = (
    "a about am an and any anyone are as at be because been but by can could did do does for from get give go had has "
    "have he her here him his how i if in into is it its just let like ll m make me my no not of on or our out please "
    "re s she should so some someone t than that the their them then there they this to too until up us ve was we were "
    "what when where which who why will with would you your"
)
_EMPTY_WORDS = frozenset(_EMPTY.split())


def words_of(text: str) -> list[str]:
    """The words of a text, in order: lower case, without accents and vowel signs, letters of any script and digits."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return [word[:LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFKC", plain))]


def question_words(text: str) -> list[str]:
    """The words of a question that say what it is about, at most MOST_WORDS, each once."""
    words = words_of(text[:LONGEST_TEXT])
    telling = [word for word in words if word not in _EMPTY_WORDS] or words
    return list(dict.fromkeys(telling))[:MOST_WORDS]


@dataclass(frozen=True)
class Sought:
    """A word of the question, as the words of the index it may stand for, the likeliest first."""

    terms: tuple[str, ...]
    documents: int  # services that hold one of them, at most
    weight: float  # how much it tells: rare words more


class Vocabulary:
    """The words of the index, and in how many services each stands."""

    def __init__(self, counts: dict[str, int], services: int) -> None:
        self._counts = counts
        self._terms = sorted(counts)
        self._guessable = [term for term in self._terms if len(term) >= SHORTEST_GUESSED - 1 and term.isalpha()]
        self._services = services

    def sought(self, text: str) -> list[Sought]:
        """What a question looks for, the rarest word first; words that are not in the index, nor nearly, are left out."""
        words = question_words(text)
        joined = self._written_as_one(words)
        found = [self._sought(terms) for word in words if (terms := self._forms(word, joined.get(word)))]
        return sorted(found, key=lambda one: one.documents)

    def _sought(self, terms: tuple[str, ...]) -> Sought:
        documents = min(self._services, sum(self._counts[term] for term in terms))
        rarity = math.log(1 + (self._services - documents + 0.5) / (documents + 0.5))
        return Sought(terms, documents, rarity)

    def _written_as_one(self, words: list[str]) -> dict[str, str]:
        """For each of two words that the index holds as one, as in "food bank" and "Foodbank", that one."""
        pairs = ((one, other, one + other) for one, other in pairwise(words) if one + other in self._counts)
        return {word: whole for one, other, whole in pairs for word in (one, other)}

    def _forms(self, word: str, whole: str | None) -> tuple[str, ...]:
        forms = [form for form in (word, whole) if form in self._counts]
        stem = _stem(word)
        if len(stem) >= _SHORTEST_STEM:
            forms += [term for term in self._beginning(stem) if _stem(term) == stem]
        if not forms and len(word) >= SHORTEST_GUESSED:
            forms = self._guessed(word)
        return tuple(dict.fromkeys(forms))[:MOST_FORMS]

    def _beginning(self, start: str) -> list[str]:
        first = bisect_left(self._terms, start)
        last = bisect_left(self._terms, start + "\U0010ffff")
        return self._terms[first:last]

    def _guessed(self, word: str) -> list[str]:
        close = process.extract(word, self._guessable, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=2)
        return [term for term, _, _ in close]


def words_score(sought: Sequence[Sought], columns: Sequence[str], weights: Sequence[float]) -> float:
    """How much of what is sought stands in a text, 0 to 1. columns: parts of the text, words with spaces between them;
    weights: how much a word counts in each of them, 0 to 1, the most important part first."""
    found = total = 0.0
    parts = [set(column.split()) for column in columns]
    for one in sought:
        total += one.weight
        for words, weight in zip(parts, weights, strict=True):
            if not words.isdisjoint(one.terms):
                found += weight * one.weight
                break
    return found / total if total else 0.0


def _stem(word: str) -> str:
    """The word without an English ending, as far as that leaves enough of it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
