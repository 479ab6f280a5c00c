"""Button ids: short opaque words that a channel sends back. This table is the only way from a button to an action."""

from dataclasses import dataclass

from bot.errors import InputRefused

LIMIT_BYTES = 64  # Telegram's limit for callback data

# Kind of button -> the Rasa intent it stands for and the entity that carries its argument ("" for none).
KINDS: dict[str, tuple[str, str]] = {
    "answer": ("show_answer", "answer"),
    "topic": ("show_topic", "topic"),
    "language": ("set_language", "language"),
    "city": ("set_city", "city"),
    "languages": ("change_language", ""),
    "cities": ("change_city", ""),
    "more": ("more", ""),
    "near": ("near_me", ""),
    "open_now": ("open_now", ""),
    "find": ("find_service", ""),
    "not_this": ("not_what_i_meant", ""),
    "person": ("talk_to_human", ""),
    "menu": ("help", ""),
    "forget": ("forget_me", ""),
    "unsafe": ("not_safe", ""),
    "audience": ("set_audience", "audience"),
    "audiences": ("change_audience", ""),
    "skip": ("skip_audience", ""),
    # No intent: the front desk itself sees to these, because no engine knows what is kept.
    "do_not_keep": ("", ""),
    "wrong": ("", ""),
    "wrong_in": ("", "record"),
    "wrong_as": ("", "report"),
}


@dataclass(frozen=True)
class Press:
    """A pressed button: its kind, the intent it stands for, and its argument ("" for none)."""

    kind: str
    intent: str
    entity: str
    argument: str


def button_id(kind: str, argument: str = "") -> str:
    """The id of a button of that kind, at most 64 bytes."""
    made = f"{kind}:{argument}"
    if kind not in KINDS or len(made.encode()) > LIMIT_BYTES:
        raise ValueError(f"no button can be made from {made!r}")
    return made


def read_button(pressed: str) -> Press:
    """The inverse of `button_id`. Raises InputRefused for anything that the desk never sent."""
    kind, _, argument = pressed.partition(":")
    if kind not in KINDS or len(pressed.encode("utf-8", "replace")) > LIMIT_BYTES:
        raise InputRefused("This button is not known. Please use the newest buttons or write your question.")
    intent, entity = KINDS[kind]
    if bool(entity) != bool(argument):
        raise InputRefused("This button is not complete. Please use the newest buttons or write your question.")
    return Press(kind, intent, entity, argument)
