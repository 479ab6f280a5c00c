"""Basic help: where the desk understands a language too little, it offers its nearest questions instead of an answer.

Which languages these are was measured (`desk eval --gate`) and stands in nlu/languages.csv. Emergencies, buttons and
wishes about the talk itself are as in any language, and are not touched here.
"""

import csv
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.content.records import Content
from bot.dialogue.engine import Answered, Asked
from bot.dialogue.language_choice import spoken_candidates
from bot.dialogue.messages import Reply
from bot.dialogue.replies import CHOICES, ReplyWriter
from bot.errors import ContentError
from bot.skills.language_guess import Guess
from bot.skills.phrases import Phrases

log = logging.getLogger(__name__)

COLUMNS = ("language", "messages", "top1", "top3", "topic", "emergencies", "emergency_recall", "help")
FULL, BASIC = "full", "basic"
VERDICTS = "nlu/languages.csv"
# Wishes about the talk itself: a wrong reading of them costs nobody anything, and each leads on to topics or people.
AS_ALWAYS = frozenset(
    ("greet", "thanks", "goodbye", "help", "talk_to_human", "change_language", "change_city", "forget_me")
    + ("not_what_i_meant", "more", "near_me")
    # Follow-ups count only after an answer that the person has chosen.
    + ("ask_cost", "ask_place", "ask_times", "ask_documents", "for_someone_else", "tell_audience")
)


def read_help(path: Path) -> dict[str, dict[str, str]]:
    """The rows of nlu/languages.csv by language. Raises ContentError that names every bad row."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(enumerate(csv.DictReader(file), start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ContentError(f"{VERDICTS}:1: cannot be read ({error}). {_MAKE}") from error
    faults = [f"{VERDICTS}:{line} {fault}" for line, row in rows for fault in _faults(row)]
    if faults:
        raise ContentError("\n".join(faults))
    return {row["language"]: row for _, row in rows}


_MAKE = "Make it with `uv run desk eval --gate tests/nlu/evaluation/*.jsonl`."


def _faults(row: dict[str, str]) -> Iterator[str]:
    if tuple(row) != COLUMNS or None in row.values():
        yield f"row: has other columns than {', '.join(COLUMNS)}. {_MAKE}"
    elif row["help"] not in (FULL, BASIC):
        yield f"help: {row['help']!r} is not known. {_MAKE}"


def basic_languages(path: Path, spoken: Iterable[str]) -> frozenset[str]:
    """The languages of the desk that get basic help: those the file calls basic, and those it does not name.

    A file that is missing or damaged makes all of them basic, because then nothing is known to be understood.
    """
    try:
        rows = read_help(path)
    except ContentError as error:
        log.error("No language gets more than basic help now. %s", error)
        rows = {}
    return frozenset(code for code in spoken if code not in rows or rows[code]["help"] == BASIC)


def check_help(path: Path, spoken: Iterable[str]) -> Iterator[str]:
    """Faults of the file as "file:line field: what to do", and the languages it does not name."""
    try:
        rows = read_help(path)
    except ContentError as error:
        yield from str(error).splitlines()
        return
    missing = [code for code in spoken if code not in rows]
    if missing:
        yield f"{VERDICTS}:1 language: has no row for {', '.join(missing)}. {_MAKE}"


class BasicHelp:
    """Holds answers back in the languages of `languages`, which is empty until somebody sets it."""

    def __init__(self, content: Callable[[], Content], phrases: Phrases) -> None:
        self._content, self._phrases = content, phrases
        self.languages: frozenset[str] = frozenset()

    def limit(self, asked: Asked, answered: Answered, guess: Guess) -> Answered:
        """What the engine says to a message in words, with an answer turned into an offer where help is basic."""
        language = self._language_of(guess, asked.slots["language"])
        if language not in self.languages or not self._is_from_understanding(answered):
            return answered
        content = self._content()
        nearest = [content.answers[key] for key, _ in answered.ranking if key in content.answers]
        writer = ReplyWriter(content, self._phrases, asked.slots["language"], asked.slots.get("city"))
        replies = self._offer(writer, self._phrases.languages[language].name, nearest[:CHOICES])
        later = [answer.id for answer in nearest[CHOICES:]]
        # The slots of an answer that nobody saw would make "Near me" speak of it.
        return replace(answered, replies=replies, slots={**asked.slots, "candidates": later}, intent="nlu_fallback")

    def _language_of(self, guess: Guess, answered_in: str) -> str:
        """The language that a message is taken to be in; the answer's own where the message does not tell for sure."""
        candidates = spoken_candidates(guess, self._phrases)
        return candidates[0] if guess.sure and candidates and answered_in not in candidates else answered_in

    def _is_from_understanding(self, answered: Answered) -> bool:
        """Whether these replies rest on reading the message; without a ranking nobody has read it."""
        urgent = any(reply.urgent for reply in answered.replies)
        return bool(answered.ranking) and not urgent and answered.intent not in AS_ALWAYS

    def _offer(self, writer: ReplyWriter, name: str, nearest: list) -> tuple[Reply, ...]:
        _ = self._phrases.speaker(writer.language)
        note = _("I understand only a little {language} so far.", language=name)
        first, *others = (writer.choices(nearest), writer.menu()) if nearest else writer.unknown()
        danger = _("In danger? Call 999. It is free.")
        return replace(first, text=f"{note} {first.text}", points=(danger, *first.points)), *others
