"""Finds emergencies in a message by the trigger phrases of safety.yml, before any model and without any.

No texts here (bot/content/safety_texts.py reads them), no language detection, nothing kept of what people write.

How: a message becomes a row of words; for every known word an integer holds its places in the row as bits. A phrase
is then a few shifts and ands over the whole row, so hostile input costs no more than its length.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from bot.content.safety_texts import SafetyTexts, parse_phrase

GAP_WORDS = 4  # `...` stands for up to so many words
GAP_SIGNS = 8  # the same in scripts without spaces, where every sign is a word
LONGEST = 4000  # characters read of a message from its start; what is longer is read from its end too
SHORTEST_WORD_WITH_TYPO = 5  # letters; shorter words are too easily another word
_LONGEST_WORD_WITH_TYPO = 16  # letters; limits the work on one absurd word
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´*\u200c\u200d\u00ad\u0640"))
_SAME_LETTER = str.maketrans("ıøłđðیىکھہەة", "iolddييكهههه")
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
class _Slot:
    """One place of a compiled phrase: single words, longer alternatives, the gap before it in words."""

    singles: frozenset[str]
    longer: tuple[tuple[str, ...], ...]
    gap: int
    optional: bool

    def first_words(self) -> set[str]:
        return set(self.singles) | {words[0] for words in self.longer}


_Phrase = tuple[_Slot, ...]


class _Row:
    """The words of one message in one language, as bits: bit n of `places[word]` is set where word n is that word."""

    def __init__(self, places: dict[str, int], length: int) -> None:
        self.places = places
        self.length = length
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
        self._shared: dict[frozenset[str], frozenset[str]] = {}
        owners = [*((group.triggers, group.unless) for group in texts.groups), (texts.soft.triggers, texts.soft.unless)]
        self.triggers = [[self.phrase(text) for text in triggers.get(language, ())] for triggers, _ in owners]
        self.unless = [[self.phrase(text) for text in unless.get(language, ())] for _, unless in owners]
        self.vocabulary = {
            word
            for phrases in (*self.triggers, *self.unless)
            for phrase in phrases
            for slot in phrase
            for word in (*slot.singles, *(word for words in slot.longer for word in words))
        }
        self.stem_lengths = sorted({len(word) - 1 for word in self.vocabulary if word.endswith("*")})
        self.by_word = self._index()
        real = {word for entry in texts.real_words.get(language, ()) for word in fold(entry)}
        self.typos = _Typos(self.vocabulary, real) if language in texts.typos_in else None

    def phrase(self, text: str) -> _Phrase:
        slots = []
        for part in parse_phrase(text, self.words):
            choices = [self._choice(alternative) for alternative in part.alternatives]
            singles = frozenset(words[0] for words in choices if len(words) == 1)
            longer = tuple(words for words in choices if len(words) > 1)
            gap = 0
            if part.gap_before:
                gap = GAP_SIGNS if any(_IS_SIGN.match(alternative) for alternative in part.alternatives) else GAP_WORDS
            if singles or longer:  # An alternative of nothing but skipped words is gone, and so is such a place.
                slots.append(_Slot(self._shared.setdefault(singles, singles), longer, gap, part.optional))
        return tuple(slots)

    def _choice(self, alternative: str) -> tuple[str, ...]:
        words = self.plain(fold(alternative.removesuffix("*")))
        return (*words[:-1], words[-1] + "*") if alternative.endswith("*") and words else tuple(words)

    def plain(self, words: list[str]) -> list[str]:
        """The words with short forms written out and without the words that do not count."""
        full: list[str] = []
        for word in words:
            full += self.short_forms.get(word, (word,))
        return [word for word in full if word not in self.skip]

    def _index(self) -> dict[str, list[tuple[int, _Phrase]]]:
        used: dict[str, int] = defaultdict(int)
        for phrases in self.triggers:
            for phrase in phrases:
                for word in set().union(*(slot.first_words() for slot in phrase)):
                    used[word] += 1
        index: dict[str, list[tuple[int, _Phrase]]] = defaultdict(list)
        for owner, phrases in enumerate(self.triggers):
            for phrase in phrases:
                needed = [slot.first_words() for slot in phrase if not slot.optional]
                rarest = min(needed, key=lambda words: sum(used[word] for word in words), default=set())
                for word in rarest:
                    index[word].append((owner, phrase))
        return dict(index)

    def row(self, words: list[str]) -> _Row:
        places: dict[str, int] = defaultdict(int)
        known: dict[str, list[str]] = {}
        length = 0
        previous = ""
        for word in self.plain(words):
            if word == previous and not _IS_SIGN.match(word):
                continue  # Voice-to-text stutters: "help help help" is one "help".
            previous = word
            entries = known.get(word)
            if entries is None:
                entries = known[word] = self._entries(word)
            if not entries and not word[0].isalnum():
                continue  # An emoji between two words does not part them.
            for entry in entries:
                places[entry] |= 1 << length
            length += 1
        return _Row(dict(places), length)

    def _entries(self, word: str) -> list[str]:
        entries = [word] if word in self.vocabulary else []
        for length in self.stem_lengths:
            if length > len(word):
                break
            if (stem := word[:length] + "*") in self.vocabulary:
                entries.append(stem)
        if not entries and self.typos:
            entries = self.typos.meant(word)
        return entries


class _Typos:
    """Finds the vocabulary words that are one letter away: one wrong, missing, extra or swapped."""

    def __init__(self, vocabulary: Iterable[str], real_words: set[str]) -> None:
        self.real_words = real_words
        self.near: dict[str, set[str]] = defaultdict(set)
        for word in vocabulary:
            body = word.removesuffix("*")
            if len(body) >= SHORTEST_WORD_WITH_TYPO and body.isalpha():
                for form in _one_letter_less(body):
                    self.near[form].add(word)

    def meant(self, word: str) -> list[str]:
        if len(word) < SHORTEST_WORD_WITH_TYPO - 1 or len(word) > _LONGEST_WORD_WITH_TYPO or word in self.real_words:
            return []
        found = set()
        for length in range(SHORTEST_WORD_WITH_TYPO - 1, len(word) + 1):
            start = word[:length]
            for form in _one_letter_less(start):
                for entry in self.near.get(form, ()):
                    is_stem = entry.endswith("*")
                    if (is_stem or length == len(word)) and _is_one_letter_off(start, entry.removesuffix("*")):
                        found.add(entry)
        return list(found)


def _one_letter_less(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def _is_one_letter_off(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing, extra, or swapped with the next; the first letter must be right."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[at + 1 :] == shorter[at:]
    swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped == other


class SafetyWatch:
    """Compiled once from the safety texts; safe to share between threads, keeps nothing of what it reads."""

    def __init__(self, texts: SafetyTexts) -> None:
        self._ids = tuple(group.id for group in texts.groups)
        entries = [*texts.groups, texts.soft]
        languages = sorted({language for entry in entries for language in entry.triggers})
        self._languages = {language: _Language(texts, language) for language in languages}
        # A language is looked at only if the message has one of the words that its phrases are found by.
        self._spelt: dict[str, set[str]] = defaultdict(set)
        for code, language in self._languages.items():
            for word in (*language.by_word, *language.short_forms):
                self._spelt[word].add(code)
        self._stem_lengths = sorted({len(word) - 1 for word in self._spelt if word.endswith("*")})
        self._always = {code for code, language in self._languages.items() if language.typos}

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have triggers of their own."""
        return frozenset(self._languages)

    def find_emergencies(self, text: str) -> tuple[str, ...]:
        """Ids of the groups that the message may be about, most severe first; () if none."""
        return tuple(self._ids[owner] for owner in sorted(self._owners(text, range(len(self._ids)))))

    def is_worried(self, text: str) -> bool:
        """Whether the message has words that need care without an alarm."""
        soft = len(self._ids)
        return soft in self._owners(text, range(soft, soft + 1))

    def _owners(self, text: str, wanted: range) -> set[int]:
        if len(text) > 2 * LONGEST:
            text = text[:LONGEST] + "\n" + text[-LONGEST:]
        words = fold(text)
        found: set[int] = set()
        for code in self._awake(words):
            language = self._languages[code]
            self._search(language, language.row(words), wanted, found)
        return found

    def _awake(self, words: list[str]) -> set[str]:
        codes = set(self._always)
        for word in set(words):
            codes |= self._spelt.get(word, _NONE)
            for length in self._stem_lengths:
                if length > len(word):
                    break
                codes |= self._spelt.get(word[:length] + "*", _NONE)
        return codes

    @staticmethod
    def _search(language: _Language, row: _Row, wanted: range, found: set[int]) -> None:
        everywhere = (1 << row.length) - 1
        blocked: dict[int, int] = {}
        for word in row.places.keys() & language.by_word.keys():
            for owner, phrase in language.by_word[word]:
                if owner in found or owner not in wanted or not row.ends(phrase, everywhere):
                    continue
                if owner not in blocked:
                    blocked[owner] = 0
                    for unless in language.unless[owner]:
                        blocked[owner] |= row.covered(unless)
                if not blocked[owner] or row.ends(phrase, everywhere, blocked[owner]):
                    found.add(owner)


_NONE: set[str] = set()
