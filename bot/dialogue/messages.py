"""The one vocabulary that all channels speak: what comes in, what goes out. No Rasa, no channel, no content rules here."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Incoming:
    """One message from a person.

    conversation: a pseudonymous key that the channel mints; never a name or a phone number.
    text: what the person typed; "" when they pressed a button.
    button: the id of the `Button` they pressed, exactly as sent to them; None for text.
    language_hint: BCP 47 code that the client reports (browser, Telegram); only a hint.
    language: BCP 47 code to answer in, whatever language the message is in; None: the desk decides.
    position: latitude and longitude in degrees (WGS 84) that the person shared; it is used once and never stored.
    """

    conversation: str
    text: str = ""
    button: str | None = None
    language_hint: str | None = None
    channel: str = "console"
    language: str | None = None
    position: tuple[float, float] | None = None


@dataclass(frozen=True)
class Button:
    """Something to press. `id` is at most 64 bytes and comes back as `Incoming.button`. With `url` it is a link instead."""

    id: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """One labelled line of a card. `href` is a tel:, mailto:, https: or http: link, or "". `ltr` marks values to isolate."""

    label: str
    value: str
    href: str = ""
    ltr: bool = False  # a number, postcode or address that must not be rearranged in right-to-left text


@dataclass(frozen=True)
class Card:
    """A service, ready to show."""

    id: str
    title: str
    subtitle: str = ""
    body: str = ""
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()  # for example "Not checked yet"
    source: str = ""  # source and date, in plain words
    language: str = "en"  # language of the body and values (labels follow the reply)
    direction: str = "ltr"


@dataclass(frozen=True)
class Reply:
    """One reply: heading, text, points, warnings, cards, small print and buttons, in this order; any may be empty.

    about: canonical id of what is said ("housing/rent_room", "emergency/medical", "greet", "menu", "choices", "unknown").
    urgent: a fixed safety text; channels show it large and first.
    language/direction: BCP 47 code and "ltr" or "rtl" of the texts.
    """

    about: str
    text: str = ""
    heading: str = ""
    points: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    notes: tuple[str, ...] = ()  # small print: whom it is for, source, date checked, translation state
    buttons: tuple[Button, ...] = ()
    urgent: bool = False
    language: str = "en"
    direction: str = "ltr"
    labels: dict[str, str] = field(default_factory=dict)  # words a channel needs around it, e.g. {"careful": "Careful"}


@dataclass(frozen=True)
class Turn:
    """All that one incoming message led to.

    language: BCP 47 code that the message was found to be in, or "und" (undecided).
    outcome: "answer", "choices", "unknown", "emergency", "menu" or "talk" (greetings and the like).
    ranking: the best candidates as (canonical id, confidence 0..1), best first; empty for buttons.
    spoken: BCP 47 code of the language that the conversation is in from now on.
    """

    replies: tuple[Reply, ...]
    language: str = "und"
    outcome: str = "talk"
    ranking: tuple[tuple[str, float], ...] = ()
    spoken: str = "en"


def to_dict(message: Reply | Turn) -> dict[str, Any]:
    """The message as plain dicts and lists, for JSON."""
    return asdict(message)


def reply_from_dict(data: dict[str, Any]) -> Reply:
    """The inverse of `to_dict` for a `Reply`, also after a round trip through JSON."""
    cards = tuple(
        Card(**{**card, "facts": tuple(Fact(**fact) for fact in card["facts"]), "warnings": tuple(card["warnings"])})
        for card in data["cards"]
    )
    parts = {name: tuple(data[name]) for name in ("points", "warnings", "notes")}
    return Reply(**{**data, **parts, "cards": cards, "buttons": tuple(Button(**button) for button in data["buttons"])})


def as_lines(reply: Reply) -> list[str]:
    """The reply as plain lines without buttons, for the console and `rasa shell`; one list item a line."""
    lines = [line for line in (reply.heading, reply.text) if line]
    lines += [f"• {point}" for point in reply.points]
    lines += [f"⚠ {warning}" for warning in reply.warnings]
    for card in reply.cards:
        lines += ["", f"▸ {card.title}" + (f" ({card.subtitle})" if card.subtitle else "")]
        lines += [f"  {card.body}"] if card.body else []
        lines += [f"  {fact.label}: {fact.value}" if fact.label else f"  {fact.value}" for fact in card.facts]
        lines += [f"  ⚠ {warning}" for warning in card.warnings]
        lines += [f"  {card.source}"] if card.source else []
    if reply.notes:
        lines += ["", *reply.notes]
    return lines
