"""Showing an answer, more of its services, and those near the person."""

from dataclasses import replace
from typing import Any

from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.dialogue.buttons import button_id
from bot.dialogue.messages import Button
from bot.dialogue.replies import CARDS_AT_ONCE

ALSO_LIKELY = 0.1  # from this confidence on, another reading of the question is offered beside the answer
ALSO_SHOWN = 2
KEPT_CANDIDATES = 6
MAYBE_ONES_OWN_CASE = 0.08  # from this confidence on, the answer says that it is no advice on one person's case


class ActionAnswer(DeskAction):
    """Shows the answer that a button names or that the question was understood to ask for."""

    action_name = "action_answer"

    def act(self, request: Request) -> dict[str, Any]:
        ranking = request.ranking()
        asked = request.argument("answer") or next((key for key, _ in ranking if "/" in key), None)
        found = request.answers([asked] if asked else [])
        if not found:
            request.utter(*request.write.unknown())
            return {}
        answer = found[0]
        others = [(key, confidence) for key, confidence in ranking if "/" in key and key != answer.id]
        also = request.answers(key for key, confidence in others if confidence >= ALSO_LIKELY)[:ALSO_SHOWN]
        reply = request.write.answer(answer)
        extra = tuple(
            Button(button_id("answer", each.id), request.phrases.find("answers", reply.language, each.question).text)
            for each in also
        )
        warnings = reply.warnings
        if dict(ranking).get("personal_advice", 0.0) >= MAYBE_ONES_OWN_CASE:
            _ = request.phrases.speaker(reply.language)
            warnings += (_("I can only tell the general rules. For your own case, ask a registered adviser."),)
        request.utter(replace(reply, warnings=warnings, buttons=(*extra, *reply.buttons)))
        return {
            "answer": answer.id,
            "shown": CARDS_AT_ONCE,
            "candidates": [key for key, _ in others][:KEPT_CANDIDATES],
            "pending": None,
        }


class ActionMore(DeskAction):
    """Shows the next services of the answer last shown."""

    action_name = "action_more"

    def act(self, request: Request) -> dict[str, Any]:
        found = request.answers([request.slot("answer")])
        if not found:
            request.utter(request.write.menu())
            return {}
        reply, shown = request.write.more(found[0], request.slot("shown") or CARDS_AT_ONCE)
        request.utter(reply)
        return {"shown": shown}


class ActionNearMe(DeskAction):
    """Shows services in the person's city, and asks for the city first where it is unknown."""

    action_name = "action_near_me"

    def act(self, request: Request) -> dict[str, Any]:
        if not request.slot("city"):
            request.utter(request.write.ask_city())
            return {"pending": "near"}
        found = request.answers([request.slot("answer")])
        request.utter(request.write.near(found[0]) if found else request.write.menu())
        return {"pending": None}
