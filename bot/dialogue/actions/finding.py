"""Finding the way: choices when unsure, topics, the menu, and what no desk can answer."""

from typing import Any

from bot.dialogue.actions.answers import show_two_needs
from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.dialogue.directory import FIND
from bot.dialogue.replies import CHOICES

WORTH_OFFERING = 0.03  # below this the best guess is no better than the menu


class ActionChoices(DeskAction):
    """Shows two needs that are clear in their parts; offers the nearest questions, or the topics and people."""

    action_name = "action_choices"

    def act(self, request: Request) -> dict[str, Any]:
        slots = show_two_needs(request)
        if slots:
            return slots
        likely = [key for key, confidence in request.ranking() if "/" in key and confidence >= WORTH_OFFERING]
        answers = request.answers(likely)
        if not answers:
            request.utter(*request.write.unknown())
            return {"candidates": []}
        request.utter(request.write.choices(answers[:CHOICES]))
        return {"candidates": [answer.id for answer in answers[CHOICES:]]}


class ActionOtherChoices(DeskAction):
    """After "not what I meant": the next nearest questions, else topics and people."""

    action_name = "action_other_choices"

    def act(self, request: Request) -> dict[str, Any]:
        answers = request.answers(request.slot("candidates") or [])
        if not answers:
            request.utter(
                *request.write.unknown(
                    request.write.phrases.say(
                        request.write.language, "Sorry. Choose a topic, or say it in other words."
                    )
                )
            )
            return {}
        request.utter(request.write.choices(answers[:CHOICES]))
        return {"candidates": [answer.id for answer in answers[CHOICES:]]}


class ActionFindService(DeskAction):
    """Asks what to look for in the directory; the front desk searches for the next message."""

    action_name = "action_find_service"

    def act(self, request: Request) -> dict[str, Any]:
        request.utter(request.write.ask_find())
        return {"pending": FIND}


class ActionOutOfScope(DeskAction):
    """Says kindly that the desk does not know this, and what it does know."""

    action_name = "action_out_of_scope"

    def act(self, request: Request) -> dict[str, Any]:
        _ = request.phrases.speaker(request.write.language)
        sentence = _("I cannot help with this. I know about living here: choose a topic, or talk to a person.")
        request.utter(*request.write.unknown(sentence, about="out_of_scope"))
        return {}


class ActionTopic(DeskAction):
    """Lists the questions of a topic."""

    action_name = "action_topic"

    def act(self, request: Request) -> dict[str, Any]:
        topic = request.argument("topic")
        request.utter(request.write.topic(topic) if topic in request.content.topics else request.write.menu())
        return {"topic": topic}


class ActionMenu(DeskAction):
    """Shows what the desk can do."""

    action_name = "action_menu"

    def act(self, request: Request) -> dict[str, Any]:
        request.utter(request.write.menu())
        return {}
