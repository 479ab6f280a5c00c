"""Handing on to people: on wish, and wherever only a person may advise."""

from typing import Any

from bot.dialogue.actions.desk_action import DeskAction, Request


class ActionPerson(DeskAction):
    """Shows whom to talk to."""

    action_name = "action_person"

    def act(self, request: Request) -> dict[str, Any]:
        _ = request.phrases.speaker(request.write.language)
        request.utter(request.write.people(_("You can talk to these people. It is free.")))
        return {}


class ActionPersonalAdvice(DeskAction):
    """Advice on one person's own case belongs to registered advisers, doctors and lawyers."""

    action_name = "action_personal_advice"

    def act(self, request: Request) -> dict[str, Any]:
        _ = request.phrases.speaker(request.write.language)
        sentence = _(
            "This is about your own case. I must not advise on it: a wrong word could hurt you. "
            "Please ask a registered adviser, a lawyer or a doctor. These people can help you find one:"
        )
        request.utter(request.write.people(sentence, about="personal_advice"))
        return {}
