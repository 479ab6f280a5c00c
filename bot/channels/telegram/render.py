"""Turns replies into Telegram messages: HTML, buttons, lengths. What the words say is decided elsewhere."""

import html
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.channels.telegram import bidi
from bot.dialogue.messages import Button, Card, Fact, Reply

LOG = logging.getLogger(__name__)
LONGEST_MESSAGE = 4096  # UTF-16 units
LONGEST_CALLBACK = 64  # bytes
WIDEST_PAIRED_LABEL = 16  # characters; longer labels would be cut on a narrow screen with two in a row
LINKABLE = ("http", "https")  # Telegram opens no tel: or mailto: links, but makes numbers and addresses tappable itself
NOTHING_TO_READ = "⬇️"  # Telegram takes no message without text

Keyboard = tuple[tuple[Button, ...], ...]
Paragraph = list[str]


@dataclass(frozen=True)
class Outgoing:
    """One Telegram message: text in Telegram's HTML, and rows of buttons below it."""

    html: str
    keyboard: Keyboard = ()


def messages_of(replies: Iterable[Reply]) -> list[Outgoing]:
    """All messages of a turn in the order to send them: urgent replies first, the others as they come."""
    in_order = sorted(replies, key=lambda reply: not reply.urgent)
    return [message for reply in in_order for message in render(reply)]


def render(reply: Reply) -> list[Outgoing]:
    """One reply as one or more messages; the buttons hang on the last. [] for a reply with nothing in it."""
    texts = join_paragraphs(_paragraphs(reply))
    keyboard = keyboard_of(reply.buttons)
    if keyboard and not texts:
        texts = [NOTHING_TO_READ]
    last = len(texts) - 1
    return [Outgoing(text, keyboard if number == last else ()) for number, text in enumerate(texts)]


def plain(text: str) -> list[Outgoing]:
    """A sentence of the channel's own as messages."""
    return render(Reply(about="channel", text=text, direction=bidi.direction_of(text)))


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def keyboard_of(buttons: Iterable[Button]) -> Keyboard:
    """The buttons in rows: two short labels side by side, long ones alone. What Telegram refuses is left out."""
    rows: list[tuple[Button, ...]] = []
    for button in filter(_pressable, buttons):
        if rows and len(rows[-1]) == 1 and _short(button) and _short(rows[-1][0]):
            rows[-1] += (button,)
        else:
            rows.append((button,))
    return tuple(rows)


def join_paragraphs(paragraphs: Iterable[Paragraph], longest: int = LONGEST_MESSAGE) -> list[str]:
    """Paragraphs of complete HTML lines as texts of at most `longest` UTF-16 units.

    A text ends at the end of a paragraph, or, where one paragraph is too long, at the end of a line. The tags count
    too, although Telegram does not count them, so that a text is rather too short than too long.
    """
    texts: list[str] = []
    for paragraph in filter(None, paragraphs):
        whole = "\n".join(paragraph)
        pieces = [whole] if utf16_units(whole) <= longest else paragraph
        for number, piece in enumerate(pieces):
            gap = "\n" if number else "\n\n"
            if texts and utf16_units(texts[-1] + gap + piece) <= longest:
                texts[-1] += gap + piece
            else:
                texts.append(piece)
    return texts


def _paragraphs(reply: Reply) -> Iterator[Paragraph]:
    rtl = reply.direction == "rtl"
    if reply.urgent:
        yield _lines(reply.heading or reply.text, rtl, "b", mark="🚨 ")
        yield _lines(reply.text if reply.heading else "", rtl, "b")
    else:
        yield _lines(reply.heading, rtl, "b")
        yield _lines(reply.text, rtl)
    yield [line for point in reply.points for line in _lines(point, rtl, mark="• ")]
    if reply.warnings:
        careful = _lines(reply.labels.get("careful", ""), rtl, "b")
        yield careful + [line for warning in reply.warnings for line in _lines(warning, rtl, mark="⚠️ ")]
    for card in reply.cards:
        yield _card(card, rtl)
    yield [line for note in reply.notes for line in _lines(note, rtl, "i")]
    yield [line for button in reply.buttons if _spoken(button) for line in _lines(_spoken(button), rtl)]


