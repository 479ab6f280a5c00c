"""Which words somebody meant who typed one letter wrong. What the words are for is not known here."""

from collections import defaultdict
from collections.abc import Iterable

SHORTEST_WORD_WITH_TYPO = 5  # letters; shorter words are too easily another word
_LONGEST_WORD_WITH_TYPO = 16  # letters; limits the work on one absurd word


class Misspellings:
    """Finds the vocabulary words that are one letter away: one wrong, missing, extra or swapped.

    vocabulary: words, or beginnings of words with a `*` after them; real_words: words that are never a slip.
    """

    def __init__(self, vocabulary: Iterable[str], real_words: set[str]) -> None:
        self.real_words = real_words
        self.near: dict[str, set[str]] = defaultdict(set)
        self.first_letters: set[str] = set()
        for word in vocabulary:
            body = word.removesuffix("*")
            if len(body) >= SHORTEST_WORD_WITH_TYPO and body.isalpha():
                self.first_letters.add(body[0])
                for form in _one_letter_less(body):
                    self.near[form].add(word)

    def meant(self, word: str) -> list[str]:
        """The words of the vocabulary, as they stand there, that this word may be a slip of; a word of its own is none."""
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
