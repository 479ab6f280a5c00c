"""How much the words of a message speak for each language: whole words first, then the runs of letters within them.

The lists lie in language_words/, one file a language; they are read when the first message of their script comes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

LISTS = Path(__file__).with_name("language_words")
LISTED = 2.0  # what a word adds for a language that lists it, beside its runs of letters
STRONGEST = 4.0  # no word speaks for or against a language by more than this
RUNS_COUNT = 0.3  # neighbouring runs overlap, so each tells less than it seems to
SMOOTHING = 250.0  # how many runs a list must have before it is believed as much as all the lists together
# People from Afghanistan and Iran write one language: its lists are one when it is told from others.
# English words of life here ("school", "council tax") stand in messages of every language, so they count for less.
TOGETHER = {"fa": ("fa", "fa-AF"), "en": ("en", "en-life")}
BORROWED_COUNT = 0.35
# One word from several keyboards: Arabic kaf, yeh and heh for those of Persian and Kurdish, and the joiner left out.
_KEYBOARDS = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ە": "ه", "ۀ": "ه", "\u200c": None, "\u200d": None})
_DOUBLED = re.compile(r"([a-z])\1+")
ROMANISED = "-Latn"


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of language_words/<name>.txt as `spell` gives them; empty where there is no such file."""
    path = LISTS / f"{name}.txt"
    return frozenset(map(spell, path.read_text(encoding="utf-8").split())) if path.exists() else frozenset()


@cache
def word_list(code: str) -> frozenset[str]:
    """Everyday words of a language; empty where it has no list.

    code: BCP 47, with `-Latn` for a language that is typed with Latin letters for want of its own.
    """
    words = frozenset().union(*(read_words(each) for each in TOGETHER.get(code, (code,))))
    # "kaam" and "kam", "hoon" and "hon": nobody has learned how to spell a language in letters that it does not have.
    return words | {_DOUBLED.sub(r"\1", word) for word in words} if code.endswith(ROMANISED) else words


def spell(word: str) -> str:
    """The word as the lists have it, whatever keyboard it was typed on."""
    return word.casefold().replace("’", "'").translate(_KEYBOARDS)


@dataclass(frozen=True)
class Evidence:
    """What the words of a message say: by language how well they fit (a logarithm; 0.0 is the mean of all), and which of
    them its list has."""

    fit: dict[str, float]
    listed: dict[str, set[str]]


def is_borrowed(word: str) -> bool:
    """True for an English word of life here that people use in all languages."""
    return word in word_list("en-life")


def weigh(words: Sequence[str], codes: tuple[str, ...]) -> Evidence:
    """Hold words, spelled by `spell`, against languages; `codes` as in `word_list`."""
    all_borrowed = all(map(is_borrowed, words))
    tables = _tables(codes)
    total = np.zeros(len(codes))
    listed: dict[str, set[str]] = {code: set() for code in codes}
    for word in words:
        fit = tables.fit(word)
        for place in tables.listing(word):
            fit[place] += LISTED
            listed[codes[place]].add(word)
        count = BORROWED_COUNT if is_borrowed(word) and not all_borrowed else 1.0
        total += count * np.clip(fit, -STRONGEST, STRONGEST)
    return Evidence(dict(zip(codes, total.tolist(), strict=True)), listed)


def _runs_of(word: str) -> list[str]:
    """All runs of two and three letters, with the word's edges as letters."""
    edged = f"^{word}$"
    return [edged[at : at + size] for size in (2, 3) for at in range(len(edged) - size + 1)]


@dataclass(frozen=True)
class _Tables:
    """Of the languages of one script, by place: how much each run of letters speaks for each, and which list a word.

    runs: a row for each run of letters, and a last one for all that no list has; a column for each language.
    """

    rows: dict[str, int]
    runs: np.ndarray
    words: dict[str, tuple[int, ...]]
    romanised: frozenset[int]

    def fit(self, word: str) -> np.ndarray:
        """How well the word's runs of letters fit each language."""
        return RUNS_COUNT * self.runs[[self.rows.get(run, -1) for run in _runs_of(word)]].sum(axis=0)

    def listing(self, word: str) -> set[int]:
        """The places of the languages that list the word, for romanised ones also with double letters made single."""
        places = set(self.words.get(word, ()))
        plain = _DOUBLED.sub(r"\1", word)
        return places if plain == word else places | (self.romanised & set(self.words.get(plain, ())))


@cache
def _tables(codes: tuple[str, ...]) -> _Tables:
    lists = [word_list(code) for code in codes]
    counts = [Counter(run for word in words for run in _runs_of(word)) for words in lists]
    totals = np.array([max(1, count.total()) for count in counts], float)
    known = sorted({run for count in counts for run in count})
    here = np.array([[count[run] for count in counts] for run in known], float)
    common = (here / totals).mean(axis=1, keepdims=True)
    runs = np.log((here + SMOOTHING * common) / ((totals + SMOOTHING) * common))
    unseen = np.log(SMOOTHING / (totals + SMOOTHING))
    words: dict[str, tuple[int, ...]] = {}
    for place, listed in enumerate(lists):
        for word in listed:
            words[word] = (*words.get(word, ()), place)
    romanised = frozenset(place for place, code in enumerate(codes) if code.endswith(ROMANISED))
    rows = {run: row for row, run in enumerate(known)}
    return _Tables(rows, np.vstack([runs, unseen - unseen.mean()]), words, romanised)
