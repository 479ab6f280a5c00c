"""Postcodes and their first halves in what people write: which are meant as a place, and which only look like one.

"B1" is a part of Birmingham and a level of English, "B12" a vitamin too. What is in doubt is no place. Where a code
lies is not known here.
"""

import re
import unicodedata
from collections.abc import Callable, Set
from dataclasses import dataclass

_LETTER = "A-Z\u00c0-\u024f"  # of the Latin script only: Chinese has no space before a postcode
_BEFORE, _AFTER = rf"(?<![{_LETTER}0-9])", rf"(?![{_LETTER}0-9])"
_POSTCODE = re.compile(rf"{_BEFORE}([A-Z]{{1,2}}[0-9][A-Z0-9]?)[\s-]*([0-9][A-BD-HJLNP-UW-Z]{{2}}){_AFTER}")
_SECTOR = re.compile(rf"{_BEFORE}([A-Z]{{1,2}}[0-9][A-Z0-9]?)[ -]([0-9]){_AFTER}(?!\s*[%:.,/-]?[0-9])")
_OUTCODE = re.compile(rf"{_BEFORE}([A-Z]{{1,2}}[0-9][A-Z0-9]?){_AFTER}")
_HALF = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?|[0-9][A-Z]{2}|[0-9]|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_ORDINAL = re.compile(r"1ST|2ND|3RD")
_WORD = re.compile(r"\w+")

# Beginnings of words beside which a code is a level of a language, or a vitamin: in the languages people write most.
_LANGUAGE = re.compile(
    r"\b(?:engl|esol|ielts|level|lvl|certif|cert\b|exam|test\b|class|course|lesson|languag|speaking|listening|grammar|cefr"
    r"|toefl|trinity|german|deutsch|french|life in the uk|citizenship|nivel|niveau|niveli|poziom|angiel|angl|certyf|egzamin"
    r"|inglés|ingles|inglez|seviye|ingilizce|sertifika|ingriis|heer|trình độ|tiếng"
    r"|англ|рівен|рівн|уров|сертиф|іспит|экзам|курс|мов|язык)"
    r"|إنجليز|انجليز|مستوى|شهادة|لغة|امتحان|اختبار|دورة|انگلیسی|سطح|مدرک|زبان|کلاس|آزمون|انگریزی|لیول"
    r"|እንግሊዝ|ደረጃ|英语|英語|等级|水平",
    re.IGNORECASE,
)
_MEDICINE = re.compile(
    r"\b(?:vitamin|deficien|injection|tablet|pill|dose|blood|hepatitis|witamin|fiitamiin|вітамін|витамин)"
    r"|فيتامين|ویتامین|وٹامن|维生素",
    re.IGNORECASE,
)
# Words after which a code names something else than a place in a city.
_NAMES_A_THING = frozenset(
    _WORD.findall(
        "room flat unit block gate bus form section part question exercise page paper size platform seat bay floor option "
        "type grade group house apartment apt door table visa vitamin hepatitis category wing zone terminal line route "
        "version step point"
    )
)
# Words before a code that say it is a place, where it could as well be a level of English.
_LEADS_TO_A_PLACE = frozenset(
    _WORD.findall(
        "in at near from around to live living area postcode code outcode address birmingham is its "
        "в у біля з около из рядом w z koło în din lângă en de cerca à près ku nga afër في من قرب در از نزدیک میں"
    )
)
_DOUBTFUL = frozenset({"B1", "B2", "B4"})  # two levels, and how some write "before"
_VITAMINS = frozenset(f"B{number}" for number in range(1, 13))


@dataclass(frozen=True)
class Code:
    """A code in a text. kind: postcode, sector or outcode. text: as the post writes it ("CV1 5FX", "CV1 5", "CV1")."""

    kind: str
    text: str
    outcode: str


def codes_in(text: str, outcodes: Set[str]) -> list[Code]:
    """The different codes of the most exact kind that a text names as places.

    outcodes: those that are known, such as "CV1"; full postcodes count wherever they are.
    """
    plain = _plain(text)
    return (
        _matches(plain, _POSTCODE, lambda match: _is_postcode(plain, match), "postcode")
        or _matches(plain, _SECTOR, lambda match: match[1] in outcodes and _is_place(plain, match), "sector")
        or _matches(plain, _OUTCODE, lambda match: match[1] in outcodes and _is_place(plain, match), "outcode")
    )


def has_postcode(text: str) -> bool:
    """Whether a text has something written like a full postcode of the United Kingdom, known or not."""
    return bool(_POSTCODE.search(_plain(text)))


def is_part_of_code(word: str) -> bool:
    """Whether a word may be half a postcode: "cv1", "5fx"."""
    return bool(_HALF.fullmatch(_plain(word)))


def _plain(text: str) -> str:
    """The text in capital letters, with the figures of all scripts as 0 to 9."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in wide).upper()


def _matches(plain: str, form: re.Pattern[str], is_place: Callable[[re.Match[str]], bool], kind: str) -> list[Code]:
    found = {" ".join(match.groups()): match[1] for match in form.finditer(plain) if is_place(match)}
    return [Code(kind, text, outcode) for text, outcode in found.items()]


def _is_postcode(plain: str, match: re.Match[str]) -> bool:
    """Whether it is more than "B1 1st year": levels of English have ordinals after them."""
    return not (len(match[1]) == 2 and _ORDINAL.fullmatch(match[2])) or _is_place(plain, match)


def _is_place(plain: str, match: re.Match[str]) -> bool:
    """Whether the first half of a postcode is meant. Those with two letters before the figure are hardly anything else."""
    if match[1][:2].isalpha():
        return True
    before = [word.lower() for word in _WORD.findall(plain[: match.start()])]
    after = [word.lower() for word in _WORD.findall(plain[match.end() :])]
    if (before and before[-1] in _NAMES_A_THING) or (match[1] in _VITAMINS and _MEDICINE.search(plain)):
        return False
    if match[1] not in _DOUBTFUL:
        return True
    if _LANGUAGE.search(plain):
        return False
    # Alone it is an answer to "What is your postcode?".
    return before[-1] in _LEADS_TO_A_PLACE if before else after[:1] in ([], ["birmingham"])
