"""A tracker store that keeps nothing between messages but the slots it is handed. No text of anybody is ever stored."""

from dataclasses import dataclass, field
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

SURE_PART = 0.5  # a part is short, so that a little danger in it says nothing


@dataclass
class EndedTurn:
    """What is left of a message when it is handled."""

    slots: dict[str, Any] = field(default_factory=dict)
    intent: str = ""
    ranking: tuple[tuple[str, float], ...] = ()
    danger: float | None = None


class SlotTrackerStore(TrackerStore):
    """Makes a fresh tracker from slots for each message. `begin` before a message, `end` after it."""

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain, None)
        self._slots: dict[str, dict[str, Any]] = {}
        self._ended: dict[str, EndedTurn] = {}

    def begin(self, conversation: str, slots: dict[str, Any]) -> None:
        """Say with which slots the next message of a conversation starts."""
        self._slots[conversation] = slots
        self._ended[conversation] = EndedTurn(slots=slots)

    def end(self, conversation: str) -> EndedTurn:
        """Take what the message led to, and forget it here."""
        self._slots.pop(conversation, None)
        return self._ended.pop(conversation, EndedTurn())

    async def save(self, tracker: DialogueStateTracker) -> None:
        if tracker.sender_id not in self._ended:
            return
        message = tracker.latest_message
        parsed = (message.parse_data or {}) if message else {}
        selected = parsed.get("response_selector", {}).get("default", {})
        intents = {one["name"]: one["confidence"] for one in parsed.get("intent_ranking") or []}
        self._ended[tracker.sender_id] = EndedTurn(
            slots={name: slot.value for name, slot in tracker.slots.items() if slot.value is not None},
            intent=(message.intent or {}).get("name") or "" if message else "",
            ranking=tuple((one["intent_response_key"], one["confidence"]) for one in selected.get("ranking", [])),
            danger=_danger(intents.get("emergency"), parsed.get("needs") or []),
        )

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        slots = self._slots.get(sender_id, {})
        known = {slot.name for slot in self.domain.slots}
        events = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        events += [SlotSet(name, value) for name, value in slots.items() if name in known]
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        return DialogueStateTracker.from_events(sender_id, events, slots=self.domain.slots, domain=self.domain)

    async def keys(self) -> list[str]:
        return list(self._slots)


def _danger(whole: float | None, parts: list[list[tuple[str, float]]]) -> float | None:
    """A part that surely tells of danger counts for the whole: "where is a room, my baby is not breathing"."""
    if whole is None:
        return None
    dangers = (sum(share for key, share in part if key.startswith("emergency/")) for part in parts)
    return max(whole, *(danger for danger in dangers if danger >= SURE_PART), 0.0)
