"""Splits a message into the parts that may each be a need of its own. What the parts mean is not decided here."""

import re
from functools import cache

from bot.skills.language_guess import identify

MOST_PARTS = 4  # a person who tells a long story has still one or two needs; each part costs an encoding
FEWEST_WORDS = 2  # "english class"; one word alone is too easily part of what stands beside it
LONG = 12  # words from which a message is read in its parts whatever it says as a whole
SIGNS_OF_A_WORD = 2.0  # in scripts without spaces so many signs stand for a word

_ENDS = r"[.!?;\n,،؛؟۔。！？；，、।॥።፣፤]+"
_SIGNS = "还有|還有|以及|另外|而且"
# Words for "and", "also", "but also" that mean nothing else in another language of the desk.
_AND = (
    r"and|also|plus|et|aussi|también|também|oraz|także|też|și|iar|dhe|edhe|ve|ayrıca|û|iyo|và|und|auch"
    r"|і|й|та|також|и|также|و|وكمان|وأيضا|وايضا|كمان|همچنین|اور|نیز|او|هەروەها|ਅਤੇ|ਤੇ|और|এবং|আর|ከምኡውን|እና"
)
# Those that do: "i" is English for oneself, and Polish for "and".
_AND_IN = {"pl": "i|a", "es": "y|e", "pt": "e", "ro": "si|şi", "sq": "e", "ku": "u", "so": "oo", "vi": "va"}
# In Arabic "and" is written together with the next word. Words that begin with the letter themselves stay whole.
_ARABIC_AND = r"(?<!\w)و(?!ين|ظيف|ظائف|قت|الد|رق|ثيق|ثائق|لد|لاد|احد|حد|ضع|كال|صل|زار|جع|سط|يزا|ايد)(?=\w{3})"
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def split_needs(text: str, language: str | None = None) -> list[str]:
    """The parts of a message between sentence ends, commas and words for "and": at least two of them, or none.

    language: BCP 47 code of the text; None: it is looked for. What is too short to stand for itself
    goes with the part after it; at the end it is left out.
    """
    parts: list[str] = []
    start = 0
    language = identify(text).code if language is None else language
    for between in [*_between(language.split("-")[0]).finditer(text), None]:
        part = text[start : between.start() if between else len(text)].strip()
        if words_in(part) >= FEWEST_WORDS:
            parts.append(part)
            start = between.end() if between else len(text)
    return parts[:MOST_PARTS] if len(parts) > 1 else []


def words_in(text: str) -> int:
    """How many words a text has; in scripts without spaces signs are counted instead."""
    signs = len(_WITHOUT_SPACES.findall(text))
    return len(_WITHOUT_SPACES.sub(" ", text).split()) + round(signs / SIGNS_OF_A_WORD)


@cache
def _between(language: str) -> re.Pattern[str]:
    """What stands between two needs in a language; "" for one that is not known."""
    words = "|".join(filter(None, (_AND, _AND_IN.get(language))))
    kinds = [_ENDS, rf"(?<![\w'’])(?:{words})(?![\w'’])", _SIGNS, *([_ARABIC_AND] if language == "ar" else [])]
    return re.compile("|".join(kinds), re.IGNORECASE)
