"""Whom an answer is for: the situations people can be in, and which lines hold for each. Nobody is asked or told here."""

from collections.abc import Iterable

from bot.content.records import Answer, Point

# The group in the examples (tell_audience/<group>) -> the code in the content pack. The order is that of the buttons.
GROUPS = {"asylum_seeker": "AS", "refugee": "RF", "visa": "VH", "eu": "EU", "no_papers": "UN"}
EVERYBODY = "ALL"
DANGER = "safety"  # the topic of answers for people in danger or afraid of somebody


def is_for(answer: Answer, audience: str) -> bool:
    """Whether an answer as a whole is for people of that code."""
    return bool({EVERYBODY, audience} & set(answer.audience))


def depends(answer: Answer, points: Iterable[Point]) -> bool:
    """Whether it matters who asks: the answer is not for everybody, or one of the points that would be shown is not."""
    return EVERYBODY not in answer.audience or any(point.audience for point in points)


def worth_asking(answer: Answer, points: Iterable[Point]) -> bool:
    """Whether to ask a person who did not say: not where the question itself tells their situation ("I wait for asylum.
    When can I ask to work?"), and never on a danger, where asking for papers costs trust."""
    if answer.topic == DANGER:
        return False
    return any(point.audience for point in points) or (EVERYBODY not in answer.audience and len(answer.audience) > 1)


def points_for(points: Iterable[Point], audience: str | None) -> list[Point]:
    """The points for people of that code (None: not known, all): their own first, then those for everybody."""
    if audience is None:
        return list(points)
    theirs = [point for point in points if not point.audience or audience in point.audience]
    return sorted(theirs, key=lambda point: not point.audience)
