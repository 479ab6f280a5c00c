"""The few sentences that only the Telegram channel says. All else that people read comes from the desk."""


def _(message: str) -> str:
    """Marks a sentence for translators and returns it as it is; the channel asks for the translation when it speaks."""
    return message


PICTURE = _(
    "I cannot look at pictures or files. Please write to me in your own words. Do not send photos of your papers."
)
VOICE = _("I cannot listen to voice messages yet. Please write to me in your own words.")
STICKER = _("Thank you. I can only read words. Please write what you need.")
OTHER = _("I can only read words. Please write what you need. For a place, write its name or postcode.")
TROUBLE = _("Sorry, something went wrong on our side. It is not your fault. Please try again in a few minutes.")

DESCRIPTION = _(
    "A free help desk for people who are new in Coventry, Birmingham or Wolverhampton. "
    "Ask in your own language. You do not need to give your name. Telegram can also see what you write here."
)
SHORT_DESCRIPTION = _("Free help for people new in Coventry, Birmingham and Wolverhampton. Ask in your language.")

COMMANDS: tuple[tuple[str, str], ...] = (
    ("start", _("Start again")),
    ("help", _("Show what I can help with")),
    ("language", _("Change the language")),
    ("city", _("Change the city")),
    ("person", _("Talk to a person")),
    ("forget", _("Delete what I know about you")),
)
"""Each command of the menu and what it does, in the order of the menu."""

MESSAGES: tuple[str, ...] = (
    PICTURE,
    VOICE,
    STICKER,
    OTHER,
    TROUBLE,
    DESCRIPTION,
    SHORT_DESCRIPTION,
    *(text for _name, text in COMMANDS),
)
"""Every sentence of this module, for those who check that the translations are complete."""
