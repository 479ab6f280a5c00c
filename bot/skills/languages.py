"""What we know of each language: the table of those the desk speaks, their codes, and their names in a message.

Which language a message is written in says language_guess.py.
"""

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import regex
from babel import Locale, UnknownLocaleError

from bot.errors import ContentError
from bot.skills.language_markers import WRITTEN_IN

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’\u200c][\p{L}\p{M}]+)*")


@dataclass(frozen=True)
class Language:
    """A language the desk speaks: BCP 47 code, its own name, the English one, direction, and who checked the texts.

    says: "all", or "emergencies" where only the safety texts are drafted.
    """

    code: str
    name: str
    english_name: str
    direction: str = "ltr"
    reviewed_by: str = ""
    reviewed_on: str = ""
    says: str = "all"


def read_languages(path: Path) -> dict[str, Language]:
    """Read translations/languages.csv. Returns languages by code, in the order of the file.

    Raises ContentError that names every bad row at once.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(enumerate(csv.DictReader(file), start=2))
    faults = [f"{path.name}:{line} {fault}" for line, row in rows for fault in _language_faults(row)]
    seen: set[str] = set()
    for line, row in rows:
        if row.get("code") in seen:
            faults.append(f"{path.name}:{line} code: {row['code']!r} is there twice. Remove one of the rows.")
        seen.add(row.get("code") or "")
    if faults:
        raise ContentError("\n".join(faults))
    return {row["code"]: Language(**row) for _, row in rows}


def _language_faults(row: dict[str, str]) -> list[str]:
    columns = {field.name for field in fields(Language)}
    if set(row) not in (columns, columns - {"says"}) or None in row.values():
        return ["row: has a wrong number of cells. Count the commas, and compare with the first line."]
    faults = []
    try:
        Locale.parse(row["code"], sep="-")
    except (ValueError, UnknownLocaleError):
        faults.append(f"code: {row['code']!r} is not a language code. Use a BCP 47 code such as ar or fa-AF.")
    if row["direction"] not in ("ltr", "rtl"):
        faults.append(f"direction: {row['direction']!r} is not known. Write ltr or rtl.")
    if row.get("says", "all") not in ("all", "emergencies"):
        faults.append(f"says: {row['says']!r} is not known. Write all, or emergencies for safety texts only.")
    if not row["name"]:
        faults.append("name: is empty. Write the language's own name.")
    return faults


def to_gettext(code: str) -> str:
    """BCP 47 to gettext's form: fa-AF becomes fa_AF."""
    return code.replace("-", "_")


def languages_named(text: str) -> list[str]:
    """The BCP 47 codes of the languages that `text` names ("can you speak arabic", "українською"), in its order."""
    names = _language_names()
    words = [word.casefold() for word in _WORD.findall(text)]
    pairs = [" ".join(words[start : start + 2]) for start in range(len(words))]
    found = [names.get(pair) or names.get(word) for pair, word in zip(pairs, words, strict=True)]
    return list(dict.fromkeys(code for code in found if code))


def read_by(code: str) -> str:
    """The language that the people who write `code` (BCP 47) can read, if the desk has nothing in that itself.

    Who writes Panjabi in Arabic letters comes from Pakistan, where school is in Urdu and nobody learns Gurmukhi.
    """
    return "ur" if code == "pa-PK" else code


def own_name(code: str) -> str:
    """What the speakers of a language call it, by its BCP 47 code: "پښتو" for ps."""
    if code == "pa-PK":
        return "پنجابی"  # Babel's name tells of script and country too
    locale = Locale.parse(code, sep="-")
    return locale.get_display_name() or locale.get_display_name("en") or code


def english_name(code: str) -> str:
    """The English name of a language by its BCP 47 code: "Pashto" for ps; "" where there is none."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or ""
    except (ValueError, UnknownLocaleError):
        return Locale("en").languages.get(code, "")


@cache
def _language_names() -> dict[str, str]:
    """Names of the languages we can tell apart, in English and in themselves, lower case -> code."""
    names: dict[str, str] = {}
    for code in [code for codes in WRITTEN_IN.values() for code in codes if "-" not in code]:
        for spelling in filter(None, (Locale("en").languages.get(code), Locale.parse(code).get_display_name())):
            names.setdefault(spelling.casefold(), code)
    return names | _OTHER_NAMES


_OTHER_NAMES = {
    "farsi": "fa",
    "parsi": "fa",
    "dari": "fa-AF",
    "sorani": "ckb",
    "kurdish": "ckb",
    "kurdi": "ckb",
    "kurmanji": "ku",
    "punjabi": "pa",
    "panjabi": "pa",
    "bangla": "bn",
    "bengali": "bn",
    "pushto": "ps",
    "pashtu": "ps",
    "tigrigna": "ti",
    "oromo": "om",
    "mandarin": "zh",
    "cantonese": "zh",
    "sylheti": "bn",
    "arabi": "ar",
    "عربي": "ar",
    "بالعربي": "ar",
    "العربية": "ar",
    "عربية": "ar",
    "انجليزي": "en",
    "الانجليزية": "en",
    "الإنجليزية": "en",
    "فارسی": "fa",
    "انگلیسی": "en",
    "دری": "fa-AF",
    "українською": "uk",
    "українська": "uk",
    "українську": "uk",
    "англійською": "en",
    "англійська": "en",
    "російською": "ru",
    "русский": "ru",
    "русском": "ru",
    "polsku": "pl",
    "română": "ro",
    "shqip": "sq",
    "angielski": "en",
}
