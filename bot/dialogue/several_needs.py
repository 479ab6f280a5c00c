"""Whether a message holds two needs, and which answers they have. Numbers and ids only; the words are split in skills."""

from collections.abc import Container

Ranking = list[tuple[str, float]]  # (answer id or intent, confidence), best first

CLEAR_FROM = 0.5  # confidence from which one answer is clearly meant by a part, or by the whole message
TOPIC_CLEAR_FROM = 0.6  # summed confidence from which at least the topic of a part is: "i need a doctor"
TWINS_FROM = 0.1  # confidence from which one need could also be meant by the words of the other: they are one need
ALSO_MEANT_FROM = 0.3  # confidence from which the second reading of a whole message counts as asked too


def separate_needs(whole: Ranking, parts: list[Ranking], answers: Container[str]) -> list[Ranking]:
    """The readings of the two needs that a message holds, each best first; [] where it is one need.

    They stand in the order of the message, or the one first that the message as a whole is clearly about. A reading has
    only answers of one topic. A message that is clearly understood as something that none of its parts
    says alone is one need: "I am pregnant and have no status".
    """
    clear = [reading for part in parts if (reading := _clear_reading(part, answers))]
    pairs = ((one, other) for place, one in enumerate(clear) for other in clear[place + 1 :])
    for one, other in pairs:
        known = whole[0][0] in (one[0][0], other[0][0]) or whole[0][1] < CLEAR_FROM
        if known and _are_different(one, other):
            # What the whole message is clearly about is most likely what the person came for.
            return [other, one] if whole[0][0] == other[0][0] and whole[0][1] >= CLEAR_FROM else [one, other]
    return []


def also_meant(whole: Ranking, answers: Container[str]) -> list[str]:
    """The id of the second answer of a message that may well mean two on different topics; [] for most messages."""
    known = [(key, share) for key, share in whole if key in answers]
    if len(known) < 2 or known[1][1] < ALSO_MEANT_FROM or topic_of(known[0][0]) == topic_of(known[1][0]):
        return []
    return [known[1][0]]


def topic_of(answer: str) -> str:
    """The topic of an answer id."""
    return answer.split("/")[0]


def _clear_reading(part: Ranking, answers: Container[str]) -> Ranking:
    """The answers that a part may mean, all of the topic of the best; [] where not even the topic is clear."""
    if not part or part[0][0] not in answers:
        return []
    reading = [(key, share) for key, share in part if key in answers and topic_of(key) == topic_of(part[0][0])]
    clear = part[0][1] >= CLEAR_FROM or sum(share for _, share in reading) >= TOPIC_CLEAR_FROM
    return reading if clear else []


def _are_different(one: Ranking, other: Ranking) -> bool:
    if topic_of(one[0][0]) != topic_of(other[0][0]):
        return True
    sure = min(one[0][1], other[0][1]) >= CLEAR_FROM and one[0][0] != other[0][0]
    return sure and max(dict(one).get(other[0][0], 0.0), dict(other).get(one[0][0], 0.0)) < TWINS_FROM
