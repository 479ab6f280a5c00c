"""Measuring understanding: every message of a file goes through the whole desk, with no memory between messages.

Reading, asking and what became of one message stand here; the figures made of many stand in figures.py.
"""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.dialogue.buttons import button_id
from bot.dialogue.engine import Desk
from bot.dialogue.messages import Incoming, Turn
from bot.errors import DeskError

EMERGENCY = "emergency/"
OUT_OF_SCOPE = "out_of_scope"
UNDECIDED = "und"
LANGUAGE_ONLY = "language"  # kind of a line that is there for its language alone
LATIN = "Latn"  # script of a line whose language is usually written in another one
NOT_AN_ANSWER = ("unknown", "choices", "menu")  # outcomes in which the desk did not speak as if it knew


@dataclass(frozen=True)
class Case:
    """One line of an evaluation file. `expect`: answer id, emergency/<group>, a talk intent or out_of_scope; "" unknown.

    kind: answer, emergency, lookalike, talk, out_of_scope, language or "no expectation"; told by `expect` where empty.
    script: "Latn" for a message in Latin letters whose language has letters of its own.
    """

    text: str
    lang: str | None = None
    expect: str = ""
    also_ok: tuple[str, ...] = ()
    kind: str = ""
    script: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.kind or _kind_of(self.expect))

    @property
    def good(self) -> frozenset[str]:
        return frozenset((self.expect, *self.also_ok))

    @property
    def is_judged(self) -> bool:
        """Whether there is anything to judge beside the language."""
        return bool(self.expect) and self.kind != LANGUAGE_ONLY

    @property
    def is_urgent(self) -> bool:
        return self.is_judged and self.expect.startswith(EMERGENCY)

    @property
    def wants_alarm(self) -> bool:
        return any(label.startswith(EMERGENCY) for label in self.good)

    @property
    def is_romanised(self) -> bool:
        return self.script == LATIN


def _kind_of(expect: str) -> str:
    if expect.startswith(EMERGENCY):
        return "emergency"
    if expect == OUT_OF_SCOPE or not expect:
        return expect or "no expectation"
    return "answer" if "/" in expect else "talk"


@dataclass(frozen=True)
class Result:
    """What the desk made of a case: its best labels (at most three), how it answered, the language, milliseconds.

    best: the model's first reading and its confidence (0 to 1); None where the words of an emergency decided.
    asked_language: whether the person was offered languages to choose from.
    """

    case: Case
    labels: tuple[str, ...]
    outcome: str
    language: str
    ms: float
    best: tuple[str, float] | None = None
    asked_language: bool = False

    @property
    def alarm(self) -> bool:
        return self.outcome == "emergency"

    @property
    def first_right(self) -> bool:
        if OUT_OF_SCOPE in self.case.good and self._not_as_if_known():
            return True
        return bool(set(self.labels[:1]) & self.case.good) or self.group_right

    @property
    def shown_right(self) -> bool:
        """Whether the first thing the person saw was right, and not only the first reading behind an offer of three."""
        return self.first_right and self.outcome not in NOT_AN_ANSWER

    @property
    def three_right(self) -> bool:
        return self.first_right or bool(set(self.labels) & self.case.good)

    @property
    def topic_right(self) -> bool:
        topics = {label.split("/")[0] for label in self.case.good}
        return self.first_right or bool({label.split("/")[0] for label in self.labels[:1]} & topics)

    @property
    def group_right(self) -> bool:
        """Whether the text of the right emergency is among the two that the desk shows at most."""
        return self.alarm and bool(set(self.labels[:2]) & self.case.good)

    @property
    def reading_right(self) -> bool:
        """Whether the model's first reading was right, whatever was shown."""
        first = {self.best[0]} if self.best else set()
        refused = {OUT_OF_SCOPE, "personal_advice"} if OUT_OF_SCOPE in self.case.good else set()
        return bool(first & (self.case.good | refused))

    def _not_as_if_known(self) -> bool:
        return self.outcome in NOT_AN_ANSWER or self.labels[:1] in (("personal_advice",), (OUT_OF_SCOPE,))


def read_cases(path: Path) -> list[Case]:
    """Read a JSON Lines file. Raises DeskError with every bad line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"{path} cannot be read ({error}). Give a file with one JSON object a line.") from error
    cases, faults = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            faults.append(f'{path.name}:{number}: {error}. A line is {{"text": ..., "lang": ..., "expect": ...}}.')
    if faults:
        raise DeskError("\n".join(faults))
    return cases


def _case(entry: dict[str, Any]) -> Case:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise ValueError("text is missing")
    words = {name: entry.get(name) or "" for name in ("expect", "lang", "kind", "script")}
    if not all(isinstance(word, str) for word in words.values()):
        raise ValueError("expect, lang, kind and script are strings")
    also_ok = entry.get("also_ok") or ()
    also_ok = (also_ok,) if isinstance(also_ok, str) else tuple(also_ok)
    return Case(entry["text"], words["lang"] or None, words["expect"], also_ok, words["kind"], words["script"])


async def evaluate(desk: Desk, cases: list[Case], progress: Callable[[int], None]) -> list[Result]:
    """Ask every case in a conversation of its own. `progress` gets the number done."""
    results = []
    for number, case in enumerate(cases, 1):
        conversation = f"eval-{secrets.token_hex(8)}"
        started = time.perf_counter()
        turn = await desk.handle(Incoming(conversation, case.text))
        elapsed = (time.perf_counter() - started) * 1000
        await desk.forget(conversation)
        results.append(_result(case, turn, elapsed))
        progress(number)
    return results


def _result(case: Case, turn: Turn, ms: float) -> Result:
    best = turn.ranking[0] if turn.ranking and turn.outcome != "emergency" else None
    offered = any(button.id.startswith(button_id("language", "")) for reply in turn.replies for button in reply.buttons)
    return Result(case, _labels(turn), turn.outcome, turn.language, ms, best, offered)


def _labels(turn: Turn) -> tuple[str, ...]:
    """The desk's best three readings; what it showed comes first."""
    ranked = [label for label, _ in turn.ranking]
    shown = [reply.about for reply in turn.replies if "/" in reply.about and turn.outcome in ("answer", "emergency")]
    return tuple(dict.fromkeys([*shown, *ranked]))[:3]