def _card(card: Card, labels_rtl: bool) -> Paragraph:
    """A card as one paragraph. Its title and body read in the card's direction, its labels in that of the reply."""
    rtl = card.direction == "rtl"
    lines = _lines(card.title, rtl, "b")
    lines += _lines(card.subtitle, rtl)
    lines += _lines(card.body, rtl)
    for fact in card.facts:
        lines += _fact(fact, labels_rtl, rtl)
    for warning in card.warnings:
        lines += _lines(warning, labels_rtl, mark="⚠️ ")
    return lines + _lines(card.source, labels_rtl, "i")


def _fact(fact: Fact, labels_rtl: bool, value_rtl: bool) -> list[str]:
    rtl = labels_rtl or value_rtl
    label = f"{' '.join(bidi.harmless(fact.label).split())}: " if fact.label.strip() else ""
    value = bidi.harmless(fact.value)
    if urlsplit(fact.href).scheme in LINKABLE:
        link = f'<a href="{html.escape(fact.href)}">{_escaped(" ".join(value.split()) or fact.href)}</a>'
        opening = _escaped(bidi.opened_right_to_left(label) if rtl else label)
        if utf16_units(opening + link) <= LONGEST_MESSAGE // 2:
            return [opening + _island(link, fact, labels_rtl, value_rtl)]
        # A label or address of such a length is a fault of the data; it must not cost the person the whole answer.
    if not value.strip():
        return []
    islands = "\n".join(_island(line, fact, labels_rtl, value_rtl) for line in value.splitlines())
    return _lines(label + islands, rtl)


def _island(value: str, fact: Fact, labels_rtl: bool, value_rtl: bool) -> str:
    if fact.ltr and (labels_rtl or value_rtl):
        return bidi.left_to_right(value)
    return bidi.own_direction(value) if labels_rtl != value_rtl else value


def _lines(text: str, rtl: bool, tag: str = "", mark: str = "") -> list[str]:
    """A text as lines of complete HTML, each far shorter than a message, each within its own <tag>.

    The mark stands before the first line. A text without anything to read gives no lines.
    """
    lines = []
    text = bidi.harmless(text).strip()
    for line in filter(None, (line.strip() for line in (mark + text if text else "").splitlines())):
        for piece in _pieces(line):
            shown = bidi.opened_right_to_left(bidi.isolate_numbers(piece)) if rtl else piece
            lines.append(f"<{tag}>{_escaped(shown)}</{tag}>" if tag else _escaped(shown))
    return lines


def _pieces(line: str, longest: int = LONGEST_MESSAGE // 2) -> Iterator[str]:
    """The line in pieces whose HTML has at most `longest` units: cut after a sentence, else at a space, else anywhere.

    Half a message leaves room for the islands that right-to-left text gets.
    """
    while utf16_units(_escaped(line)) > longest:
        end = _longest_start(line, longest)
        cut = _last_end(r"[.!?؟。۔।]\s+", line[:end]) or _last_end(r"\s+", line[:end]) or end
        yield line[:cut].rstrip()
        line = line[cut:]
    if line:
        yield line


def _longest_start(line: str, longest: int) -> int:
    units = 0
    for number, character in enumerate(line):
        units += utf16_units(_escaped(character))
        if units > longest:
            return number
    return len(line)


def _last_end(pattern: str, text: str) -> int:
    ends: Sequence[int] = [match.end() for match in re.finditer(pattern, text)]
    return ends[-1] if ends else 0


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _short(button: Button) -> bool:
    return len(button.label) <= WIDEST_PAIRED_LABEL


def _pressable(button: Button) -> bool:
    if not button.label.strip():
        return False
    if button.url:
        return urlsplit(button.url).scheme in LINKABLE
    if 0 < len(button.id.encode()) <= LONGEST_CALLBACK:
        return True
    LOG.error("A button was left out, because its id has no byte or more than %d bytes.", LONGEST_CALLBACK)
    return False


def _spoken(button: Button) -> str:
    """What to write for a button that Telegram cannot offer, such as one that calls a number."""
    scheme, _colon, target = button.url.partition(":")
    if scheme not in ("tel", "mailto"):
        return ""
    return button.label if target in button.label.replace(" ", "") else f"{button.label}: {target}"
