"""The fixed safety texts and the words that call them up: services_data/safety.yml, read and validated.

No matching here (bot/skills/safety.py does that) and no database: these texts must be there when nothing else is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.errors import ContentError

SHOWN_NAME = "services_data/safety.yml"
GAP = "..."
_ID = re.compile(r"emergency/[a-z][a-z0-9_]*")
_ANSWER_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER_IN_TEXT = re.compile(r"\d[\d ]*\d")
_TOP_KEYS = ("groups", "soft", "words", "skip", "short_forms", "real_words", "typos_in")
_GROUP_KEYS = ("id", "text", "numbers", "answers", "unverified", "doubts", "triggers", "unless")
_SOFT_KEYS = ("text", "buttons", "triggers", "unless")


@dataclass(frozen=True)
class SafetyNumber:
    """A telephone number to show large. `number` is written exactly as in the text above it."""

    number: str
    label: str


@dataclass(frozen=True)
class SafetyGroup:
    """One kind of emergency.

    text: the fixed lines, shown word for word, one thing a line.
    answers: ids of answers to offer afterwards, best first.
    unverified: an editor has still to check something in the text; `doubts` says what (not for newcomers).
    triggers, unless: language code -> phrases in the trigger language (services_data/README.md).
    """

    id: str
    text: tuple[str, ...]
    numbers: tuple[SafetyNumber, ...] = ()
    answers: tuple[str, ...] = ()
    unverified: bool = False
    doubts: str = ""
    triggers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SoftText:
    """What is said to words that need care without an alarm; `buttons` are the labels, in order."""

    text: str
    buttons: tuple[str, ...] = ()
    triggers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SafetyTexts:
    """All of safety.yml. `groups` are most severe first.

    words: language -> list name -> alternatives, for `<name>` in a phrase.
    skip: language -> words that do not count, neither in a phrase nor in a message.
    short_forms: language -> short form -> the words it stands for ("pls" -> "please").
    real_words: language -> words that look like a misspelling of a trigger word but are not.
    typos_in: languages in which one wrong letter in a long word is forgiven.
    """

    groups: tuple[SafetyGroup, ...]
    soft: SoftText
    words: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    skip: dict[str, tuple[str, ...]] = field(default_factory=dict)
    short_forms: dict[str, dict[str, str]] = field(default_factory=dict)
    real_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    typos_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhrasePart:
    """One place in a phrase: its alternatives, whether a gap may come before it, whether it may be missing."""

    alternatives: tuple[str, ...]
    gap_before: bool = False
    optional: bool = False


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


def load_safety(path: Path) -> SafetyTexts:
    """Read and validate safety.yml.

    Raises ContentError that lists every fault, one a line, as "services_data/safety.yml:LINE field: what; what to do".
    """
    try:
        root = YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{SHOWN_NAME}:1 file: it cannot be read ({error.strerror}); put the file back") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{SHOWN_NAME}:1 file: it is not UTF-8 text; save it as UTF-8") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{SHOWN_NAME}:{line} file: this is not YAML ({error.problem}); mend the line") from error
    except YAMLError as error:
        raise ContentError(f"{SHOWN_NAME}:1 file: this is not YAML; mend or restore the file") from error
    reader = _Reader()
    texts = reader.read(root)
    if reader.faults:
        raise ContentError(
            "\n".join(f"{SHOWN_NAME}:{line} {name}: {fault}" for line, name, fault in sorted(reader.faults))
        )
    return texts


class _Reader:
    """Turns YAML nodes, which know their lines, into records, and collects faults on the way."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str, str]] = []
        self.words: dict[str, dict[str, tuple[str, ...]]] = {}
        self.skip: dict[str, frozenset[str]] = {}

    def fault(self, node: Node | None, name: str, message: str) -> None:
        self.faults.append((node.start_mark.line + 1 if node is not None else 1, name, message))

    def read(self, root: Node | None) -> SafetyTexts:
        top = self.mapping(root, "file", _TOP_KEYS)
        self.words = {
            language: {name: self.word_list(value, f"words {language} {name}") for name, value in lists.items()}
            for language, lists in self.languages(top.get("words"), "words")
        }
        skip = {
            language: tuple(word for line in self.strings(node, f"skip {language}") for word in line.split())
            for language, node in self.mapping(top.get("skip"), "skip").items()
        }
        self.skip = {language: frozenset(word.casefold() for word in words) for language, words in skip.items()}
        groups = self.groups(root, top.get("groups"))
        soft = self.soft(root, top.get("soft"))
        short_forms = {
            language: {short: self.string(node, f"short_forms {language} {short}") for short, node in forms.items()}
            for language, forms in self.languages(top.get("short_forms"), "short_forms")
        }
        real_words = {
            language: tuple(word for line in self.strings(node, f"real_words {language}") for word in line.split())
            for language, node in self.mapping(top.get("real_words"), "real_words").items()
        }
        typos_in = self.strings(top.get("typos_in"), "typos_in")
        return SafetyTexts(groups, soft, self.words, skip, short_forms, real_words, typos_in)

    def groups(self, root: Node | None, node: Node | None) -> tuple[SafetyGroup, ...]:
        if not isinstance(node, SequenceNode) or not node.value:
            self.fault(node or root, "groups", "no group is listed; list the groups, most severe first")
            return ()
        groups = tuple(self.group(item) for item in node.value)
        seen: set[str] = set()
        for item, group in zip(node.value, groups, strict=True):
            if group.id in seen:
                self.fault(item, "id", f"'{group.id}' is used twice; give each group its own id")
            seen.add(group.id)
        return groups

    def group(self, node: Node) -> SafetyGroup:
        keys = self.mapping(node, "group", _GROUP_KEYS)
        group_id = self.string(keys.get("id"), "id", node)
        if group_id and not _ID.fullmatch(group_id):
            self.fault(keys["id"], "id", f"'{group_id}' is not an id; write emergency/ and small letters")
        name = group_id or "group"
        text = self.strings(keys.get("text"), f"{name} text")
        if not text:
            self.fault(keys.get("text", node), f"{name} text", "there is no text; write what people must read")
        answers = self.strings(keys.get("answers"), f"{name} answers")
        for answer in answers:
            if not _ANSWER_ID.fullmatch(answer):
                self.fault(keys["answers"], f"{name} answers", f"'{answer}' is not an answer id; write topic/name")
        triggers = self.phrases(keys.get("triggers"), f"{name} triggers")
        if not triggers:
            self.fault(keys.get("triggers", node), f"{name} triggers", "there are none; add phrases under a language")
        return SafetyGroup(
            id=group_id,
            text=text,
            answers=answers,
            triggers=triggers,
            numbers=self.numbers(keys.get("numbers"), node, name, text),
            unverified=self.truth(keys.get("unverified"), f"{name} unverified"),
            doubts=self.string(keys["doubts"], f"{name} doubts") if "doubts" in keys else "",
            unless=self.phrases(keys.get("unless"), f"{name} unless"),
        )

    def numbers(self, node: Node | None, group: Node, name: str, text: tuple[str, ...]) -> tuple[SafetyNumber, ...]:
        numbers = []
        for item in self.items(node, f"{name} numbers"):
            keys = self.mapping(item, f"{name} numbers", ("number", "label"))
            number = self.string(keys.get("number"), f"{name} number", item)
            label = self.string(keys.get("label"), f"{name} label", item)
            if number and not any(number in _numbers_in(line) for line in text):
                self.fault(item, f"{name} number", f"'{number}' is not in the text; write it exactly as there")
            numbers.append(SafetyNumber(number, label))
        listed = {number.number for number in numbers}
        for number in sorted({found for line in text for found in _numbers_in(line)} - listed):
            self.fault(group, f"{name} numbers", f"'{number}' is in the text only; list it under numbers as well")
        return tuple(numbers)

    def soft(self, root: Node | None, node: Node | None) -> SoftText:
        if node is None:
            self.fault(root, "soft", "it is missing; add text and triggers for words that need care")
            return SoftText("")
        keys = self.mapping(node, "soft", _SOFT_KEYS)
        return SoftText(
            text=self.string(keys.get("text"), "soft text", node),
            buttons=self.strings(keys.get("buttons"), "soft buttons"),
            triggers=self.phrases(keys.get("triggers"), "soft triggers"),
            unless=self.phrases(keys.get("unless"), "soft unless"),
        )

    def phrases(self, node: Node | None, name: str) -> dict[str, tuple[str, ...]]:
        found = {}
        for language, value in self.mapping(node, name).items():
            if not _LANGUAGE.fullmatch(language):
                self.fault(value, name, f"'{language}' is not a language code; write for example en or pt-BR")
            lines = list(self.numbered_lines(value, f"{name} {language}"))
            for line, phrase in lines:
                try:
                    self.check_says_something(parse_phrase(phrase, self.words.get(language, {})), language)
                except ValueError as error:
                    self.faults.append((line, f"{name} {language}", str(error)))
            found[language] = tuple(phrase for _, phrase in lines)
        return found

    def check_says_something(self, parts: tuple[PhrasePart, ...], language: str) -> None:
        """Raises ValueError if nothing would be left of a phrase without the words that do not count."""
        skip = self.skip.get(language, frozenset())
        needed = (alternative for part in parts if not part.optional for alternative in part.alternatives)
        if all(word in skip for alternative in needed for word in alternative.casefold().split()):
            raise ValueError("every word is under 'skip', so it would never match; add a word that counts")

    def word_list(self, node: Node, name: str) -> tuple[str, ...]:
        words = self.strings(node, name)
        for word in words:
            try:
                if set(word) & set("<>|?"):
                    raise ValueError(f"'{word}' has a sign of the trigger language; only words and '*' may stand here")
                _check_word(word)
            except ValueError as error:
                self.fault(node, name, str(error))
        return words

    def numbered_lines(self, node: Node, name: str) -> Iterator[tuple[int, str]]:
        """The phrases of a list or of a block of lines; in a block, lines that start with # are remarks."""
        first = node.start_mark.line + 1
        if isinstance(node, ScalarNode) and node.style == "|":
            for offset, line in enumerate(node.value.split("\n"), start=1):
                if line.strip() and not line.lstrip().startswith("#"):
                    yield first + offset, line.strip()
            return
        for item in self.items(node, name):
            yield item.start_mark.line + 1, self.string(item, name)

    def languages(self, node: Node | None, name: str) -> Iterator[tuple[str, dict[str, Node]]]:
        for language, value in self.mapping(node, name).items():
            yield language, self.mapping(value, f"{name} {language}")

    def mapping(self, node: Node | None, name: str, known: tuple[str, ...] = ()) -> dict[str, Node]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.fault(node, name, "this must be 'key: value' lines; write it as in the other entries")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            if key.value in found:
                self.fault(key, name, f"'{key.value}' is there twice; keep one")
            if known and key.value not in known:
                self.fault(key, name, f"'{key.value}' is not known here; use one of {', '.join(known)}")
            found[key.value] = value
        return found

    def items(self, node: Node | None, name: str) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.fault(node, name, "this must be a list; start each line with '- '")
            return []
        return node.value

    def strings(self, node: Node | None, name: str) -> tuple[str, ...]:
        """The strings of a list; a plain string counts as words with spaces between."""
        if isinstance(node, ScalarNode):
            return tuple(node.value.split())
        return tuple(self.string(item, name) for item in self.items(node, name))

    def string(self, node: Node | None, name: str, parent: Node | None = None) -> str:
        if isinstance(node, ScalarNode) and node.value.strip():
            return node.value.strip()
        self.fault(node or parent, name, "there is no text; write it")
        return ""

    def truth(self, node: Node | None, name: str) -> bool:
        if node is None:
            return False
        if not isinstance(node, ScalarNode) or node.value not in ("true", "false"):
            self.fault(node, name, "this must be true or false; write one of them")
            return False
        return node.value == "true"


def _numbers_in(line: str) -> list[str]:
    """What looks like a telephone number: three digits or more, spaces allowed; "press 55" is none."""
    return [match for match in _NUMBER_IN_TEXT.findall(line) if sum(map(str.isdigit, match)) >= 3]
