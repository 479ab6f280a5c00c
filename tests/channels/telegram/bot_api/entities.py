"""Telegram's HTML as the stand-in reads it: what people see, and its entities. Strict where Telegram is mild."""

import re
from html import unescape

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z-]+)(?P<attributes>[^<>]*)>|(?P<bad>[<>])|(?P<text>[^<>]+)")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_HREF = re.compile(r'\s+href="([^"<>]*)"')


class BadMarkup(ValueError):
    """The text is not the HTML that Telegram takes. The message is the one that the Bot API would give."""


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, object]]]:
    """The visible text and its entities (type, offset, length in UTF-16 units, url). Raises `BadMarkup`.

    Unlike Telegram, which drops them without a word, it refuses links to other than http, https and tg addresses.
    """
    text, entities, open_tags = "", [], []
    for token in _TOKEN.finditer(source):
        if token["bad"]:
            raise BadMarkup(f'unescaped "{token["bad"]}" at byte offset {token.start()}')
        if token["text"]:
            text += _unescaped(token["text"])
        elif token["close"]:
            entities.append(_closed(open_tags, token["tag"].lower(), utf16_units(text)))
        else:
            open_tags.append(_opened(token["tag"].lower(), token["attributes"], utf16_units(text)))
    if open_tags:
        raise BadMarkup(f'can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    visible = [entity for entity in entities if entity["length"]]
    return text, sorted(visible, key=lambda entity: (entity["offset"], -entity["length"]))


def commands_and_mentions(text: str) -> list[dict[str, object]]:
    """The entities that Telegram finds by itself in what people write: /commands and @names."""
    kinds = {"bot_command": r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?", "mention": r"(?<![\w/])@\w{4,32}"}
    return [
        {"type": kind, "offset": utf16_units(text[: found.start()]), "length": utf16_units(found[0])}
        for kind, pattern in kinds.items()
        for found in re.finditer(pattern, text)
    ]


def _unescaped(text: str) -> str:
    if "&" in _ENTITY.sub("", text):
        raise BadMarkup('unescaped "&" or an entity that the Bot API does not know')
    return unescape(text)


def _opened(tag: str, attributes: str, offset: int) -> tuple[str, dict[str, object]]:
    if tag not in TAGS:
        raise BadMarkup(f'unsupported start tag "{tag}"')
    entity: dict[str, object] = {"type": TAGS[tag], "offset": offset}
    if tag == "a":
        href = _HREF.fullmatch(attributes)
        if not href or not re.match(r"(https?|tg)://.", _unescaped(href[1])):
            raise BadMarkup('tag "a" without a link that Telegram opens')
        entity["url"] = unescape(href[1])
    elif attributes:
        raise BadMarkup(f'unsupported attribute in tag "{tag}"')
    return tag, entity


def _closed(open_tags: list[tuple[str, dict[str, object]]], tag: str, end: int) -> dict[str, object]:
    if not open_tags or open_tags[-1][0] != tag:
        raise BadMarkup(f'unexpected end tag "{tag}"')
    _tag, entity = open_tags.pop()
    return {**entity, "length": end - int(str(entity["offset"]))}
