"""Which language a message is in. No table of languages and no conversation policy here.

Script first, then letters that only one language has, then words, then a vote of two libraries. "und" is an answer.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

import regex

from bot.skills.close_languages import dari_or_persian, telling_words
from bot.skills.language_evidence import ROMANISED, is_borrowed, read_words, spell, weigh
from bot.skills.language_markers import LETTERS, RARE, SCRIPTS, SHARED_LETTERS, WRITTEN_IN

UNDECIDED = "und"
_NOT_LANGUAGE = regex.compile(
    r"https?://\S+|\S+@\S+|\b[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?\b|\d{2,}", regex.IGNORECASE
)
# Letters with their vowel signs make one word; "3andi" and "a2rab" are how Arabic is typed with Latin letters.
_WORD = regex.compile(r"[235679]?[\p{L}\p{M}]+(?:['’\u200c]?[235679]?[\p{L}\p{M}]+)*[235679]?")
# Figures that stand for Arabic letters, as in "7abibi", "a2rab" and "sa7"; "5pm", "mp3" and "room3" are none.
_ARABIC_FIGURE = regex.compile(
    r"^(?=(?:\d?[a-z]){3})[a-z]+[235679][a-z]|^[235679](?!rd|nd|th|pm|am|bed|day|year|month|week|hour|kids)[a-z]{3}"
    r"|^(?!mp|cv|wv)[a-z]{2,3}[37]$"
)
ENOUGH_WORDS = 60  # more than these tell no more, and cost time
ENOUGH_LETTERS = 1000
# Weights of evidence, as natural logarithms; tests/skills/language_messages.tsv says how well they serve.
LETTER = 4.0  # what a letter that only one language of a script has adds for it, up to three of them
SHARED_LETTER = 1.0
DECIDES = 2.0  # what a word adds that settles which of two neighbours it is
FIGURE = 4.0  # what figures within words add for Arabic
RARITY = 3.0  # how much more it takes for a language that few people write here
LIBRARIES_NEED = 5.0  # words in a message before the libraries get their whole vote
SURE_FROM = 3.0  # margin of the best language from which a message may change the language of the answer
SURE_WITHOUT_WORDS = 5.0  # the same where hardly a word is listed
LIKELY_FROM = 1.0  # margin under which a message that fits no list is left undecided
FEW = 3  # a script of so few languages says enough by itself
CLOSE = 2.0  # margin within which a neighbour is named as a candidate too
# Hindi and Urdu are one language when both are typed with Latin letters.
ALSO = {"ur-Latn": ("ur", "hi"), "pa-PK": ("pa-PK", "ur", "pa")}


@dataclass(frozen=True)
class Guess:
    """The language of a message.

    code: BCP 47, or "und". sure: it may change the language of the answer. romanised: it is written with Latin letters
    though the language has its own script. candidates: where close languages cannot be told apart, all that it may be,
    the likeliest first; empty where `code` stands alone.
    """

    code: str
    sure: bool = False
    romanised: bool = False
    candidates: tuple[str, ...] = ()


def identify(text: str) -> Guess:
    """Say which language a message of any length is in. Never raises."""
    whole = text.encode("utf-8", "replace").decode()  # half a character is none
    plain = unicodedata.normalize("NFC", _NOT_LANGUAGE.sub(" ", whole))
    script, letters = _main_script(plain)
    if not letters:
        return Guess(UNDECIDED)
    candidates = WRITTEN_IN[script]
    if len(candidates) == 1:
        return Guess(candidates[0], sure=letters >= 2)
    words = [spell(word) for word in _WORD.findall(plain)]
    telling = [word for word in words if not _is_international(word) and _script_of(word.strip("235679")[:1]) == script]
    if sum(map(len, telling)) < 2:
        return Guess(UNDECIDED)
    scores, known = _scores(plain, script, telling)
    return _decide(scores, known, telling)


def _main_script(text: str) -> tuple[str, int]:
    counts = Counter(_script_of(character) for character in text if character.isalpha())
    counts.pop("", None)
    if counts.get("Jpan"):
        counts["Jpan"] += counts.pop("Hani", 0)
    if not counts:
        return "", 0
    # English words inside another script are borrowed ("عندي appointment"): a third of the letters is enough, and one
    # letter where all the English words are ones that everybody borrows.
    others = [(count, script) for script, count in counts.items() if script != "Latn"]
    if others and (max(others)[0] * 2 >= counts["Latn"] or _only_borrowed(text)):
        return max(others)[1], max(others)[0]
    return max((count, script) for script, count in counts.items())[::-1]


def _only_borrowed(text: str) -> bool:
    words = (word.casefold() for word in _WORD.findall(text) if word[0].isascii())
    return all(_is_international(word) or is_borrowed(word) or word in ("of", "on", "for", "to") for word in words)


def _is_international(word: str) -> bool:
    """True for what everybody types, whatever their language."""
    return word in read_words("international")


@cache
def _script_of(character: str) -> str:
    if not character:
        return ""
    point = ord(character)
    for script, ranges in SCRIPTS.items():
        if any(low <= point <= high for low, high in ranges):
            return script
    return ""


def _scores(text: str, script: str, words: list[str]) -> tuple[dict[str, float], dict[str, set[str]]]:
    """How well each language of the script fits, and the letters and listed words that speak for it."""
    own = words[:ENOUGH_WORDS]
    codes = WRITTEN_IN[script]
    evidence = weigh(own, codes)
    scores, marks = evidence.fit, evidence.listed
    present = set(text.casefold())
    for code in codes:
        letters = present & _letters(code)
        decisive = marks[code] & telling_words(code)
        scores[code] += LETTER * min(len(letters), 3) + DECIDES * len(decisive) - (RARITY if code in RARE else 0.0)
        marks[code] |= letters
    if "pa-PK" in marks and not marks["pa-PK"] & telling_words("pa-PK"):
        scores["pa-PK"] -= DECIDES  # without its small words it is Urdu, which has all its other ones
    for letters, having in SHARED_LETTERS.items():
        if present & set(letters):
            for code in set(having) & set(codes):
                scores[code] += SHARED_LETTER
    figures = {word for word in words if _ARABIC_FIGURE.search(word)} if script == "Latn" else set()
    if figures:
        scores["ar-Latn"] += FIGURE
        marks["ar-Latn"] |= figures
    trust = min(1.0, (1 + len(own)) / LIBRARIES_NEED)
    for code, vote in _votes(text[:ENOUGH_LETTERS], codes):
        weight = trust * vote
        scores[code] += weight if marks[code] or code not in RARE else 0.0
        if code == "ur" and "pa-PK" in scores:  # the libraries know Panjabi in its own letters only
            scores["pa-PK"] += weight
    return scores, marks


@cache
def _letters(code: str) -> frozenset[str]:
    return frozenset(LETTERS.get(code, ""))


def _decide(scores: dict[str, float], marks: dict[str, set[str]], words: list[str]) -> Guess:
    ranked = sorted(scores, key=lambda code: -scores[code])
    best, second = ranked[:2]
    margin = scores[best] - scores[second]
    if not marks[best] and len(scores) > FEW and (margin < LIKELY_FROM or len(words) < 2):
        return Guess(UNDECIDED)
    # What the runner-up has as well tells the two apart by nothing but the libraries.
    apart = {mark for mark in marks[best] - marks[second] if not is_borrowed(mark)}
    telling = sum(len(mark) + (not mark.isascii()) * 3 for mark in apart)
    # One English term is borrowed by everybody; a whole sentence of them is English.
    whole = best == "en" and sum(word in marks["en"] for word in words) >= max(4, 0.75 * len(words))
    # Without words of its own only the libraries speak: not enough for English, which is in all languages, nor in scripts
    # whose few languages are neighbours.
    by_libraries = margin >= SURE_WITHOUT_WORDS and len(words) >= 3 and best != "en" and len(scores) > FEW
    certain = margin >= SURE_FROM and (telling >= 4 or by_libraries)
    # "Yes" and "no" look alike in many languages, and no list is complete.
    brief = len(words) == 1 and len(words[0]) < (5 if len(scores) > FEW else 3)
    sure = (certain or (whole and margin >= LIKELY_FROM)) and not best.endswith(ROMANISED) and not brief
    behind = [code for code in ranked[1:3] if marks[code] and not sure]
    near = [code for code in behind if scores[best] - scores[code] < CLOSE or not marks[best] - marks[code]]
    candidates = tuple(dict.fromkeys(each for code in (best, *near) for each in _meant(code, words)))
    return Guess(candidates[0], sure, best.endswith(ROMANISED), candidates if len(candidates) > 1 else ())


def _meant(code: str, words: list[str]) -> tuple[str, ...]:
    """The languages that a winner stands for, the likeliest first."""
    if code == "fa":
        return dari_or_persian(words)
    return ALSO.get(code, (code.removesuffix(ROMANISED),))


def _votes(text: str, candidates: tuple[str, ...]) -> list[tuple[str, float]]:
    """What the two libraries think, restricted to the candidates: (code, weight)."""
    import pycld2

    votes = []
    ranked = [code for code, _ in _py3langid().rank(text) if code in candidates]
    if ranked:
        votes.append((ranked[0], 2.7))
    try:
        reliable, _, details = pycld2.detect(text, bestEffort=True)
    except pycld2.error:  # it refuses some control characters
        return votes
    code = details[0][1]
    if code in candidates:
        votes.append((code, 3.6 if reliable else 1.8))
    return votes


@cache
def _py3langid():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    known = {code for codes in WRITTEN_IN.values() for code in codes}
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    identifier.set_languages([code for code in identifier.nb_classes if code in known])
    return identifier
