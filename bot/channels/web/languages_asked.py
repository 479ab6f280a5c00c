"""Which of the desk's languages a browser asks for.

No guessing from text here; the desk does that.
"""

import re
from collections.abc import Iterable, Iterator

from bot.skills.phrases import Phrases

LONGEST_HEADER = 500  # characters of Accept-Language that are looked at
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")


def is_tag(text: str) -> bool:
    """True for something formed like a BCP 47 language tag."""
    return bool(_TAG.fullmatch(text))


def accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first; what cannot be read is left out."""
    return [tag for _, tag in sorted(_weighted(header[:LONGEST_HEADER]), key=lambda pair: -pair[0])]


def spoken(tag: str, phrases: Phrases) -> str | None:
    """The desk's own code for a tag: itself, or the wider language (ar for ar-SY). None where the desk has neither."""
    by_folded = {code.casefold(): code for code in phrases.languages}
    folded = tag.casefold()
    return by_folded.get(folded) or by_folded.get(folded.split("-")[0])


def first_spoken(tags: Iterable[str], phrases: Phrases) -> str | None:
    """The first of the tags that the desk speaks, as its own code. None where it speaks none of them."""
    return next((code for tag in tags if (code := spoken(tag, phrases))), None)


def _weighted(header: str) -> Iterator[tuple[float, str]]:
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        if is_tag(tag):
            try:
                yield float(weight or 1), tag
            except ValueError:
                continue
