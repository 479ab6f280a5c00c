"""The words that call up the safety texts: the trigger language, and services_data/safety_triggers/<language>.yml.

One file is read at a time, and what is right in a broken file is kept. The texts are read in safety_texts.py, and the
matching is done in bot/skills/safety.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml.nodes import Node

from bot.content.faults import Fault
from bot.content.yaml_nodes import NodeReader

GAP = "..."
SOFT = "soft"  # stands for the question of care among the ids of the groups
_KEYS = ("prefixes", "typos", "words", "skip", "short_forms", "real_words", "triggers", "unless")
_SIGNS = frozenset("<>|?")
_LONGEST_PREFIX = 4  # letters; longer ones are words


@dataclass(frozen=True)
class PhrasePart:
    """One place in a phrase: its alternatives, whether a gap may come before it, whether it may be missing."""

    alternatives: tuple[str, ...]
    gap_before: bool = False
    optional: bool = False


@dataclass(frozen=True)
class LanguageTriggers:
    """One file of triggers.

    triggers, unless: id of a group, or "soft" -> phrases in the trigger language (services_data/README.md).
    words: list name -> alternatives, for `<name>` in a phrase.
    skip: words that do not count, neither in a phrase nor in a message.
    short_forms: short form -> the words it stands for ("pls" -> "please").
    real_words: words that look like a misspelling of a trigger word but are not.
    prefixes: what is written on a word without a space ("and", "the"); a word also counts without one of them.
    typos: one wrong letter in a long word is forgiven.
    """

    triggers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    short_forms: dict[str, str] = field(default_factory=dict)
    real_words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    typos: bool = False


def parse_phrase(phrase: str, words: dict[str, tuple[str, ...]]) -> tuple[PhrasePart, ...]:
    """The parts of a phrase of the trigger language; `words` are the named lists of its language.

    Raises ValueError with one sentence that says what is wrong and what to do.
    """
    parts: list[PhrasePart] = []
    gap = False
    for item in phrase.split():
        if item == GAP:
            if gap or not parts:
                raise ValueError("'...' must stand between two words; move or remove it")
            gap = True
            continue
        optional = item.endswith("?") and len(item) > 1
        alternatives = tuple(_alternatives(item.removesuffix("?") if optional else item, words))
        if not alternatives:
            raise ValueError(f"the word list '{item}' is empty; write words into it under 'words'")
        parts.append(PhrasePart(alternatives, gap, optional))
        gap = False
    if gap:
        raise ValueError("'...' must stand between two words; move or remove it")
    if all(part.optional for part in parts):
        raise ValueError("every word may be missing, so it would match everything; take away a '?'")
    return tuple(parts)


def _alternatives(item: str, words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for alternative in item.split("|"):
        if not alternative:
            raise ValueError(f"'{item}' has an empty alternative; remove the extra '|'")
        if alternative.startswith("<"):
            name = alternative[1:-1]
            if not alternative.endswith(">") or name not in words:
                raise ValueError(f"there is no word list '{alternative}'; write its name as under 'words'")
            yield from words[name]
            continue
        _check_word(alternative)
        yield alternative.replace("_", " ")


def _check_word(word: str) -> None:
    if "*" in word[:-1]:
        raise ValueError(f"'{word}' has a '*' that is not at the end; '*' may only end a word")
    if word.endswith("*") and len(word) < 3 and word.isascii():
        raise ValueError(f"'{word}' is too short for a '*'; write at least two letters before it")
    if not any(letter.isalnum() or not letter.isascii() for letter in word):
        raise ValueError(f"'{word}' is not a word; write letters")


def read_triggers(path: Path, shown: str, owners: Sequence[str]) -> tuple[LanguageTriggers, list[Fault]]:
    """The triggers of one language, and the faults of its file. What has a fault is left out, all else is there.

    shown: how faults name the file; owners: the ids of all groups, and "soft", each of which needs triggers.
    """
    reader = _Reader(shown, owners)
    return reader.read(reader.compose(path)), sorted(reader.faults)


class _Reader(NodeReader):
    def __init__(self, shown: str, owners: Sequence[str]) -> None:
        super().__init__(shown)
        self.owners = owners
        self.words: dict[str, tuple[str, ...]] = {}
        self.skip: frozenset[str] = frozenset()

    def read(self, root: Node | None) -> LanguageTriggers:
        if root is None:
            if not self.faults:
                self.fault(None, "file", "it is empty; write 'triggers:' and phrases for each group")
            return LanguageTriggers()
        top = self.mapping(root, "file", _KEYS)
        self.words = {
            name: self.word_list(node, f"words {name}")
            for name, node in self.mapping(top.get("words"), "words").items()
        }
        skip = self.plain_words(top.get("skip"), "skip")
        self.skip = frozenset(word.casefold() for word in skip)
        return LanguageTriggers(
            triggers=self.phrases(top.get("triggers"), "triggers", self.owners, root),
            unless=self.phrases(top.get("unless"), "unless", (), root),
            words=self.words,
            skip=skip,
            short_forms=self.short_forms(top.get("short_forms")),
            real_words=self.plain_words(top.get("real_words"), "real_words"),
            prefixes=self.prefixes(top.get("prefixes")),
            typos=self.truth(top.get("typos"), "typos"),
        )

    def phrases(self, node: Node | None, name: str, needed: Sequence[str], root: Node) -> dict[str, tuple[str, ...]]:
        """The phrases of each group; `needed` are the groups that must have some."""
        found = {}
        written = self.mapping(node, name, tuple(self.owners))
        for owner, value in written.items():
            if owner in self.owners:
                lines = self.numbered_lines(value, f"{name} {owner}")
                found[owner] = tuple(text for line, text in lines if self.makes_sense(text, line, f"{name} {owner}"))
        told = {fault.field for fault in self.faults}
        missing = [owner for owner in needed if not found.get(owner) and f"{name} {owner}" not in told]
        if missing:
            self.fault(
                node or root, name, f"there are none for {', '.join(missing)}; write '{missing[0]}: |' and phrases"
            )
        return found

    def makes_sense(self, phrase: str, line: int, name: str) -> bool:
        """Whether a phrase can be used; if not, its fault is noted."""
        try:
            self.check_says_something(parse_phrase(phrase, self.words))
        except ValueError as error:
            self.fault_at(line, name, str(error))
            return False
        return True

    def check_says_something(self, parts: tuple[PhrasePart, ...]) -> None:
        """Raises ValueError if nothing would be left of a phrase without the words that do not count."""
        needed = (alternative for part in parts if not part.optional for alternative in part.alternatives)
        if all(word in self.skip for alternative in needed for word in alternative.casefold().split()):
            raise ValueError("every word is under 'skip', so it would never match; add a word that counts")

    def word_list(self, node: Node, name: str) -> tuple[str, ...]:
        """The entries of a named list; `_` joins the words of one entry, as in a phrase."""
        good = []
        for word in self.strings(node, name):
            try:
                if set(word) & _SIGNS:
                    raise ValueError(f"'{word}' has a sign of the trigger language; only words and '*' may stand here")
                _check_word(word)
            except ValueError as error:
                self.fault(node, name, str(error))
            else:
                good.append(word)
        return tuple(good)

    def plain_words(self, node: Node | None, name: str) -> tuple[str, ...]:
        return tuple(word for line in self.strings(node, name) for word in line.split())

    def short_forms(self, node: Node | None) -> dict[str, str]:
        forms = self.mapping(node, "short_forms")
        return {short: full for short, value in forms.items() if (full := self.string(value, f"short_forms {short}"))}

    def prefixes(self, node: Node | None) -> tuple[str, ...]:
        found = self.plain_words(node, "prefixes")
        for prefix in found:
            if not prefix.isalpha() or len(prefix) > _LONGEST_PREFIX:
                message = f"'{prefix}' is not a prefix; write one to {_LONGEST_PREFIX} letters without any sign"
                self.fault(node, "prefixes", message)
        return tuple(prefix for prefix in found if prefix.isalpha() and len(prefix) <= _LONGEST_PREFIX)
