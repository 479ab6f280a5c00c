"""Follow-ups ("how much?", "for my wife") mean something only after an answer. The one place that says when they count.

Only numbers and names here: what a follow-up gets is in bot/dialogue/actions/follow_ups.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# The key of a message's metadata that says whether the conversation remembers an answer. Where nobody says it, as in
# `rasa shell` and `rasa test`, follow-ups count.
AFTER_ANSWER = "after_answer"

Ranked = list[tuple[str, float]]  # (label, probability), best first


@dataclass(frozen=True)
class FollowUps:
    """Which intents are follow-ups, and when they win.

    intents: the follow-ups. alone: follow-up -> probability from which on it stands without an answer too.
    """

    intents: frozenset[str] = frozenset()
    alone: dict[str, float] = field(default_factory=dict)

    def settle(self, ranked: Ranked, after_answer: bool) -> Ranked:
        """The ranking as it counts: with the follow-ups where one of them wins, else as if there were none.

        After an answer a follow-up wins where it is likelier than every ordinary reading; before one, only where it is
        likely enough to stand alone. So a question in its own words never loses to a follow-up that it resembles.
        """
        ordinary = [(label, share) for label, share in ranked if not self.has(label)]
        if len(ordinary) in (0, len(ranked)) or self._wins(ranked, ordinary[0][1], after_answer):
            return ranked
        rest = sum(share for _, share in ordinary) or 1.0
        return [(label, share / rest) for label, share in ordinary]

    def has(self, label: str) -> bool:
        """Whether a label ("ask_cost", "tell_audience/visa") is a follow-up."""
        return label.split("/")[0] in self.intents

    def confidence(self, ranked: Ranked) -> float:
        """How sure it is that a message is one of the follow-ups: which of them matters less than that it is one."""
        return sum(share for label, share in ranked if self.has(label))

    def _wins(self, ranked: Ranked, best_ordinary: float, after_answer: bool) -> bool:
        if after_answer:
            return max(share for label, share in ranked if self.has(label)) > best_ordinary
        shares: dict[str, float] = {}
        for label, share in ranked:
            shares[label.split("/")[0]] = shares.get(label.split("/")[0], 0.0) + share
        return any(shares.get(intent, 0.0) >= enough for intent, enough in self.alone.items())
