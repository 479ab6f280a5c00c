"""Words of strangers made safe to store and to show: no markup, no invisible steering, no formulas. Values that must
have a form, such as telephone numbers, are brought into the desk's form."""

import html
import re
import unicodedata
from html.parser import HTMLParser

from bot.content.pack.cells import tidy

LONGEST_NAME, LONGEST_TEXT = 200, 4000  # characters
_PASSES = 4  # markup that is still there after so many readings was hidden on purpose
_BLOCKS = {"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style", "template", "iframe", "object", "svg"}
_MARKUP = re.compile(r"<[A-Za-z/!?][^>]*(>|$)|&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Invisible signs that shape Persian, Urdu or Indic words, and isolates that keep numbers in order, are needed.
_KEPT_SIGNS = {"\n", "\u200c", "\u200d", "\u2066", "\u2067", "\u2068", "\u2069"}
_FORMULA = re.compile(r"\A(?:[=@]|[+-](?![0-9 (]))+\s*")
_POSTCODE = re.compile(r"\A([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})\Z")
_EXTENSION = re.compile(r"(?i)[\s,;/(]*(?:extension|ext\.?|x)\s*([0-9]{1,6})\)?\s*\Z")


class _PlainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.pieces.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def clean(words: str, most: int = LONGEST_TEXT) -> str:
    """Plain words out of anything: no HTML, no control signs, no overrides of direction, no start of a formula.

    A text longer than `most` characters ends after its last whole sentence or word that fits.
    """
    words = _without_steering(words[: 10 * most])
    for _ in range(_PASSES):
        if not _MARKUP.search(words):
            break
        words = _without_steering(_without_markup(words))
    if _MARKUP.search(words):
        words = _MARKUP.sub(" ", words).replace("<", " ")
    words = re.sub(r"[^\S\n]+", " ", words)
    words = re.sub(r" *\n *(\n *)*", "\n", words)
    words = _FORMULA.sub("", tidy(words))
    return words if len(words) <= most else _shortened(words, most)


def _without_markup(words: str) -> str:
    parser = _PlainText()
    parser.feed(words)
    parser.close()
    return "".join(parser.pieces)


def _without_steering(words: str) -> str:
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n")
    return "".join(
        sign
        for sign in words
        if sign in _KEPT_SIGNS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def _shortened(words: str, most: int) -> str:
    cut = words[: most - 2]
    end = max(cut.rfind(". "), cut.rfind(".\n"))
    return cut[: end + 1] if end > most // 2 else cut.rpartition(" ")[0] + " …"


def plain_line(words: str, most: int = LONGEST_NAME) -> str:
    """The same on one line, for names."""
    return clean(words, most).replace("\n", " ")


def phone_number(words: str) -> tuple[str, str]:
    """A number in the desk's form, and its extension; what is no number stays as it is and fails the rule for phones."""
    words = html.unescape(words).strip().removeprefix("tel:")
    extension = _EXTENSION.search(words)
    if extension:
        words = words[: extension.start()]
    words = re.sub(r"(?i)\A(tel|telephone|phone|call)[.: ]+", "", words.strip())
    number = re.sub(r"[\s().\-\u2010-\u2015]+", " ", words.replace("(0)", " ")).strip()
    return number, extension[1] if extension else ""


def postcode(words: str) -> str:
    """A postcode in capital letters with one space; what is none stays and fails the rule for postcodes."""
    found = _POSTCODE.match(re.sub(r"\s+", " ", words).strip().upper())
    return f"{found[1]} {found[2]}" if found else words.strip()


def clock_time(words: str) -> str:
    """A time of day as 09:30 out of 9:30, 09:30:00 or 09:30:00Z; anything else stays as it is."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?", words.strip())
    return f"{int(found[1]):02}:{found[2]}" if found else words.strip()


def day(words: str) -> str:
    """The day of a date or of a moment, as 2026-01-31, also out of 20260131T235900Z; anything else stays as it is."""
    found = re.match(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})([T ].*)?\Z", words.strip())
    return f"{found[1]}-{found[3]}-{found[4]}" if found else words.strip()


def whole(number: str) -> str:
    """The number 18.0 of some feeds as 18."""
    return number.removesuffix(".0")
