"""What follows on an answer: its cost, place, times and papers, the person's situation, and asking for somebody else."""

from typing import Any

from bot.dialogue.actions.answers import show_again
from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.dialogue.fact_replies import FactWriter
from bot.dialogue.replies import ASKED_AT_MOST
from bot.skills.audiences import GROUPS

UNSURE_BELOW = 2.0  # a situation that is not so many times as likely as the next is asked for instead of taken


class ActionFacts(DeskAction):
    """The cost, the place, the times or the papers of the answer last shown."""

    action_name = "action_facts"

    def act(self, request: Request) -> dict[str, Any]:
        found = request.answers([request.slot("answer")])
        request.utter(FactWriter(request.write).facts(found[0], request.intent) if found else request.write.menu())
        return {}


class ActionSomeoneElse(DeskAction):
    """Shows the answer again, for everybody, and asks for the situation of the one it is for.

    Nothing is concluded: that an answer holds for a wife because it holds for her husband is often wrong.
    """

    action_name = "action_someone_else"

    def act(self, request: Request) -> dict[str, Any]:
        found = request.answers([request.slot("answer")])
        if not found:
            request.utter(request.write.menu())
            return {}
        _ = request.phrases.speaker(request.write.language)
        write = request.writer(request.write.language, request.slot("city"), audience=None)
        if not write.depends(found[0]):
            return show_again(request, found[0], write, _("Is it for someone else? Write what they need."))
        slots = show_again(request, found[0], write)
        request.utter(write.ask_audience(_("Is it for someone else? Tell me their situation. You can skip this.")))
        return slots


class ActionAudience(DeskAction):
    """Keeps the situation that was told or pressed, and shows the last answer again for it."""

    action_name = "action_audience"

    def act(self, request: Request) -> dict[str, Any]:
        audience = request.argument("audience") or _told(request)
        if audience not in GROUPS.values():
            request.utter(request.write.ask_audience())
            return {}
        write = request.writer(request.write.language, request.slot("city"), audience)
        found = request.answers([request.slot("answer")])
        if found:
            return {"audience": audience, **show_again(request, found[0], write)}
        request.utter(write.audience_kept())
        return {"audience": audience}


class ActionAskAudience(DeskAction):
    """Asks for the person's situation, on their own wish."""

    action_name = "action_ask_audience"

    def act(self, request: Request) -> dict[str, Any]:
        request.utter(request.write.ask_audience())
        return {}


class ActionSkipAudience(DeskAction):
    """Leaves the situation open, or forgets it, and asks no more in this conversation."""

    action_name = "action_skip_audience"

    def act(self, request: Request) -> dict[str, Any]:
        write = request.writer(request.write.language, request.slot("city"), audience=None)
        found = request.answers([request.slot("answer")]) if request.slot("audience") else []
        if found:
            show_again(request, found[0], write, write.for_everyone())
        else:
            request.utter(write.sentence("audience", write.for_everyone()))
        return {"audience": None, "audience_asked": ASKED_AT_MOST}


def _told(request: Request) -> str | None:
    """The code of the situation that a message tells; None where two are nearly as likely."""
    told = [(key.split("/")[1], share) for key, share in request.ranking() if key.startswith("tell_audience/")]
    if not told or (len(told) > 1 and told[0][1] < UNSURE_BELOW * told[1][1]):
        return None
    return GROUPS.get(told[0][0])
