"""The fixed safety texts (services_data/safety.yml) together with the words that call them up, read and validated.

The words are read in safety_triggers.py, matched in bot/skills/safety.py. No database: these texts must be there when
nothing else is.
"""

import logging
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from ruamel.yaml.nodes import Node, SequenceNode

from bot.content.faults import Fault
from bot.content.safety_triggers import SOFT, LanguageTriggers, PhrasePart, parse_phrase, read_triggers
from bot.content.yaml_nodes import NodeReader, unknown
from bot.errors import ContentError

__all__ = [
    "PhrasePart",
    "SafetyGroup",
    "SafetyNumber",
    "SafetyTexts",
    "SoftText",
    "check_safety",
    "check_texts",
    "load_safety",
    "parse_phrase",
]

log = logging.getLogger(__name__)

SAFETY_FILE = "safety.yml"
TRIGGERS_FOLDER = "safety_triggers"
_ID = re.compile(r"emergency/[a-z][a-z0-9_]*")
_ANSWER_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_NUMBER_IN_TEXT = re.compile(r"\d[\d ]*\d")
_TOP_KEYS = ("groups", SOFT)
_GROUP_KEYS = ("id", "text", "numbers", "answers", "unverified", "doubts")
_SOFT_KEYS = ("text", "buttons")
_MOVED = ("triggers", "unless", "words", "skip", "short_forms", "real_words", "typos_in")


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


@dataclass(frozen=True, eq=False)
class SafetyTexts:
    """All of safety.yml and of the files of triggers. `groups` are most severe first. Equal only to itself.

    words: language -> list name -> alternatives, for `<name>` in a phrase.
    skip: language -> words that do not count, neither in a phrase nor in a message.
    short_forms: language -> short form -> the words it stands for ("pls" -> "please").
    real_words: language -> words that look like a misspelling of a trigger word but are not.
    typos_in: languages in which one wrong letter in a long word is forgiven.
    prefixes: language -> what is written on a word without a space; a word also counts without one of them.
    """

    groups: tuple[SafetyGroup, ...]
    soft: SoftText
    words: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    skip: dict[str, tuple[str, ...]] = field(default_factory=dict)
    short_forms: dict[str, dict[str, str]] = field(default_factory=dict)
    real_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    typos_in: tuple[str, ...] = ()
    prefixes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load_safety(path: Path) -> SafetyTexts:
    """Read safety.yml at `path`, and the files of triggers in the folder beside it.

    A fault in one file of triggers takes nothing from the others: it is logged, and what has it is left out.
    Raises ContentError where safety.yml has faults or no language has triggers, with every fault on a line of its own
    as "services_data/safety.yml:LINE field: what; what to do".
    """
    texts, faults = _read_texts(path)
    if faults:
        raise ContentError("\n".join(map(str, faults)))
    triggers, faults = _read_languages(path, texts)
    if not any(language.triggers for language in triggers.values()):
        raise ContentError("\n".join(map(str, faults)))
    for file in sorted({fault.file for fault in faults}):
        mine = [fault for fault in faults if fault.file == file]
        log.error("%s has %d faults and is used without those lines. Run `desk check`. %s", file, len(mine), mine[0])
    return _joined(texts, triggers)


def check_texts(path: Path) -> list[Fault]:
    """The faults of safety.yml at `path`, without those of the triggers; sorted."""
    return _read_texts(path)[1]


def check_safety(path: Path) -> list[Fault]:
    """All faults of safety.yml at `path` and of the files of triggers beside it, sorted."""
    texts, faults = _read_texts(path)
    return sorted(faults + _read_languages(path, texts)[1])


def _shown(path: Path, inside: str) -> str:
    """How faults name a file or folder beside safety.yml: with the name of the pack's folder before it."""
    return f"{path.resolve().parent.name}/{inside}"


def _read_texts(path: Path) -> tuple[SafetyTexts, list[Fault]]:
    reader = _Reader(_shown(path, SAFETY_FILE))
    root = reader.compose(path)
    texts = SafetyTexts((), SoftText("")) if reader.faults else reader.read(root)
    return texts, sorted(reader.faults)


