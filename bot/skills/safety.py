"""Finds emergencies in a message by the trigger phrases of each language, before any model and without any.

No texts here (bot/content/safety_texts.py reads them), no language detection, nothing kept of what people write.

How: a message becomes a row of words; for every known word an integer holds its places in the row as bits. A phrase
is then a few shifts and ands over the whole row, so hostile input costs no more than its length.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from bot.content.safety_texts import SafetyTexts, parse_phrase
from bot.skills.misspellings import Misspellings

GAP_WORDS = 4  # `...` stands for up to so many words
GAP_SIGNS = 8  # the same in scripts without spaces, where every sign is a word
LONGEST = 4000  # characters read of a message from its start; what is longer is read from its end too
SHORTEST_AFTER_PREFIX = 2  # letters that must be left of a word for its prefix to be one
LENDER = "en"  # its words ("stroke", "detention") stand in the messages and in the triggers of all other languages
_LONGEST_PREFIX = 4  # letters
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´*\u200c\u200d\u00ad\u0640"))
# Letters that people of one script type for each other, for want of a key or out of habit.
_SAME_LETTER = str.maketrans("ıøłđðґیىېۍێکھہەةٱۆڵڕںګ", "iolddгيييييكههههاولرنگ")
# The same in the Ethiopic script, where whole rows of signs sound alike: their first signs, and how many there are.
for _typed, _meant, _signs in (("ሐ", "ሀ", 8), ("ኀ", "ሀ", 8), ("ሠ", "ሰ", 8), ("ዐ", "አ", 7), ("ፀ", "ጸ", 7)):
    _SAME_LETTER |= {ord(_typed) + at: ord(_meant) + at for at in range(_signs)}
_SIGN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
_WORD = regex.compile(rf"{_SIGN}|(?:(?!{_SIGN})[\p{{L}}\p{{M}}])+|\p{{N}}+|\p{{So}}")
_IS_SIGN = regex.compile(_SIGN)
_REPEATED = regex.compile(r"(?!\p{Han})(\p{L})\1+")
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]")


def fold(text: str) -> list[str]:
    """The words of a text without case, accents, apostrophes, punctuation, unseen signs and repeated letters."""
    text = text.casefold().translate(_APOSTROPHES)
    if not text.isascii():
        # Marks that carry a combining class are accents or vowel points; signs that make up a letter have none
        # (or 9, the sign that joins letters in scripts of India).
        text = _INVISIBLE.sub("", text)
        letters = (sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.combining(sign) in (0, 9))
        text = unicodedata.normalize("NFC", "".join(letters)).translate(_SAME_LETTER)
    return _WORD.findall(_REPEATED.sub(r"\1", text))


@dataclass(frozen=True)
class Signs:
    """What the words of a message tell.

    emergencies: ids of the groups it may be about, most severe first.
    worried: it has words that need care without an alarm.
    languages: those whose words tell of an emergency; chance has it that now and then it is another than the message's.
    """

    emergencies: tuple[str, ...] = ()
    worried: bool = False
    languages: frozenset[str] = frozenset()

    def are_in(self, language: str) -> bool:
        """Whether words of this language, or of a near kind of it (fa for fa-AF), tell of an emergency."""
        return language.split("-")[0] in {each.split("-")[0] for each in self.languages}


@dataclass(frozen=True)
class _Slot:
    """One place of a compiled phrase: single words, longer alternatives, the gap before it in words."""

    singles: frozenset[str]
    longer: tuple[tuple[str, ...], ...]
    gap: int
    optional: bool

    def first_words(self) -> set[str]:
        return set(self.singles) | {words[0] for words in self.longer}


_Phrase = tuple[_Slot, ...]


@dataclass(frozen=True)
class _Entry:
    """A phrase, the place of its group, and the sets of words of each of which the message must have one, rarest first."""

    owner: int
    phrase: _Phrase
    needed: tuple[frozenset[str], ...]

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Whether none of the needed words is missing, which is quick to tell."""
        return not any(map(words.isdisjoint, self.needed))


