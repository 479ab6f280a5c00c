"""Takes out of a text what may tell who wrote it: numbers, addresses and names, in many languages. When in doubt, out.

Rules and word lists only (redaction_words.py): no model, no network, nothing kept. A name that is written small and that
no list knows is not seen; nobody may take a redacted text for an anonymous one.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

import regex
from babel import Locale

from bot.content.records import Content
from bot.skills.redaction_words import (
    ACRONYMS,
    AFTER_NAME,
    BEFORE_ADDRESS,
    BEFORE_NAME,
    GIVEN_NAMES,
    HOME_BEFORE,
    PEOPLES,
    STREET_BEFORE,
    STREETS,
    STREETS_OF_CAPITALS,
    SUBJECTS,
    SURE_STREETS,
    TITLES,
    TITLES_OF_CAPITALS,
)

# Marks are single signs that no message may hold until the text is done, so that no rule reads them as words.
MARKS = {
    "\ue000": "[name]",
    "\ue001": "[number]",
    "\ue002": "[date]",
    "\ue003": "[address]",
    "\ue004": "[postcode]",
    "\ue005": "[e-mail]",
    "\ue006": "[link]",
}
NAME, NUMBER, DATE, ADDRESS, POSTCODE, EMAIL, LINK = MARKS
LEAST_WORDS = 3  # words that must be left; one or two are mostly a name, and help nobody to write an answer
LONG_NUMBER = 4  # digits from which a number may tell who somebody is; 111 and 999 have fewer
NAME_WORDS = 4  # words at most that are taken for one name after "my name is"
_NAMES_LARGE = ("en", "uk", "ru", "pl", "ro", "sq", "es", "fr", "pt", "it", "de", "tr", "vi", "so", "ku", "sw")
_FLAGS = regex.IGNORECASE | regex.VERSION1


def _rule(pattern: str, flags: int = _FLAGS) -> regex.Pattern:
    return regex.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), flags)


_UNSEEN = regex.compile(r"[\p{Cf}\p{Co}\p{Cs}\p{Cn}--[\u200c\u200d]]", regex.VERSION1)  # joiners are part of words
_CONTROL = regex.compile(r"[\p{Cc}\p{Z}]+")
_WORD = regex.compile(r"[\ue000-\ue006]|[\p{L}\p{M}]+(?:['’ʼ\u200c-][\p{L}\p{M}]+)*")
_DASH = regex.compile(r"(?<=\d\W?)[\p{Pd}−](?=\W?\d)")
_SENTENCE_END = regex.compile(r"[.!?:;\n\"“«…।۔؟。！？]\s*$")
_GAP_IN_NAME = regex.compile(r"(?:(?<=\b\p{L}{1,2})\.)?[\s'’-]*")  # a full stop only after an initial

# Numbers.
_EMAIL = _rule(r"[^\s@<>]+\s?@\s?[^\s@<>]+\.[^\s@<>]+|\S+ ?[(]?\bat\b[)]? ?\w+ ?[(]?\bdot\b[)]? ?\w+")
_LINK = _rule(
    r"\b(?:https?://|www\.|t\.me/|wa\.me/)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|info|io|me|ru|ua|pl|ir|ro|af|de)\b(?:/\S*)?"
)
_HANDLE = regex.compile(r"(?<!\w)@\w+")
_DATE = regex.compile(
    r"(?<!\d[\s./()–-]{0,3})(?:\d{1,2}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?(?:\d{4}|\d{2})|\d{4}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?\d{1,2}"
    r"|\d{4}\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?[日号])?)(?![\s./()–-]{0,3}\d)"
)
_POSTCODE = _rule(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:CV|WV|WS|DY|LE|NG)\s?\d{1,2}|B(?:[3-9]|\d{2}))\b")
_AMOUNT = _rule(
    r"[£$€]\s?\d{1,3}(?:[,.\s]?\d{3})?(?:[.,]\d{1,2})?(?!\d)"
    r"|(?<!\d)\d{1,6}(?:[.,]\d{1,2})?\s?(?:£|\$|€|pounds?\b|gbp\b|euros?\b)"
)
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d"
_TIME = _rule(rf"(?<!\d[\s.:/()–-]{{0,3}}){_CLOCK}(?:\s?[–-]\s?{_CLOCK})?(?![.:/–\-\s()]{{0,3}}\d)\s?(?:am|pm)?")
_AGES = regex.compile(r"(?<!\d[\s./()–-]{0,3})\d{1,2}\s?[-–]\s?\d{1,2}(?![\s./()–-]{0,3}\d)")
_SHARE_CODE = regex.compile(
    r"\b(?=[\d -]*[A-Z])(?=(?:[A-Z -]*\d){2})[A-Z\d]{3}[ -][A-Z\d]{3}[ -][A-Z\d]{3}\b"
    r"|(?i:(?<=share\s?code\W+(?:is\W+)?)[a-z\d]{3}[ -]?[a-z\d]{3}[ -]?[a-z\d]{3}\b)"
)
_INSURANCE = _rule(r"\b[A-Z]{2}\s?(?:\d\s?){6}[A-D]?\b")
_DIGITS = regex.compile(r"[+(]?\p{Nd}(?:[^\p{L}\p{Nd}\ue000-\ue006,;!?:]{0,3}\p{Nd})*")
_CODE = regex.compile(r"[\p{L}\d]+(?:[-/.–_][\p{L}\d]+)*")
_AFTER_WORD = _rule(
    r"\b(?:passport|share code|reference|ref|case|visa|brp|account|sort code|uan|gwf|cas|ticket|permit|licence)"
    r"(?: (?:no|number|is|code|card))*\W{1,3}(?=(?:\S*\d){3})(?<code>[\p{L}\d/-]+(?:\s(?=\S*\d)[\p{L}\d/-]+)*)"
)
_SPELT = _rule(r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s,-]*){5,}")

# Addresses.
_LETTER = r"[\p{L}\p{M}]"
_PART = r"[\p{L}\p{M}'’-]+"
_ADDRESSES = (
    _rule(rf"(?<!{_LETTER})(?:{BEFORE_ADDRESS}) ?(?:is|es|este|waa|هو|है|:|=|是) ?[^.;!?]{{1,60}}"),
    _rule(rf"(?<!{_LETTER})(?:{BEFORE_ADDRESS})(?=[^.;!?,]{{0,40}}\d)[^.;!?]{{1,60}}"),
    _rule(rf"\b\d{{1,4}}[a-z]?[\s,]+(?:{_PART} ){{1,2}}?(?:{STREETS})\b\.?"),
    _rule(rf"\b\d{{1,4}}[a-zA-Z]?[\s,]+(?:\p{{Lu}}{_PART} ){{1,3}}?(?i:{STREETS_OF_CAPITALS})\b\.?", regex.VERSION1),
    _rule(
        rf"(?<!{_LETTER})(?i:{STREET_BEFORE})(?:(?<=[.])\s*|\s+)"
        rf"(?:(?:\s*{_PART}){{1,4}}?[\s,]+\d+[a-zа-яґєії]?\b|{_PART}(?: \p{{Lu}}{_PART})*)",
        regex.VERSION1,
    ),
    _rule(rf"(?<!{_LETTER})(?:{HOME_BEFORE}) ?(?:no\.?|number|nr\.?|№|#|رقم)? ?\d{{1,4}}\s?[a-z]?\b"),
    _rule(
        r"\b(?:live|lives|living|stay|staying|moved?|house|flat|room) (?:on|in|at|to) "
        rf"(?:{_PART} ){{1,3}}?(?:{SURE_STREETS})\b"
    ),
    _rule(
        rf"\b(?:\p{{Lu}}{_PART} ){{1,3}}(?:(?i:{SURE_STREETS})|St|Rd|Ave|Close|Court|Drive|Gardens|Square|Mews)\b",
        regex.VERSION1,
    ),
)

# Names.
_BEFORE_NAME = _rule(
    rf"(?<!{_LETTER})(?:{'|'.join(sorted(BEFORE_NAME, key=len, reverse=True))})(?!{_LETTER})[\s:=,\"“'«-]*"
)
_CHINESE_NAME = regex.compile(r"(我叫做?|我的?名字(?:是|叫)?|我姓)\s*\p{Han}{1,3}")
_TITLE = _rule(
    rf"(?<!{_LETTER})(?:(?i:{'|'.join(TITLES)})\.? (?=\p{{L}})|(?i:{'|'.join(TITLES_OF_CAPITALS)})\.? (?=\p{{Lu}}))",
    regex.VERSION1,
)


def redact(text: str, known: Iterable[str] = ()) -> str:
    """The text on one line, with marks such as "[name]" in the place of what may tell who wrote it.

    known: words in small letters that are written large and are no person's name, such as those of cities and services.
    """
    text = _CONTROL.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    text = _LINK.sub(LINK, _EMAIL.sub(EMAIL, _DASH.sub("-", text)))
    text = _HANDLE.sub(NAME, text)
    text = _INSURANCE.sub(NUMBER, _SHARE_CODE.sub(NUMBER, text))
    text = _without_addresses(_without_dates(text))
    text = _without_numbers(text)
    text = _merged(_without_names(text, frozenset(known)))
    return regex.sub(r"\s+(?=[\s,.;!?،؟。])", "", text).strip()


def words_of(content: Content) -> frozenset[str]:
    """The words, small, that the desk uses itself, and those of the names of cities, services and who runs them."""
    names = [thing.name for kind in (content.cities, content.services, content.topics) for thing in kind.values()]
    names += [service.organization for service in content.services.values()]
    texts = [point.text for answer in content.answers.values() for point in (*answer.points, *answer.careful)]
    texts += [answer.question for answer in content.answers.values()]
    texts += [service.description for service in content.services.values()]
    found = {word.casefold() for name in names for word in _WORD.findall(name)}
    # A word that is never written small may be somebody's name, as in the name of a street.
    return frozenset(found | {word for text in texts for word in _WORD.findall(text) if word.islower()})


def says_enough(redacted: str) -> bool:
    """Whether what is left of a text can tell a volunteer what was asked."""
    for mark, shown in MARKS.items():
        redacted = redacted.replace(shown, mark)
    words = [word for word in _WORD.findall(redacted) if word not in MARKS]
    signs = sum(len(regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", word)) for word in words)
    return len(words) >= LEAST_WORDS or signs >= 2 * LEAST_WORDS


# ---- numbers


def _without_dates(text: str) -> str:
    return _month_dates().sub(DATE, _DATE.sub(DATE, text))


def _without_addresses(text: str) -> str:
    text = _POSTCODE.sub(POSTCODE, text)
    for rule in _ADDRESSES:
        text = rule.sub(ADDRESS, text)
    return text


def _without_numbers(text: str) -> str:
    text = _SPELT.sub(NUMBER + " ", text)
    text = _AFTER_WORD.sub(lambda found: found[0][: found.start("code") - found.start()] + NUMBER, text)
    # Amounts, times of day and ranges tell of nobody; they are set aside while the rest goes.
    aside = [(*match.span(), match[0]) for rule in (_AMOUNT, _TIME, _AGES) for match in rule.finditer(text)]
    parts, at = [], 0
    for start, end, kept in sorted(aside):
        if start < at:
            continue
        parts += [_without_long_numbers(text[at:start]), kept]
        at = end
    return "".join((*parts, _without_long_numbers(text[at:])))


def _without_long_numbers(text: str) -> str:
    text = _DIGITS.sub(lambda found: _mark_of(found[0]) if _digits(found[0]) >= LONG_NUMBER else found[0], text)
    return _CODE.sub(lambda found: NUMBER if _is_code(found[0]) else found[0], text)


def _mark_of(number: str) -> str:
    return DATE if number.isdecimal() and 1900 <= int(number) <= 2100 else NUMBER


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)


def _is_code(token: str) -> bool:
    """Whether letters and digits together look like the number of a paper; P45, B1 and 16th do not."""
    return _digits(token) >= 3 and any(sign.isalpha() for sign in token)


# ---- names


def _without_names(text: str, known: frozenset[str]) -> str:
    text = _CHINESE_NAME.sub(rf"\1{NAME}", text)
    spans = [*_after(text, _BEFORE_NAME, NAME_WORDS), *_after(text, _TITLE, 2)]
    spans += _given_names(text)
    if _case_tells(text):
        spans += _written_large(text, known)
    else:
        spans += _unknown_beside_capitals(text, known)
    return _with_marks(text, spans)


def _with_marks(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [text[at:start], NAME]
        at = max(at, end)
    return "".join((*parts, text[at:]))


def _after(text: str, rule: regex.Pattern, most: int) -> list[tuple[int, int]]:
    """Where the names are that follow the rule: up to `most` words, until one that goes on with the sentence."""
    return [span for found in rule.finditer(text) if (span := _name_at(text, found.end(), most))]


def _name_at(text: str, start: int, most: int) -> tuple[int, int] | None:
    end, large = start, None
    for count, word in enumerate(_WORD.finditer(text, start)):
        apart = not _GAP_IN_NAME.fullmatch(text, end, word.start()) if count else word.start() != start
        if count == most or apart or word[0] in MARKS:
            break
        is_large = word[0][0].isupper()
        large = is_large if large is None else large
        # After a name that is written large a small word is no part of it; a name that is written small has two words.
        if (large and not is_large) or (not large and (count >= 2 or word[0].casefold() in AFTER_NAME)):
            break
        end = word.end()
    return (start, end) if end > start else None


def _given_names(text: str) -> list[tuple[int, int]]:
    return [word.span() for word in _WORD.finditer(text) if _is_given_name(word[0])]


def _is_given_name(word: str) -> bool:
    return any(part in GIVEN_NAMES for part in regex.split(r"['’ʼ-]", word.casefold()))


def _case_tells(text: str) -> bool:
    """Whether capitals mark names here; in a text that is written large throughout they tell nothing."""
    words = [word for word in _WORD.findall(text) if word not in MARKS and word[0].lower() != word[0].upper()]
    large = sum(word[0].isupper() for word in words)
    return len(words) < 4 or large <= len(words) / 2


def _written_large(text: str, known: frozenset[str]) -> list[tuple[int, int]]:
    """Where words are written large that are neither known nor only the first of a sentence."""
    spans: list[tuple[int, int]] = []
    before: tuple[int, int] | None = None  # an unknown first word, which is a part of the name that follows it
    for word in _WORD.finditer(text):
        unknown = word[0] not in MARKS and word[0][0].isupper() and not _is_known(word[0], known)
        first = not text[: word.start()].strip() or bool(_SENTENCE_END.search(text[: word.start()]))
        if unknown and not first:
            joined = before and not text[before[1] : word.start()].strip()
            spans.append((before[0] if joined else word.start(), word.end()))
        before = word.span() if unknown and first else None
    return spans


def _unknown_beside_capitals(text: str, known: frozenset[str]) -> list[tuple[int, int]]:
    """In a text written large, the words that the desk has never used itself."""
    words = _WORD.finditer(text)
    return [w.span() for w in words if w[0] not in MARKS and w[0][0].isupper() and not _is_known(w[0], known)]


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether a word written large names no person; its ending may be that of a case ("Бірмінгемі", "Polsce")."""
    small = regex.sub(r"['’ʼ]\p{L}{1,4}$", "", word.casefold())
    if small in known or small in ACRONYMS or small in PEOPLES or small in SUBJECTS or small in _places():
        return True
    if len(small) == 1 or all(part in known or part in SUBJECTS for part in small.split("-")):
        return True
    return any(small[: len(small) - cut] in _stems() for cut in range(4))