def _read_languages(path: Path, texts: SafetyTexts) -> tuple[dict[str, LanguageTriggers], list[Fault]]:
    """The triggers by language code, and the faults of all their files."""
    shown = _shown(path, TRIGGERS_FOLDER)
    files = sorted((path.parent / TRIGGERS_FOLDER).glob("*.yml"))
    faults = [] if files else [Fault(shown, 0, "folder", "there is no file of triggers; put the folder back")]
    owners = [*(group.id for group in texts.groups), SOFT]
    found = {}
    for file in files:
        if not _LANGUAGE.fullmatch(file.stem):
            message = f"'{file.stem}' is not a language code; name the file for example en.yml or fa-AF.yml"
            faults.append(Fault(f"{shown}/{file.name}", 1, "file", message))
            continue
        found[file.stem], told = read_triggers(file, f"{shown}/{file.name}", owners)
        faults += told if texts.groups else []  # without groups each file would be told of unknown ones
    return found, faults


def _joined(texts: SafetyTexts, languages: dict[str, LanguageTriggers]) -> SafetyTexts:
    """The texts with the triggers of all languages."""

    def of(kind: str, owner: str) -> dict[str, tuple[str, ...]]:
        phrases = {code: getattr(one, kind).get(owner, ()) for code, one in languages.items()}
        return {code: lines for code, lines in phrases.items() if lines}

    return replace(
        texts,
        groups=tuple(
            replace(one, triggers=of("triggers", one.id), unless=of("unless", one.id)) for one in texts.groups
        ),
        soft=replace(texts.soft, triggers=of("triggers", SOFT), unless=of("unless", SOFT)),
        words={code: one.words for code, one in languages.items()},
        skip={code: one.skip for code, one in languages.items()},
        short_forms={code: one.short_forms for code, one in languages.items()},
        real_words={code: one.real_words for code, one in languages.items()},
        typos_in=tuple(code for code, one in languages.items() if one.typos),
        prefixes={code: one.prefixes for code, one in languages.items()},
    )


class _Reader(NodeReader):
    """Turns the nodes of safety.yml, which know their lines, into records, and collects faults on the way."""

    def read(self, root: Node | None) -> SafetyTexts:
        top = self.mapping(root, "file")
        for key in top:
            if key not in _TOP_KEYS:
                self.misplaced(top[key], "file", key, _TOP_KEYS)
        return SafetyTexts(self.groups(root, top.get("groups")), self.soft(root, top.get(SOFT)))

    def misplaced(self, node: Node, name: str, key: str, known: tuple[str, ...]) -> None:
        """Tell of a key that does not belong here; it may be one that has moved to the files of triggers."""
        if key in _MOVED:
            self.fault(node, name, f"'{key}' does not stand here; write it in {TRIGGERS_FOLDER}/, one file a language")
        else:
            self.fault(node, name, unknown(key, known))

    def entry(self, node: Node, name: str, known: tuple[str, ...]) -> dict[str, Node]:
        keys = self.mapping(node, name)
        for key in keys.keys() - set(known):
            self.misplaced(keys[key], name, key, known)
        return keys

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
        keys = self.entry(node, "group", _GROUP_KEYS)
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
        return SafetyGroup(
            id=group_id,
            text=text,
            answers=answers,
            numbers=self.numbers(keys.get("numbers"), node, name, text),
            unverified=self.truth(keys.get("unverified"), f"{name} unverified"),
            doubts=self.string(keys["doubts"], f"{name} doubts") if "doubts" in keys else "",
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
            self.fault(root, SOFT, "it is missing; add text and buttons for words that need care")
            return SoftText("")
        keys = self.entry(node, SOFT, _SOFT_KEYS)
        return SoftText(
            text=self.string(keys.get("text"), "soft text", node),
            buttons=self.strings(keys.get("buttons"), "soft buttons"),
        )


def _numbers_in(line: str) -> list[str]:
    """What looks like a telephone number: three digits or more, spaces allowed; "press 55" is none."""
    return [match for match in _NUMBER_IN_TEXT.findall(line) if sum(map(str.isdigit, match)) >= 3]
