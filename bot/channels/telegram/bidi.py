"""Keeps numbers, postcodes and addresses readable inside right-to-left text. No HTML and no Telegram here."""

import re
import unicodedata

LEFT_TO_RIGHT, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"

# Overrides and embeddings can make a text show other than it is; nobody needs them, so they go.
_HARMFUL = dict.fromkeys(range(0x202A, 0x202F))
_RUN = re.compile(
    r"""
      https?://[^\s<>"\u2066-\u2069]*[\w/]                       # a web address
    | (?:www\.)?(?:[a-z0-9-]+\.)+(?:uk|org|com|net|gov)\b[\w/.-]*(?<![.-])   # one without https://
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                               # an e-mail address
    | \b[A-Z]{1,2}\d[A-Z\d]?\ ?\d[A-Z]{2}\b                      # a postcode
    | (?:\+|\(0|\b0)[\d()](?:[\d()\ \u00a0-]*\d)+                # a number that starts with + or 0
    | \b\d{2,5}(?:[\ \u00a0]\d{2,6})+\b                          # other numbers in groups: 116 123
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)


def harmless(text: str) -> str:
    """The text without the characters U+202A to U+202E."""
    return text.translate(_HARMFUL)


def left_to_right(value: str) -> str:
    """The value as an island that reads from left to right, whatever stands around it."""
    return f"{LEFT_TO_RIGHT}{value}{END}"


def own_direction(value: str) -> str:
    """The value as an island that reads in the direction of its own first letter."""
    return f"{FIRST_STRONG}{value}{END}"


def isolate_numbers(text: str) -> str:
    """The text with an island round each phone number, postcode, web and e-mail address that has none yet."""
    return _RUN.sub(lambda run: run[0] if _inside_island(text, run.start()) else left_to_right(run[0]), text)


def opened_right_to_left(line: str) -> str:
    """The line, marked where its first letter is a Latin one, so that clients do not turn the whole line round."""
    kinds = map(unicodedata.bidirectional, _outside_islands(line))
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    return RIGHT_TO_LEFT_MARK + line if first == "L" else line


def _inside_island(text: str, position: int) -> bool:
    before = text[:position]
    return sum(map(before.count, "\u2066\u2067\u2068")) > before.count(END)


def _outside_islands(line: str) -> str:
    return re.sub("[\u2066-\u2068][^\u2069]*\u2069?", "", line)


def direction_of(text: str) -> str:
    """ "rtl" where the first letter is of a right-to-left script, otherwise "ltr"."""
    kinds = map(unicodedata.bidirectional, text)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"