class _Row:
    """The words of one message in one language, as bits: bit n of `places[word]` is set where word n is that word.
    `written` are the words as they stand in the message, where short forms are not written out."""

    def __init__(self, places: dict[str, int], written: list[str]) -> None:
        self.places = places
        self.written = written
        self.length = len(written)
        self._found: dict[int, int] = {}

    def ends(self, phrase: _Phrase, starts: int, blocked: int = 0) -> int:
        """Bits of the places just after the phrase, if it begins at one of `starts` and uses no blocked word."""
        reach = starts
        for slot in phrase:
            here = reach
            for _ in range(slot.gap):
                here |= here << 1
            after = (here & self._singles(slot) & ~blocked) << 1
            for words in slot.longer:
                at = here
                for word in words:
                    at = (at & self.places.get(word, 0) & ~blocked) << 1
                after |= at
            reach = after | reach if slot.optional else after
            if not reach:
                return 0
        return reach

    def uses(self, phrase: _Phrase, wanted: int, blocked: int) -> bool:
        """Whether the phrase has a match with a word at one of the `wanted` places, and with no blocked word."""
        without, having = (1 << self.length) - 1, 0  # where a match may go on that has no wanted word yet, and that has
        for slot in phrase:
            after_without, after_having = (without, having) if slot.optional else (0, 0)
            for _ in range(slot.gap):
                without, having = without | without << 1, having | having << 1
            choices = [[self._singles(slot)], *([self.places.get(word, 0) for word in words] for words in slot.longer)]
            for choice in choices:
                at_without, at_having = without, having
                for places in choice:
                    free = places & ~blocked
                    at_having = (at_having & free | at_without & free & wanted) << 1
                    at_without = (at_without & free & ~wanted) << 1
                after_without, after_having = after_without | at_without, after_having | at_having
            without, having = after_without, after_having
        return bool(having)

    def covered(self, phrase: _Phrase) -> int:
        """Bits of all words within the shortest matches of the phrase."""
        covered = 0
        everywhere = (1 << self.length) - 1
        if not self.ends(phrase, everywhere):
            return 0
        for start in range(self.length):
            end = self.ends(phrase, 1 << start)
            if end:
                first_end = (end & -end).bit_length() - 1
                covered |= ((1 << first_end) - 1) & ~((1 << start) - 1)
        return covered

    def _singles(self, slot: _Slot) -> int:
        found = self._found.get(id(slot.singles))
        if found is None:
            found = 0
            for word in slot.singles & self.places.keys():
                found |= self.places[word]
            self._found[id(slot.singles)] = found
        return found