@cache
def _month_dates() -> regex.Pattern:
    """A day and a month by its name, in either order, and the year where it is told."""
    month = "|".join(map(regex.escape, sorted(_months(), key=len, reverse=True)))
    month = rf"(?<![\p{{L}}\p{{M}}])(?:{month})(?![\p{{L}}\p{{M}}])\.?"
    year = r"(?:,?[\s./-]*(?:de\s+)?(?:\d{4}|\d{2})\b)"
    day = r"(?<!\d)\d{1,2}(?:st|nd|rd|th|\.)?"
    return regex.compile(rf"{day}[\s./-]*(?:of\s+|de\s+)?{month}{year}?|{month}\s+{day}(?!\d){year}?", _FLAGS)


@cache
def _months() -> frozenset[str]:
    """The names of months, whole and short, in the languages that people write."""
    found: set[str] = set()
    for code in (*_NAMES_LARGE, "ar", "fa", "ps", "ur", "ckb", "hi", "bn", "pa", "am", "ti"):
        for names in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                found |= {name.casefold().rstrip(".") for name in names.get(width, {}).values()}
    # Short forms such as "3" in some languages, and letters alone, are no names of months.
    return frozenset(name for name in found if len(name) >= 3 and not name[0].isdigit()) | {"sept"}


@cache
def _places() -> frozenset[str]:
    """The words of countries, languages, months and days in the languages that write names large."""
    found: set[str] = set(_months())
    for code in _NAMES_LARGE:
        locale = Locale.parse(code)
        days = [name for names in locale.days.values() for width in names.values() for name in width.values()]
        # Two letters: countries and not parts of the world, and the languages that are no rare ones; many of those are
        # names of people too.
        named = [
            name for names in (locale.territories, locale.languages) for code, name in names.items() if len(code) == 2
        ]
        for name in (*named, *days):
            found |= {word.casefold() for word in _WORD.findall(name)}
    return frozenset(found) - GIVEN_NAMES


@cache
def _stems() -> frozenset[str]:
    """What is left of such words without the ending of a case; long enough to be hardly the start of a name."""
    words = _places() | PEOPLES | {"ковентрі", "бірмінгем", "вулвергемптон", "ковентри", "бирмингем", "вулверхэмптон"}
    stems = {word[:-cut] if cut else word for word in words for cut in (0, 1)}
    return frozenset(stem for stem in stems if len(stem) >= (6 if stem.isascii() else 5))


def _merged(text: str) -> str:
    """Marks of the same kind side by side become one, because how many there were may tell something too."""
    text = regex.sub(r"([\ue000-\ue006])(?:[\s,.'’-]*\1)+", r"\1", text)
    return regex.sub(r"[\ue000-\ue006]", lambda mark: f" {MARKS[mark[0]]} ", text)
