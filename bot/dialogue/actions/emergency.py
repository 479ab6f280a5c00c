"""Emergencies that the trigger words did not catch but the meaning did, and the button "I am not safe"."""

from typing import Any

from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.dialogue.alarms import TEXTS_AT_ONCE, groups_to_show
from bot.dialogue.replies import emergency_reply

ALSO_MEANT = 0.15  # from this confidence on, a second group's text is shown too


class ActionEmergency(DeskAction):
    """Shows the fixed text of the group that was understood, and of a second one that is likely too."""

    action_name = "action_emergency"

    def act(self, request: Request) -> dict[str, Any]:
        ranking = request.ranking()
        meant = groups_to_show((), ranking, ALSO_MEANT) or [key for key, _ in ranking if key.startswith("emergency/")]
        groups = {group.id: group for group in request.safety.groups}
        questions = {key: answer.question for key, answer in request.content.answers.items()}
        shown = [groups[key] for key in meant[:TEXTS_AT_ONCE] if key in groups] or list(groups.values())[:1]
        request.utter(*(emergency_reply(g, request.phrases, request.write.language, questions) for g in shown))
        return {}


class ActionNotSafe(DeskAction):
    """The number to call, and people, for someone who pressed "I am not safe"."""

    action_name = "action_not_safe"

    def act(self, request: Request) -> dict[str, Any]:
        request.utter(*request.write.not_safe())
        return {}
