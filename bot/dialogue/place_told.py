"""Where the person is, from what they wrote or shared. It is rounded to the first half of a postcode, and no more is kept;
the exact place counts for the one message that tells it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from bot.content.records import Content
from bot.content.search.words import words_of
from bot.content.store import Store
from bot.dialogue.memory import HERE
from bot.dialogue.unanswered import DATABASE_SECONDS
from bot.errors import StoreError
from bot.skills.place_codes import has_postcode, is_part_of_code
from bot.skills.whereabouts import Whereabouts, city_middles, find_place, outcode_nearest

# From the middle of a city. Further out live people of other councils (Walsall, Smethwick), for whom its doors are wrong.
CITY_WITHIN_MILES = 3.0
SHARED_EXACTNESS = 100  # metres; a telephone in a house seldom knows better
SAME_WORD = 75  # of 100: "foleshil" for "Foleshill"
# Words that say that a place is one's own.
_AT_HOME = frozenset(
    words_of(
        "in at near around live living stay staying area postcode w koło mieszkam în aproape en cerca "
        "у в біля живу живемо мешкаю رقم في قرب اسكن أسكن ساكن ساكنة عايش در نزدیک زندگی میں په کې ۾ ku li nga"
    )
)
# Words that say nothing beside a place: where only they are left, the message tells its place and no more.
_NOTHING_ELSE = _AT_HOME | frozenset(
    words_of(
        "i im m am is are we my me the a from to of now here place code address outcode it its this hello hi ok yes please "
        "station st road я ми це тут мій індекс мой это انا أنا من هنا الرمز البريدي رمزي عندي منطقة من هستم می کنم کد "
        "پستی اینجا است jestem tu mój kod to ja sunt eu aici je suis à ici soy estoy aquí ben burada"
    )
)


@dataclass(frozen=True)
class Told:
    """What a message tells of the place. slots: to be set for this message; `alone`: it tells nothing else; `lasting`: it
    is where the person is, and so counts for later messages too; `unknown`: it has a postcode that is not known."""

    slots: dict[str, Any] = field(default_factory=dict)
    alone: bool = False
    lasting: bool = False
    unknown: bool = False


class PlaceTold:
    """Reads places with the gazetteer of the content and the postcodes of the store. No network."""

    def __init__(self, store: Store, content: Callable[[], Content]) -> None:
        self._store, self._content = store, content

    async def in_text(self, text: str) -> Told:
        """The place that a message names; nothing where it names none, or the database cannot say within its time."""
        try:
            content = self._content()
            finding = asyncio.to_thread(find_place, text, content.gazetteer, self._store.postcode)
            place = await asyncio.wait_for(finding, DATABASE_SECONDS)
        except (StoreError, TimeoutError):
            return Told()
        if place is None or not place.outcode:
            beside = [word for word in words_of(text) if word not in _NOTHING_ELSE and not is_part_of_code(word)]
            return Told(unknown=has_postcode(text) and not beside)
        if place.name in {city.name for city in content.cities.values()}:
            return Told()  # a city as a whole is no place to measure from; the front desk knows it as a city
        words = words_of(text)
        alone = _says_nothing_else(words, place)
        own = place.kind in ("postcode", "sector") or (place.kind == "outcode" and bool(_AT_HOME & set(words)))
        return Told(self._slots(content, place), alone, alone or own)

    def shared(self, position: tuple[float, float]) -> Told:
        """The outcode nearest to a shared position (latitude and longitude, degrees); nothing where it is far away.

        Raises StoreError.
        """
        content = self._content()
        outcode = outcode_nearest(*position, content.gazetteer)
        if outcode is None:
            return Told()
        place = Whereabouts("shared", outcode, *position, outcode, SHARED_EXACTNESS)
        return Told(self._slots(content, place), alone=True, lasting=True)

    @staticmethod
    def _slots(content: Content, place: Whereabouts) -> dict[str, Any]:
        """The outcode, the city of the desk that it lies in or None, and for this message where it is exactly."""
        slots: dict[str, Any] = {"outcode": place.outcode, "city": None}
        if place.kind not in ("outcode", "town", "district"):
            slots[HERE] = [place.latitude, place.longitude, place.exactness]
        for city, middle in city_middles(content.cities.values(), content.gazetteer).items():
            if place.miles_to(middle.latitude, middle.longitude) <= CITY_WITHIN_MILES:
                slots["city"] = city
        return slots


def _says_nothing_else(words: list[str], place: Whereabouts) -> bool:
    """Whether a message has no word beside its place that could be a need: "beaten in Foleshill" has one."""
    names = words_of(place.name)
    beside = [
        word
        for word in words
        if word not in _NOTHING_ELSE
        and not is_part_of_code(word)
        and not any(fuzz.ratio(word, name) >= SAME_WORD for name in names)
    ]
    return not beside or (len(words) == 1 and not words[0].isascii())
