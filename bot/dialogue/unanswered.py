"""Questions that the desk could not answer: which may be kept for volunteers, telling the person, and taking back.

Redaction is in bot/skills/redaction.py and the table in bot/content/unanswered.py. No text is logged; what is held for a
"Not what I meant" is redacted already, in memory only, and gone after ten minutes.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.content.records import Content
from bot.content.store import Store
from bot.content.unanswered import KEPT, NOT_MEANT, OUT_OF_SCOPE, UNKNOWN, OpenQuestion
from bot.dialogue.alarms import WORRY_FROM
from bot.dialogue.buttons import button_id
from bot.dialogue.engine import MAYBE_ONES_OWN_CASE, Answered, Asked
from bot.dialogue.messages import Button, Reply
from bot.errors import StoreError
from bot.skills.language_guess import Guess
from bot.skills.phrases import Phrases
from bot.skills.redaction import redact, says_enough, words_of

log = logging.getLogger(__name__)

WISH = "keep_questions"  # the slot that is False once the person does not want their questions kept
LONGEST = 300  # characters; what is longer is a story of somebody's life
NEAREST = 3
# The desk is sure of what is no matter of its own: jokes, football, crimes. No volunteer is to answer that.
SURELY_OUT_OF_SCOPE = 0.6
HELD_SECONDS = 600
DATABASE_SECONDS = 2.0  # longer nobody waits for what is remembered or kept
# Buttons by which a person leaves the question that they asked.
ELSEWHERE = ("menu", "topic", "person", "forget", "unsafe")

Added = tuple[dict[str, Any], tuple[Reply, ...]]
"""What a turn adds: slots of this module, and what the person is told where a question is kept."""
NOTHING: Added = ({}, ())


class UnansweredQuestions:
    """Keeps questions while `keeping` is true, which it is not until somebody says so; taking back works always.

    hold_seconds: how long a question is held in memory for the case that it was misunderstood.
    """

    def __init__(
        self, store: Store, content: Callable[[], Content], phrases: Phrases, now: Callable[[], datetime]
    ) -> None:
        self._store, self._content, self._phrases, self._now = store, content, phrases, now
        self.keeping = False
        self.hold_seconds: float = HELD_SECONDS
        self._held: dict[str, OpenQuestion] = {}
        self._late: set[asyncio.Task] = set()
        self._words: tuple[int, frozenset[str]] = (-1, frozenset())

    async def after(self, asked: Asked, answered: Answered, outcome: str, guess: Guess, worried: bool = False) -> Added:
        """What a turn adds to the engine's; `worried`: the words of the message need care."""
        if asked.press is None:
            changed, told = await self._after_words(asked, answered, outcome, guess, worried)
        else:
            changed, told = await self._after_press(asked, answered)
        carried = {name: asked.slots[name] for name in (KEPT, WISH) if name in asked.slots}  # no engine knows of these
        return carried | changed, told

    async def told_if(self, written: bool, slots: dict[str, Any], told: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """What the person is told. Where the conversation was not written they could not object later, and so the
        question is taken back and nothing is said."""
        if told and not written:
            await self._take_back(slots[KEPT][-1:])
            return ()
        return told

    async def object(self, conversation: str, slots: dict[str, Any], language: str) -> tuple[dict[str, Any], Reply]:
        """Take back what the conversation added, and keep nothing more of it. Raises StoreError where that fails."""
        self.let_go(conversation)
        await asyncio.to_thread(self._store.take_back_questions, slots.get(KEPT) or [])
        _ = self._phrases.speaker(language)
        text = _("I do not keep your question. I will not keep others from you.")
        if KEPT not in slots and slots.get(WISH) is not False:  # the button outlived the memory of its conversation
            text = _(
                "I no longer know which question was yours, so I cannot delete it. I will not keep others from you."
            )
        return {KEPT: None, WISH: False}, self._reply("question_not_kept", text, language, "menu", _("Topics"))

    def let_go(self, conversation: str) -> None:
        """Forget what is held of a conversation in memory."""
        self._held.pop(conversation, None)

    # ---- parts

    async def _after_press(self, asked: Asked, answered: Answered) -> Added:
        if asked.press.kind in ELSEWHERE:
            self.let_go(asked.conversation)
        held = self._held.pop(asked.conversation, None) if answered.intent == NOT_MEANT else None
        return await self._keep(asked, held) if held else NOTHING

    async def _after_words(self, asked: Asked, answered: Answered, outcome: str, guess: Guess, worried: bool) -> Added:
        held = self._held.pop(asked.conversation, None)
        if worried or not self.keeping or asked.slots.get(WISH) is False or refused_by(answered):
            return NOTHING
        if answered.intent == NOT_MEANT:  # said in words: what was meant is the message before
            return await self._keep(asked, held) if held else NOTHING
        question = self._question(asked, answered, guess) if outcome in ("unknown", "choices", "answer") else None
        if question is None:
            return NOTHING
        if outcome == "unknown":
            return await self._keep(asked, question)
        self._hold(asked.conversation, question)
        return NOTHING

    def _question(self, asked: Asked, answered: Answered, guess: Guess) -> OpenQuestion | None:
        """The question as it may be kept; None where it says too little, too much, or what nobody is to answer."""
        ranking = dict(answered.ranking)
        if len(asked.text) > LONGEST or ranking.get(OUT_OF_SCOPE, 0.0) >= SURELY_OUT_OF_SCOPE:
            return None
        content = self._content()
        text = redact(asked.text, self._known(content))
        if not says_enough(text):
            return None
        return OpenQuestion(
            text,
            guess.code if guess.sure else asked.slots["language"],
            OUT_OF_SCOPE if answered.intent == OUT_OF_SCOPE else UNKNOWN,
            tuple((key, share) for key, share in answered.ranking if key in content.answers)[:NEAREST],
            asked.slots.get("city"),
        )

    def _known(self, content: Content) -> frozenset[str]:
        if self._words[0] != content.revision:
            self._words = content.revision, words_of(content)
        return self._words[1]

    def _hold(self, conversation: str, question: OpenQuestion) -> None:
        """Hold a question until the next message, and for ten minutes at most."""
        held = OpenQuestion(question.text, question.language, NOT_MEANT, question.nearest, question.city)
        self._held[conversation] = held
        asyncio.get_running_loop().call_later(self.hold_seconds, self._drop, conversation, held)

    def _drop(self, conversation: str, held: OpenQuestion) -> None:
        if self._held.get(conversation) is held:
            self.let_go(conversation)

    async def _keep(self, asked: Asked, question: OpenQuestion) -> Added:
        """Keep a question and tell so. Where it cannot be told in time it is not kept."""
        before = asked.slots.get(KEPT) or []
        today = self._now().date()
        storing = asyncio.create_task(asyncio.to_thread(self._store.add_question, question, today, before))
        done, _late = await asyncio.wait({storing}, timeout=DATABASE_SECONDS)
        if not done:
            log.error("A question could not be kept: the database is busy.")
            self._take_back_later(storing)
            return NOTHING
        try:
            number = storing.result()
        except StoreError as error:
            log.error("A question could not be kept: %s", error)
            return NOTHING
        language = asked.slots["language"]
        _ = self._phrases.speaker(language)
        told = _(
            "I will keep your question, so that people can add an answer. I take out the names and numbers I find."
        )
        reply = self._reply("question_kept", told, language, "do_not_keep", _("Do not keep it"))
        return {KEPT: [*(each for each in before if each != number), number]}, (reply,)

    def _take_back_later(self, storing: asyncio.Task) -> None:
        async def take_back() -> None:
            try:
                number = await storing
            except StoreError as error:
                log.error("A question could not be kept: %s", error)
            else:
                await self._take_back([number])

        task = asyncio.create_task(take_back())
        self._late.add(task)  # the loop itself holds a task only weakly
        task.add_done_callback(self._late.discard)

    async def _take_back(self, numbers: list[int]) -> None:
        try:
            await asyncio.to_thread(self._store.take_back_questions, numbers)
        except StoreError as error:
            log.error("A question that was not told of could not be taken back: %s", error)

    def _reply(self, about: str, text: str, language: str, kind: str, label: str) -> Reply:
        button = Button(button_id(kind), label)
        return Reply(about, text, buttons=(button,), language=language, direction=self._phrases.direction(language))


def refused_by(answered: Answered) -> bool:
    """Whether what the engine understood forbids to keep a message: danger, one's own case, or nothing understood."""
    ranking = dict(answered.ranking)
    best = answered.ranking[0][0] if answered.ranking else ""
    in_danger = (answered.danger or 0.0) >= WORRY_FROM or best.startswith("emergency/")
    own_case = answered.intent == "personal_advice" or ranking.get("personal_advice", 0.0) >= MAYBE_ONES_OWN_CASE
    return in_danger or own_case or not answered.ranking