class _Language:
    """The compiled phrases of one language, found by their rarest word."""

    def __init__(self, texts: SafetyTexts, language: str) -> None:
        self.words = texts.words.get(language, {})
        self.short_forms: dict[str, list[str]] = {}
        for short, full in texts.short_forms.get(language, {}).items():
            self.short_forms["".join(fold(short))] = fold(full)
        self.skip = {word for entry in texts.skip.get(language, ()) for word in fold(entry)}
        self.prefixes = frozenset("".join(fold(prefix)) for prefix in texts.prefixes.get(language, ())) - {""}
        self.doubled: set[str] = set()  # words that some phrase has twice in a row
        self._choices: dict[tuple[str, ...], tuple[frozenset[str], tuple[tuple[str, ...], ...], int]] = {}
        owners = [*((group.triggers, group.unless) for group in texts.groups), (texts.soft.triggers, texts.soft.unless)]
        triggers = [[self.phrase(text) for text in triggers.get(language, ())] for triggers, _ in owners]
        unless = [[self.phrase(text) for text in unless.get(language, ())] for _, unless in owners]
        self._choices.clear()
        slots = [slot for phrases in (*triggers, *unless) for phrase in phrases for slot in phrase]
        self.vocabulary = {
            word for slot in slots for word in (*slot.singles, *(word for words in slot.longer for word in words))
        }
        used = Counter(word for slot in slots for word in slot.first_words())
        self.triggers = [[self._entry(at, one, used) for one in phrases] for at, phrases in enumerate(triggers)]
        self.unless = [[self._entry(at, one, used) for one in phrases] for at, phrases in enumerate(unless)]
        self.stem_lengths = sorted({len(word) - 1 for word in self.vocabulary if word.endswith("*")})
        self.by_word = self._index()
        real = {word for entry in texts.real_words.get(language, ()) for word in fold(entry)}
        self.typos = Misspellings(self.vocabulary, real) if language in texts.typos_in else None

    def phrase(self, text: str) -> _Phrase:
        slots = []
        for part in parse_phrase(text, self.words):
            if part.alternatives not in self._choices:  # the same lists stand in many phrases
                self._choices[part.alternatives] = self._chosen(part.alternatives)
            singles, longer, gap = self._choices[part.alternatives]
            if slots and not part.gap_before:
                self.doubled |= singles & slots[-1].singles
            self.doubled |= {one for words in longer for one, next_ in pairwise(words) if one == next_}
            if singles or longer:  # An alternative of nothing but skipped words is gone, and so is such a place.
                slots.append(_Slot(singles, longer, gap if part.gap_before else 0, part.optional))
        return tuple(slots)

    def _chosen(self, alternatives: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, ...], ...], int]:
        """The single words and the longer choices among the alternatives, and how long a gap before them may be."""
        choices = [self._choice(alternative) for alternative in alternatives]
        singles = frozenset(words[0] for words in choices if len(words) == 1)
        longer = tuple(words for words in choices if len(words) > 1)
        return singles, longer, GAP_SIGNS if any(map(_IS_SIGN.match, alternatives)) else GAP_WORDS

    def _choice(self, alternative: str) -> tuple[str, ...]:
        words = self.plain(fold(alternative.removesuffix("*")))
        return (*words[:-1], words[-1] + "*") if alternative.endswith("*") and words else tuple(words)

    def plain(self, words: Iterable[str]) -> list[str]:
        """The words with short forms written out and without the words that do not count."""
        full: list[str] = []
        for word in words:
            full += self.short_forms.get(word, (word,))
        return [word for word in full if word not in self.skip]

    def _entry(self, owner: int, phrase: _Phrase, used: Counter[str]) -> _Entry:
        needed = [frozenset(slot.first_words()) for slot in phrase if not slot.optional]
        return _Entry(owner, phrase, tuple(sorted(needed, key=lambda words: sum(used[word] for word in words))))

    def _index(self) -> dict[str, list[_Entry]]:
        """The phrases by each word of the rarest of the sets that they need."""
        index: dict[str, list[_Entry]] = defaultdict(list)
        for entries in self.triggers:
            for entry in entries:
                for word in entry.needed[0] if entry.needed else ():
                    index[word].append(entry)
        return dict(index)

    def row(self, words: list[str]) -> _Row:
        places: dict[str, int] = defaultdict(int)
        known: dict[str, list[str]] = {}
        kept: list[str] = []
        previous = ""
        for written, word in ((one, full) for one in words for full in self.plain((one,))):
            if word == previous and word not in self.doubled and not _IS_SIGN.match(word):
                continue  # Voice-to-text stutters: "help help help" is one "help"; but "tự tử" is a word.
            previous = word
            entries = known.get(word)
            if entries is None:
                entries = known[word] = self._entries(word)
            if not entries and not word[0].isalnum():
                continue  # An emoji between two words does not part them.
            for entry in entries:
                places[entry] |= 1 << len(kept)
            kept.append(written)
        return _Row(dict(places), kept)

    def knows(self, word: str) -> bool:
        """Whether the word stands in this language's file, with its typing errors left aside."""
        return word in self.skip or word in self.short_forms or bool(self._known_as(word))

    def _entries(self, word: str) -> list[str]:
        entries = self._known_as(word)
        if self.prefixes:
            for prefix, bare in _splits(word):
                if prefix in self.prefixes:
                    entries += self._known_as(bare)
        if not entries and self.typos:
            entries = self.typos.meant(word)
        return entries

    def _known_as(self, word: str) -> list[str]:
        entries = [word] if word in self.vocabulary else []
        for length in self.stem_lengths:
            if length > len(word):
                break
            if (stem := word[:length] + "*") in self.vocabulary:
                entries.append(stem)
        return entries


def _splits(word: str) -> Iterator[tuple[str, str]]:
    """The first letters of a word that may be a prefix, and what is left of the word without them."""
    for length in range(1, min(_LONGEST_PREFIX, len(word) - SHORTEST_AFTER_PREFIX) + 1):
        yield word[:length], word[length:]


