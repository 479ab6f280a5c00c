"""YAML files that volunteers edit, read with line numbers: every wrong place becomes a fault, and reading goes on.

What the values mean is not decided here (safety_texts.py and safety_triggers.py do that).
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.content.faults import Fault


def unknown(key: str, known: Sequence[str]) -> str:
    """What is told of a key that is not among those known."""
    near = get_close_matches(key, known, n=1)
    advice = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(known)}"
    return f"'{key}' is not known here; {advice}"


class NodeReader:
    """Reads one file. `faults` collects what is wrong on the way; `shown` is how faults name the file."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.faults: list[Fault] = []

    def fault(self, node: Node | None, name: str, message: str) -> None:
        """Note what is wrong at a node (None: the whole file) of the field `name`."""
        self.fault_at(node.start_mark.line + 1 if node is not None else 1, name, message)

    def fault_at(self, line: int, name: str, message: str) -> None:
        """The same for a line, counted from 1."""
        self.faults.append(Fault(self.shown, line, name, message))

    def compose(self, path: Path) -> Node | None:
        """The root of the file; None, and a fault, where it cannot be read."""
        try:
            return YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8"))
        except OSError as error:
            self.fault(None, "file", f"it cannot be read ({error.strerror}); put the file back")
        except UnicodeDecodeError:
            self.fault(None, "file", "it is not UTF-8 text; save it as UTF-8")
        except MarkedYAMLError as error:
            # A quotation mark that does not close is noticed at the end of the file; where it opens is in the context.
            mark = error.context_mark if "quoted" in (error.context or "") else error.problem_mark
            hint = "look here and one line above for tabs, wrong spaces at the start or an open quotation mark"
            self.fault_at(mark.line + 1 if mark else 1, "file", f"this is not YAML ({error.problem}); {hint}")
        except (YAMLError, RecursionError):  # thousands of brackets in one another end in a RecursionError
            self.fault(None, "file", "this is not YAML; mend or restore the file")
        return None

    def mapping(self, node: Node | None, name: str, known: tuple[str, ...] = ()) -> dict[str, Node]:
        """The values of 'key: value' lines by key, as written; of two equal keys the last. `known`: the keys allowed."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.fault(node, name, "this must be 'key: value' lines; write it as in the other entries")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.fault(key, name, "this must be 'key: value' lines; write a word before the colon")
                continue
            if key.value in found:
                self.fault(key, name, f"'{key.value}' is there twice; keep one")
            if known and key.value not in known:
                self.fault(key, name, unknown(key.value, known))
            found[key.value] = value
        return found

    def items(self, node: Node | None, name: str) -> list[Node]:
        """The entries of a list."""
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
        return tuple(text for item in self.items(node, name) if (text := self.string(item, name)))

    def string(self, node: Node | None, name: str, parent: Node | None = None) -> str:
        """A string that must be there; `parent` says where it is missing."""
        if isinstance(node, ScalarNode) and node.value.strip():
            return node.value.strip()
        self.fault(node or parent, name, "there is no text; write it")
        return ""

    def truth(self, node: Node | None, name: str) -> bool:
        """true or false; false where nothing is written."""
        if node is None:
            return False
        if not isinstance(node, ScalarNode) or node.value not in ("true", "false"):
            self.fault(node, name, "this must be true or false; write one of them")
            return False
        return node.value == "true"

    def numbered_lines(self, node: Node, name: str) -> Iterator[tuple[int, str]]:
        """The lines of a list or of a block of lines with their numbers; in a block, lines that start with # are remarks."""
        if isinstance(node, ScalarNode) and node.style == "|":
            first = node.start_mark.line + 1
            for offset, line in enumerate(node.value.split("\n"), start=1):
                if line.strip() and not line.lstrip().startswith("#"):
                    yield first + offset, line.strip()
            return
        if isinstance(node, ScalarNode):
            self.fault(node, name, "this must be one or more lines below; write '|' after the colon")
            return
        for item in self.items(node, name):
            if text := self.string(item, name):
                yield item.start_mark.line + 1, text
