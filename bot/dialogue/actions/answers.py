"""Showing an answer, more of its services, and those near the person."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.content.records import Answer
from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.dialogue.buttons import button_id
from bot.dialogue.engine import MAYBE_ONES_OWN_CASE
from bot.dialogue.messages import Button, Reply
from bot.dialogue.near_replies import NearWriter
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter
from bot.dialogue.several_needs import CLEAR_FROM, also_meant, separate_needs, topic_of
from bot.skills.audiences import is_for

ALSO_LIKELY = 0.1  # from this confidence on, another reading of the question is offered beside the answer
ALSO_SHOWN = 2
KEPT_CANDIDATES = 6
TWIN_FROM = 0.05  # confidence from which another answer of the topic may be the same question for other people
SHOWN_FROM = 0.3  # confidence from which an answer is shown outright; the fallback's threshold in nlu/config.yml


class ActionAnswer(DeskAction):
    """Shows the answer that a button names or that the question was understood to ask for."""

    action_name = "action_answer"

    def act(self, request: Request) -> dict[str, Any]:
        ids = [key for key, _ in request.ranking() if key in request.content.answers]
        found = request.answers([request.argument("answer") or next(iter(ids), "")])
        if not found:
            request.utter(*request.write.unknown())
            return {}
        also = request.answers(also_meant(request.ranking(), request.content.answers))
        return show_two_needs(request) or show(request, found[0], also, clear=True)


class ActionMore(DeskAction):
    """Shows the next services of the answer last shown."""

    action_name = "action_more"

    def act(self, request: Request) -> dict[str, Any]:
        found = request.answers([request.slot("answer")])
        if not found:
            request.utter(request.write.menu())
            return {}
        reply, slots = NearWriter(request.write).more(found[0], request.slot("shown"), request.slot("listed"))
        request.utter(reply)
        return slots


class ActionNearMe(DeskAction):
    """Shows services near the person, or those open now, and asks where the person is while that is not known."""

    action_name = "action_near_me"

    def act(self, request: Request) -> dict[str, Any]:
        found = request.answers([request.slot("answer")])
        reply, slots = NearWriter(request.write).press(found[0] if found else None, request.intent == "open_now")
        request.utter(reply)
        return slots


def show_two_needs(request: Request) -> dict[str, Any]:
    """Where a message holds two needs: the answer to the first, and the second offered; choices where the first is not
    sure. Returns the slots to set; {} where it is one need, and then nothing is shown."""
    ranking = request.ranking()
    needs = separate_needs(ranking, request.needs(), request.content.answers) if ranking else []
    if not needs:
        return {}
    (first, sure), (_, second_sure) = needs[0][0], needs[1][0]
    second = request.answers(key for key, _ in needs[1])[:ALSO_SHOWN]
    if sure >= SHOWN_FROM:
        return show(request, request.content.answers[first], second, clear=second_sure >= CLEAR_FROM)
    offered = [*request.answers(key for key, _ in needs[0])[:ALSO_SHOWN], *second]
    request.utter(request.write.choices(offered))
    kept = {answer.id for answer in offered}
    return {"candidates": [key for key, _ in ranking if "/" in key and key not in kept][:KEPT_CANDIDATES]}


def show(request: Request, answer: Answer, also: list[Answer], clear: bool) -> dict[str, Any]:
    """Show an answer to a new question. Returns the slots to set.

    also: answers to what was asked beside it, best first; `clear`: whether the best is meant, and not only its topic.
    """
    others = [(key, share) for key, share in request.ranking() if "/" in key and key != answer.id]
    offered = request.answers(key for key, share in others if share >= ALSO_LIKELY)[:ALSO_SHOWN]
    reply = _with_buttons(request, request.write.answer(answer), offered)
    _ = request.phrases.speaker(reply.language)
    if also:
        about = _question(request, reply, also[0]) if clear else _(request.content.topics[also[0].topic].name)
        line = _("You also asked: {question}", question=about)
        reply = _with_buttons(request, _with_line(reply, line), also[:1] if clear else also)
    if dict(request.ranking()).get("personal_advice", 0.0) >= MAYBE_ONES_OWN_CASE:
        careful = _("I can only tell the general rules. For your own case, ask a registered adviser.")
        reply = replace(reply, warnings=(*reply.warnings, careful))
    candidates = [key for key, _ in others][:KEPT_CANDIDATES]
    twins = [key for key, share in others if share >= TWIN_FROM and topic_of(key) == answer.topic]
    request.utter(_with_twin(request, request.write, reply, answer, twins))
    slots = {"answer": answer.id, "shown": CARDS_AT_ONCE, "candidates": candidates, "twins": twins}
    slots |= {"pending": None, "listed": None}
    return slots | ask_audience(request, request.write, answer)


def show_again(request: Request, answer: Answer, write: ReplyWriter, text: str = "") -> dict[str, Any]:
    """Show the same answer once more, by another writer (for another city or situation), under a sentence."""
    reply = write.answer(answer)
    reply = replace(reply, text=" ".join(filter(None, (text, reply.text))))
    request.utter(_with_twin(request, write, reply, answer, request.slot("twins") or []))
    return {"shown": CARDS_AT_ONCE, "listed": None}


def ask_audience(request: Request, write: ReplyWriter, answer: Answer) -> dict[str, Any]:
    """Ask for the person's situation where the answer depends on it and they were not asked too often."""
    asked = request.slot("audience_asked") or 0
    question = write.audience_question(answer, asked)
    request.utter(*question)
    return {"audience_asked": asked + len(question)} if question else {}


def _with_twin(request: Request, write: ReplyWriter, reply: Reply, answer: Answer, twins: Iterable[str]) -> Reply:
    """Offer the twin that is for the person's situation first where this answer is not."""
    if write.audience is None or is_for(answer, write.audience):
        return reply
    for twin in [each for each in request.answers(twins) if is_for(each, write.audience)][:1]:
        _ = request.phrases.speaker(reply.language)
        line = _("This may fit you better: {question}", question=_question(request, reply, twin))
        reply = _with_buttons(request, _with_line(reply, line), [twin])
    return reply


def _with_line(reply: Reply, line: str) -> Reply:
    return replace(reply, text=" ".join(filter(None, (reply.text, line))))


def _with_buttons(request: Request, reply: Reply, answers: Iterable[Answer]) -> Reply:
    """The reply with these questions as its first buttons, none of them twice."""
    first = tuple(Button(button_id("answer", each.id), _question(request, reply, each)) for each in answers)
    kept = tuple(button for button in reply.buttons if button.id not in {one.id for one in first})
    return replace(reply, buttons=(*first, *kept))


def _question(request: Request, reply: Reply, answer: Answer) -> str:
    return request.phrases.find("answers", reply.language, answer.question).text
