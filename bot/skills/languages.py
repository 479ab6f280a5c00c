"""Which language a message is in, and what we know of each language. No translation and no conversation policy here.

Script first, then letters that only one language has, then small words, then a vote of two libraries. "und" is an answer.
"""

import csv
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import regex
from babel import Locale, UnknownLocaleError

from bot.errors import ContentError
from bot.skills.language_markers import DARI_WORDS, LETTERS, ROMANISED, SCRIPTS, SHARED_LETTERS, WORDS

UNDECIDED = "und"
_NOT_LANGUAGE = regex.compile(r"https?://\S+|\S+@\S+|\b[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?\b|\d+", regex.IGNORECASE)
# Letters with their vowel signs make one word; "3andi" is how Arabic is typed with Latin letters.
_WORD = regex.compile(r"\d?[\p{L}\p{M}]+(?:['’\u200c][\p{L}\p{M}]+)*")
# What says nothing about a language: everybody types it.
_INTERNATIONAL = frozenset(
    [
        "ok",
        "okay",
        "hi",
        "hello",
        "bye",
        "no",
        "taxi",
        "gp",
        "nhs",
        "esol",
        "uk",
        "brp",
        "evisa",
        "visa",
        "whatsapp",
        "telegram",
        "sim",
        "id",
        "coventry",
        "birmingham",
        "wolverhampton",
        "london",
        "home",
        "office",
        "universal",
        "credit",
        "jobcentre",
        "hotel",
        "covid",
        "email",
        "pdf",
        "start",
        "stop",
        "help",
    ]
)


@dataclass(frozen=True)
class Language:
    """A language the desk speaks: BCP 47 code, its own name, the English one, direction, and who checked the texts."""

    code: str
    name: str
    english_name: str
    direction: str = "ltr"
    reviewed_by: str = ""
    reviewed_on: str = ""


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
    if set(row) != {field.name for field in fields(Language)} or None in row.values():
        return ["row: has a wrong number of cells. Count the commas, and compare with the first line."]
    faults = []
    try:
        Locale.parse(row["code"], sep="-")
    except (ValueError, UnknownLocaleError):
        faults.append(f"code: {row['code']!r} is not a language code. Use a BCP 47 code such as ar or fa-AF.")
    if row["direction"] not in ("ltr", "rtl"):
        faults.append(f"direction: {row['direction']!r} is not known. Write ltr or rtl.")
    if not row["name"]:
        faults.append("name: is empty. Write the language's own name.")
    return faults


def to_gettext(code: str) -> str:
    """BCP 47 to gettext's form: fa-AF becomes fa_AF."""
    return code.replace("-", "_")


@dataclass(frozen=True)
class Guess:
    """The language of a message: `code` is BCP 47 or "und"; `sure` says that it may change the conversation's language;
    `romanised` that the message is written with Latin letters though the language has its own script."""

    code: str
    sure: bool = False
    romanised: bool = False


def identify(text: str) -> Guess:
    """Say which language a message of any length is in. Never raises."""
    whole = text.encode("utf-8", "replace").decode()  # half a character is none
    plain = unicodedata.normalize("NFC", _NOT_LANGUAGE.sub(" ", whole))
    script, letters = _main_script(plain)
    if not letters:
        return Guess(UNDECIDED)
    candidates = SCRIPTS[script][1]
    if len(candidates) == 1:
        return Guess(candidates[0], sure=letters >= 2)
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(plain)]
    telling = [word for word in words if word not in _INTERNATIONAL]
    if not telling:
        return Guess(UNDECIDED)
    if script == "Latn":
        return _identify_latin(plain, telling, candidates)
    scores = _score(plain, telling, candidates)
    return _decide(scores, plain, telling)


def _main_script(text: str) -> tuple[str, int]:
    counts: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            counts[_script_of(character)] += 1
    counts.pop("", None)
    if counts.get("Jpan"):
        counts["Jpan"] += counts.pop("Hani", 0)
    if not counts:
        return "", 0
    # English words inside another script are borrowed ("عندي appointment"): a third of the letters is enough.
    others = [(count, script) for script, count in counts.items() if script != "Latn"]
    if others and max(others)[0] * 2 >= counts["Latn"]:
        return max(others)[1], max(others)[0]
    return max((count, script) for script, count in counts.items())[::-1]


