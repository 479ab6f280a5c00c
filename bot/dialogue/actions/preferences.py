"""What a person may set: the language, the city, and being forgotten."""

import re
from dataclasses import replace
from typing import Any

from bot.dialogue.actions.answers import show, show_again
from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.dialogue.near_replies import NearWriter
from bot.dialogue.replies import CHOICES
from bot.dialogue.several_needs import CLEAR_FROM
from bot.skills.language_guess import identify
from bot.skills.languages import languages_named, read_by
from bot.skills.places import city_named, city_spellings, is_little_more_than_city

ASKED_BESIDE_FROM = (
    0.12  # confidence of an answer from which a message is more than its city; "and in Birmingham?" has 0.07
)
# Who names English with such a word says that it is not their language.
NOT = re.compile(
    r"\b(not?|don['’]?t|cannot|can['’]?t|bad|little|weak|poor|never|ما|لا|مش|مو|ليس|لست|не|погано|nie|nu)\b|نیستم|نمی|ندارم"
)


class ActionChangeLanguage(DeskAction):
    """Changes the language to the one pressed or named; asks where none is."""

    action_name = "action_change_language"

    def act(self, request: Request) -> dict[str, Any]:
        wanted = request.argument("language") or self._named(request)
        if wanted is None:
            request.utter(request.write.ask_language())
            return {}
        offered = request.phrases.nearest(wanted)
        if offered is None:
            _ = request.phrases.speaker(request.write.language)
            sorry = _("I do not speak this language yet. I can understand many languages. I can answer in these:")
            request.utter(request.write.sentence("change_language", sorry, *request.write.ask_language().buttons))
            return {}
        writer = request.writer(offered, request.slot("city"), request.slot("audience"))
        request.utter(
            writer.menu(request.phrases.say(offered, "I now speak English with you."), about="change_language")
        )
        return {"language": offered}

    @staticmethod
    def _named(request: Request) -> str | None:
        """The language that is asked for: the one named, else the one the wish is written in.

        English alone is mostly named by people who do not speak it ("I don't speak English").
        """
        if request.text.startswith("/"):
            return None
        named = languages_named(request.text)
        others = [code for code in named if code != "en"]
        if others:
            return others[0]
        if "en" in named and not NOT.search(request.text.casefold()):
            return "en"
        guess = identify(request.text)
        return read_by(guess.code) if guess.sure and guess.code != "en" else None


class ActionChangeCity(DeskAction):
    """Sets the city pressed or named; goes on with what waited for it; asks where none is named."""

    action_name = "action_change_city"

    def act(self, request: Request) -> dict[str, Any]:
        spellings = city_spellings(request.content.cities.values(), request.phrases)
        city = request.argument("city") or city_named(request.text, spellings)
        if city not in request.content.cities:
            request.utter(request.write.ask_city())
            return {}
        if not request.argument("city") and not request.slot("pending"):
            asked = self._asked_beside(request)
            if asked:
                return {"city": city, **asked}
        writer = replace(request.write, city=city, outcode=None, here=None)
        found = request.answers([request.slot("answer")])
        _ = request.phrases.speaker(writer.language)
        told = _("Your city is {city}.", city=_(request.content.cities[city].name))
        slots: dict[str, Any] = {"city": city, "outcode": None, "pending": None}
        if request.slot("pending") == "near" and found:
            reply, near = NearWriter(writer).press(found[0])
            request.utter(reply)
            slots |= near
        elif found and not request.argument("city") and is_little_more_than_city(request.text, spellings):
            return slots | show_again(request, found[0], writer, told)  # "and in Birmingham?"
        else:
            request.utter(writer.menu(told, about="change_city"))
        return slots

    @staticmethod
    def _asked_beside(request: Request) -> dict[str, Any]:
        """Answer what a message asks beside its city ("doctor in Birmingham"). Returns the slots; {} where it asks nothing."""
        ranking = request.ranking()
        answers = [(key, share) for key, share in ranking if key in request.content.answers]
        if not answers or answers[0][1] < ASKED_BESIDE_FROM:
            return {}
        besides = 1.0 - dict(ranking).get("change_city", 0.0)
        if answers[0][1] >= CLEAR_FROM * besides:
            return show(request, request.content.answers[answers[0][0]], [], clear=True)
        request.utter(request.write.choices(request.answers(key for key, _ in answers)[:CHOICES]))
        return {"candidates": [key for key, _ in answers[CHOICES:]]}


class ActionForget(DeskAction):
    """Tells that all is forgotten; the front desk removes it after this turn."""

    action_name = "action_forget"

    def act(self, request: Request) -> dict[str, Any]:
        request.utter(request.write.forgotten())
        return {}