@lru_cache(maxsize=1)
def watch_over(texts: SafetyTexts) -> SafetyWatch:
    """The watch over these texts, made once: with all languages it takes a second or two."""
    return SafetyWatch(texts)


class SafetyWatch:
    """Compiled once from the safety texts; safe to share between threads, keeps nothing of what it reads."""

    def __init__(self, texts: SafetyTexts) -> None:
        self._ids = tuple(group.id for group in texts.groups)
        self._soft = len(self._ids)  # the place of the question of care, after all groups
        entries = [*texts.groups, texts.soft]
        languages = sorted({language for entry in entries for language in entry.triggers})
        self._languages = {language: _Language(texts, language) for language in languages}
        # A language is looked at only if the message has one of the words that its phrases are found by.
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._prefixes: dict[str, set[str]] = defaultdict(set)
        for code, language in self._languages.items():
            for word in (*language.by_word, *language.short_forms):
                self._spelt[word].add(code)
            for prefix in language.prefixes:
                self._prefixes[prefix].add(code)
        self._stem_lengths = sorted({len(word) - 1 for word in self._spelt if word.endswith("*")})
        # A misspelt word is in no list; there the first letter, which must be right, says whether to look.
        self._misspelt = {code: one.typos.first_letters for code, one in self._languages.items() if one.typos}
        self._lender = self._languages.get(LENDER)

    def find_signs(self, text: str) -> Signs:
        """What the words of the message tell, of emergencies and of worry, in all languages at once."""
        if len(text) > 2 * LONGEST:
            text = text[:LONGEST] + "\n" + text[-LONGEST:]
        words = fold(text)
        found: set[int] = set()
        telling = set()
        for code in self._awake(words):
            language = self._languages[code]
            owners = self._search(language, language.row(words))
            if owners - {self._soft}:
                telling.add(code)
            found |= owners
        emergencies = tuple(self._ids[owner] for owner in sorted(found - {self._soft}))
        return Signs(emergencies, self._soft in found, frozenset(telling))

    def _awake(self, words: list[str]) -> set[str]:
        different = set(words)
        codes = {code for code, letters in self._misspelt.items() if any(word[0] in letters for word in different)}
        for word in different:
            codes |= self._codes_of(word)
            for prefix, bare in _splits(word):
                if prefix in self._prefixes:
                    codes |= self._codes_of(bare) & self._prefixes[prefix]
        return codes

    def _codes_of(self, word: str) -> set[str]:
        """The languages with phrases that are found by this word."""
        codes = set(self._spelt.get(word, ()))
        for length in self._stem_lengths:
            if length > len(word):
                break
            codes |= self._spelt.get(word[:length] + "*", _NONE)
        return codes

    def _search(self, language: _Language, row: _Row) -> set[int]:
        """The places, in the list of groups, of those that the row tells of."""
        found: set[int] = set()
        everywhere = (1 << row.length) - 1
        blocked: dict[int, int] = {}
        own = None
        present = frozenset(row.places)
        for entry in (entry for word in present & language.by_word.keys() for entry in language.by_word[word]):
            owner, phrase = entry.owner, entry.phrase
            if owner in found or not entry.may_be_in(present) or not row.ends(phrase, everywhere):
                continue
            if owner not in blocked:
                blocked[owner] = 0
                for unless in language.unless[owner]:
                    if unless.may_be_in(present):
                        blocked[owner] |= row.covered(unless.phrase)
            if blocked[owner] and not row.ends(phrase, everywhere, blocked[owner]):
                continue
            if own is None:
                own = self._own_words(language, row)
            # What is told in lent words alone is left to the lender, who knows the look-alikes.
            if row.uses(phrase, own, blocked[owner]):
                found.add(owner)
        return found

    def _own_words(self, language: _Language, row: _Row) -> int:
        """Bits of the words that are not lent; for the lender itself, of all."""
        if self._lender is None or language is self._lender:
            return -1
        return sum(1 << at for at, word in enumerate(row.written) if not self._lender.knows(word))


_NONE: set[str] = set()