@cache
def _script_of(character: str) -> str:
    point = ord(character)
    for script, (ranges, _) in SCRIPTS.items():
        if any(low <= point <= high for low, high in ranges):
            return script
    return ""


def _score(text: str, words: list[str], candidates: tuple[str, ...]) -> dict[str, float]:
    scores = dict.fromkeys(candidates, 0.0)
    present = set(text.casefold())
    for code in candidates:
        scores[code] += 3.0 * len(present & _letters(code))
        scores[code] += 1.5 * sum(word in _words(code) for word in words)
    for letters, codes in SHARED_LETTERS.items():
        if present & set(letters):
            for code in codes:
                if code in scores:
                    scores[code] += 0.75
    return scores


@cache
def _letters(code: str) -> frozenset[str]:
    return frozenset(LETTERS.get(code, ""))


@cache
def _words(code: str) -> frozenset[str]:
    return frozenset(WORDS.get(code, "").split())


@cache
def _romanised(code: str) -> frozenset[str]:
    return frozenset(ROMANISED[code].split())


def _decide(scores: dict[str, float], text: str, words: list[str]) -> Guess:
    for code, weight in _votes(text, tuple(scores)):
        scores[code] += weight
    (best, first), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    if first <= 0:
        return Guess(UNDECIDED)
    sure = first - second >= 1.5 and (len(words) >= 2 or first >= 3)
    if best == "fa" and set(words) & set(DARI_WORDS.split()):
        return Guess("fa-AF", sure)
    return Guess(best, sure)


def _identify_latin(text: str, words: list[str], candidates: tuple[str, ...]) -> Guess:
    scores = _score(text, words, candidates)
    roman = {code: 1.5 * sum(word in _romanised(code) for word in words) for code in ROMANISED}
    best_roman = max(roman, key=lambda code: roman[code])
    if roman[best_roman] >= 3 and roman[best_roman] > max(scores.values()):
        return Guess(best_roman, sure=False, romanised=True)
    weak = max(scores.values()) < 1.5
    if weak and (len(words) < 2 or len(text) < 8):
        return Guess(UNDECIDED)
    guess = _decide(scores, text, words)
    return Guess(guess.code, guess.sure and not weak)


def _votes(text: str, candidates: tuple[str, ...]) -> list[tuple[str, float]]:
    """What the two libraries think, restricted to the candidates: (code, weight)."""
    import pycld2

    votes = []
    identifier = _py3langid()
    ranked = [(code, score) for code, score in identifier.rank(text) if code in candidates]
    if ranked:
        votes.append((ranked[0][0], 1.5))
    try:
        reliable, _, details = pycld2.detect(text, bestEffort=True)
    except pycld2.error:  # it refuses some control characters
        return votes
    code = details[0][1]
    if code in candidates:
        votes.append((code, 2.0 if reliable else 1.0))
    return votes


@cache
def _py3langid():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    known = {code for _, codes in SCRIPTS.values() for code in codes}
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    identifier.set_languages([code for code in identifier.nb_classes if code in known])
    return identifier


def languages_named(text: str) -> list[str]:
    """The BCP 47 codes of the languages that `text` names ("can you speak arabic", "українською"), in its order."""
    names = _language_names()
    words = [word.casefold() for word in _WORD.findall(text)]
    pairs = [" ".join(words[start : start + 2]) for start in range(len(words))]
    found = [names.get(pair) or names.get(word) for pair, word in zip(pairs, words, strict=True)]
    return list(dict.fromkeys(code for code in found if code))


def own_name(code: str) -> str:
    """What the speakers of a language call it, by its BCP 47 code: "پښتو" for ps."""
    locale = Locale.parse(code, sep="-")
    return locale.get_display_name() or locale.get_display_name("en") or code


@cache
def _language_names() -> dict[str, str]:
    """Names of the languages we can tell apart, in English and in themselves, lower case -> code."""
    names: dict[str, str] = {}
    for code in [code for _, codes in SCRIPTS.values() for code in codes]:
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
