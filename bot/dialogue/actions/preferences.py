"""What a person may set: the language, the city, and being forgotten."""

import re
from typing import Any

from bot.dialogue.actions.desk_action import DeskAction, Request
from bot.skills.languages import identify, languages_named
from bot.skills.places import city_named, city_spellings

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
        writer = request.writer(offered, request.slot("city"))
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
        return guess.code if guess.sure and guess.code != "en" else None


class ActionChangeCity(DeskAction):
    """Sets the city pressed or named; goes on with what waited for it; asks where none is named."""

    action_name = "action_change_city"

    def act(self, request: Request) -> dict[str, Any]:
        spellings = city_spellings(request.content.cities.values(), request.phrases)
        city = request.argument("city") or city_named(request.text, spellings)
        if city not in request.content.cities:
            request.utter(request.write.ask_city())
            return {}
        writer = request.writer(request.write.language, city)
        found = request.answers([request.slot("answer")])
        if request.slot("pending") == "near" and found:
            request.utter(writer.near(found[0]))
        else:
            _ = request.phrases.speaker(writer.language)
            request.utter(
                writer.menu(_("Your city is {city}.", city=_(request.content.cities[city].name)), about="change_city")
            )
        return {"city": city, "pending": None}


class ActionForget(DeskAction):
    """Tells that all is forgotten; the front desk removes it after this turn."""

    action_name = "action_forget"

    def act(self, request: Request) -> dict[str, Any]:
        request.utter(request.write.forgotten())
        return {}
