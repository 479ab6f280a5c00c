"""The sentences that only the web channel says: texts of the page and of refused requests. The desk says all else."""

from typing import Any

from bot.skills.phrases import SOURCE_LANGUAGE, Phrases


def _(message: str) -> str:
    """Marks a sentence for translators and returns it as it is; the translation is looked up when it is shown."""
    return message


PAGE: dict[str, str] = {
    "title": _("Help desk for newcomers"),
    "tagline": _("Free help if you are new in Coventry, Birmingham or Wolverhampton."),
    "danger": _("In danger? Call {emergency}"),
    "leave": _("Leave quickly"),
    "skip": _("Go to the writing box"),
    "language": _("Language"),
    "clear": _("Clear chat"),
    "chat": _("Chat"),
    "question": _("Ask in your own language"),
    "placeholder": _("Write here"),
    "send": _("Send"),
    "empty": _("Please write your question first."),
    "waiting": _("One moment…"),
    "you": _("You wrote:"),
    "urgent": _("Urgent"),
    "careful": _("Careful"),
    "new_tab": _("opens a new page"),
    "failed": _("This did not reach us. Please check your internet and try again. Your words are still here."),
    "failed_start": _("The chat could not open. Please check your internet and try again."),
    "failed_danger": _("In danger, do not wait for this chat. Call {emergency}. It is free."),
    "retry": _("Try again"),
    "cleared": _("The chat is cleared."),
    "cleared_here": _(
        "The chat is cleared on this device. We could not reach the desk. What it keeps will be gone within 24 hours."
    ),
    "no_script": _("Your browser cannot open this chat."),
    "not_open": _("If the chat does not open, you can still call for help:"),
    "call_emergency": _("Life in danger, fire or violence: call {emergency}. It is free. Say your language."),
    "call_health": _("You need medical help now, but life is not in danger: call {health}. Ask for an interpreter."),
    "free": _("This help is free. You do not need to give your name."),
    "keeps": _(
        "We keep your language, your city or the first half of your postcode, your situation if you tell it, and the "
        "last answer you saw, for up to 24 hours. We do not keep your messages. "
        "But if we have no answer, we may keep your question, so that people can write one. "
        "We tell you then, and you can say no."
    ),
    "shared_phone": _("Other people use this phone? Press “Clear chat” when you have finished."),
}
"""The texts of the page by their key. `{emergency}` and `{health}` are the numbers of the two lines."""

NOT_FOUND = _("There is nothing at this address.")
WRONG_METHOD = _("This address does not take this kind of request.")
NOT_JSON = _("This request could not be read. Please open the page again and try once more.")
WRONG_PART = _("A part of this request is wrong. Please open the page again and try once more.")
EMPTY = _("Please write your question first.")
TOO_LONG = _("This message is too long. Please write it shorter, or send it in two parts. In danger, call {emergency}.")
TOO_MANY = _("Many messages came at once. Please wait {seconds} seconds and try again. In danger, call {emergency}.")
TROUBLE = _(
    "Sorry, something went wrong on our side. It is not your fault. Please try again in a few minutes. "
    "In danger, call {emergency}."
)

Numbers = dict[str, str]


def page_texts(phrases: Phrases, language: str, numbers: Numbers) -> dict[str, Any]:
    """The texts of the page in `language`, for the page and the widget.

    Returns {"language", "direction", "texts": key to text, "untranslated": the keys whose text is still English}.
    """
    untranslated = [key for key, message in PAGE.items() if _is_english(phrases, language, message)]
    return {
        "language": language,
        "direction": phrases.direction(language),
        "texts": {key: phrases.say(language, message, **numbers) for key, message in PAGE.items()},
        "untranslated": untranslated if language != SOURCE_LANGUAGE else [],
    }


def _is_english(phrases: Phrases, language: str, message: str) -> bool:
    return phrases.find("messages", language, message).language == SOURCE_LANGUAGE
