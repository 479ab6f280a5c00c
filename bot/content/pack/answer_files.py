"""The answers of the pack as YAML text: read with line numbers, written in one canonical way. No rules here."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.content.faults import Fault
from bot.content.pack.cells import tidy

HEADER = "# How to edit this file: services_data/README.md\n"
TEXTS = ("id", "question", "audience_note", "review_colour", "assured_date", "doubts")
LISTS = ("audience", "services", "sources")
POINTS = ("points", "careful")
ORDER = (
    "id",
    "question",
    "points",
    "careful",
    "audience",
    "audience_note",
    "services",
    "sources",
    "review_colour",
    "assured_date",
    "doubts",
)
POINT_FIELDS = ("text", "city", "audience", "verified")

Record = dict[str, Any]
Fields = dict[str, Node]


@dataclass
class Entry:
    """One answer as read: `record` has every field of ORDER, `lines` the line of each, such as "points.2.text"."""

    file: str
    line: int
    record: Record
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, path: str) -> int:
        """The line of a field; where the field is absent, the line on which the answer starts."""
        return self.lines.get(path, self.line)


class AnswerReader:
    """Reads one file of answers; `entries` and `faults` hold what was found."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        root = self._compose(text)
        if isinstance(root, SequenceNode):
            self.entries = [entry for node in root.value if (entry := self._entry(node))]
        elif root is not None:
            self._fault(root, "", 'is not a list of answers. Each answer starts with "- id:".')

    def _compose(self, text: str) -> Node | None:
        try:
            return YAML(typ="safe", pure=True).compose(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 0
            advice = "Check the spaces at the start of the line; a text that holds a colon needs quotation marks."
            self.faults.append(Fault(self.file, line, "", f"cannot be understood ({error.problem}). {advice}"))
        except YAMLError:
            self.faults.append(Fault(self.file, 0, "", "is not YAML text. Compare it with a file that works."))
        return None

    def _fault(self, node: Node, name: str, message: str) -> None:
        self.faults.append(Fault(self.file, node.start_mark.line + 1, name, message))

    def _fields(self, node: Node, allowed: Iterable[str], name: str, lines: dict[str, int], path: str = "") -> Fields:
        """The fields of a mapping; a fault for what is no mapping, for unknown fields and fields that stand twice.

        The line of each field goes into `lines`, with `path` before its name.
        """
        if not isinstance(node, MappingNode):
            self._fault(node, name, f"must have fields, such as {', '.join(allowed)}.")
            return {}
        found: Fields = {}
        for key, value in node.value:
            if key.value in found:
                self._fault(key, key.value, "stands twice. Keep one of the two.")
            elif key.value not in allowed:
                self._fault(key, str(key.value), f"is not known here. Use one of: {', '.join(allowed)}.")
            else:
                found[key.value] = value
                lines[path + key.value] = key.start_mark.line + 1
        return found

    def _entry(self, node: Node) -> Entry | None:
        entry = Entry(self.file, node.start_mark.line + 1, {})
        fields = self._fields(node, ORDER, "", entry.lines)
        if not fields:
            return None
        entry.record = {name: self._text(fields.get(name), name) for name in TEXTS}
        for name in LISTS:
            entry.record[name] = [self._text(item, name) for item in self._items(fields.get(name), name)]
        for name in POINTS:
            items = self._items(fields.get(name), name)
            entry.record[name] = [self._point(item, f"{name}.{index}", entry) for index, item in enumerate(items)]
        return entry

    def _items(self, node: Node | None, name: str) -> list[Node]:
        if node is None or _is_null(node):
            return []
        if not isinstance(node, SequenceNode):
            self._fault(node, name, "must be a list. Put a hyphen before each entry.")
            return []
        return node.value

    def _text(self, node: Node | None, name: str) -> str:
        if node is None or _is_null(node):
            return ""
        if not isinstance(node, ScalarNode):
            self._fault(node, name, "must be a text. Put a text that holds a colon between quotation marks.")
            return ""
        if node.anchor:
            self._fault(node, name, "uses an anchor (&). Write the text out.")
        return tidy(node.value)

    def _point(self, node: Node, path: str, entry: Entry) -> Record:
        name = path.partition(".")[0]
        entry.lines[path] = node.start_mark.line + 1
        if isinstance(node, ScalarNode):
            return {"text": self._text(node, name), "city": "", "verified": True}
        fields = self._fields(node, POINT_FIELDS, name, entry.lines, f"{path}.")
        audience = [self._text(item, "audience") for item in self._items(fields.get("audience"), "audience")]
        return {
            "text": self._text(fields.get("text"), name),
            "city": self._text(fields.get("city"), "city"),
            "verified": self._verified(fields.get("verified")),
            **({"audience": audience} if audience else {}),
        }

    def _verified(self, node: Node | None) -> bool:
        if node is None:
            return True
        if not isinstance(node, ScalarNode) or node.value not in ("true", "false"):
            self._fault(node, "verified", "must be true or false.")
            return False
        return node.value == "true"


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag.endswith(":null")


_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n]*")
_NOT_TEXT = re.compile(
    r"(~|null|true|false|yes|no|on|off|y|n|=|<<)|\.(inf|nan)"
    r"|[-+.]?[0-9][0-9_.,:eExXoOa-fA-F+-]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*",
    re.IGNORECASE,
)


def yaml_scalar(text: str, inside_list: bool = False) -> str:
    """The one canonical way in which a text is written: plain where YAML allows it, else between quotation marks."""
    plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    plain = plain and ": " not in text and " #" not in text and not text.endswith((":", " ")) and text.isprintable()
    if plain and not (inside_list and re.search(r"[,\[\]{}]", text)):
        return text
    if "\\" not in text and '"' in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)


def answers_text(records: Iterable[Record]) -> str:
    """The canonical text of one file of answers, in the order given. Fields without content are left out."""
    lines = [HEADER]
    for record in records:
        entry: list[str] = []
        for name in ORDER:
            entry += _field_lines(name, record[name])
        lines += [f"{'- ' if index == 0 else '  '}{line}\n" for index, line in enumerate(entry)]
    return "".join(lines)


def _field_lines(name: str, value: Any) -> list[str]:
    if not value:
        return []
    if name in POINTS:
        return [f"{name}:", *(line for point in value for line in _point_lines(point))]
    if name in LISTS:
        return [f"{name}: [{', '.join(yaml_scalar(item, inside_list=True) for item in value)}]"]
    return [f"{name}: {yaml_scalar(value)}"]


def _point_lines(point: Record) -> list[str]:
    audience = point.get("audience", [])
    if point["verified"] and not point["city"] and not audience:
        return [f"- {yaml_scalar(point['text'])}"]
    lines = [f"- text: {yaml_scalar(point['text'])}"]
    lines += [f"  city: {yaml_scalar(point['city'])}"] if point["city"] else []
    lines += (
        [f"  audience: [{', '.join(yaml_scalar(item, inside_list=True) for item in audience)}]"] if audience else []
    )
    lines += [] if point["verified"] else ["  verified: false"]
    return lines
