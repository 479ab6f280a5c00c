"""Where the person is, from what they wrote or shared. It is rounded to the first half of a postcode, and no more is kept;
the exact place counts for the one message that tells it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.content.records import Content
from bot.content.store import Store
from bot.dialogue.memory import HERE
from bot.errors import StoreError
from bot.skills.needs import words_in
from bot.skills.whereabouts import Whereabouts, find_place, outcode_nearest

OTHER_WORDS = 2  # beside its place, in a message that tells nothing else: "I am in Foleshill" has more, "near CV6" one
# From the middle of a city. Further out live people of other councils (Walsall, Smethwick), for whom its doors are wrong.
CITY_WITHIN_MILES = 3.0
SHARED_EXACTNESS = 100  # metres; a telephone in a house seldom knows better
OWN_PLACE = ("postcode", "sector", "outcode")  # who writes one means where they are; a district may only be asked about


@dataclass(frozen=True)
class Told:
    """What a message tells of the place. slots: to be set for this message; `alone`: it tells nothing else;
    `lasting`: it is where the person is, and so counts for later messages too."""

    slots: dict[str, Any] = field(default_factory=dict)
    alone: bool = False
    lasting: bool = False


class PlaceTold:
    """Reads places with the gazetteer of the content and the postcodes of the store. No network."""

    def __init__(self, store: Store, content: Callable[[], Content]) -> None:
        self._store, self._content = store, content

    async def in_text(self, text: str) -> Told:
        """The place that a message names; nothing where it names none, or the database cannot say."""
        try:
            content = self._content()
            place = await asyncio.to_thread(find_place, text, content.gazetteer, self._store.postcode)
        except StoreError:
            return Told()
        if place is None or not place.outcode or place.name in {city.name for city in content.cities.values()}:
            return Told()  # a city as a whole is no place to measure from; the front desk knows it as a city
        alone = words_in(text) <= words_in(place.name) + OTHER_WORDS
        return Told(self._slots(content, place), alone, alone or place.kind in OWN_PLACE)

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
        """The outcode, the city of the desk that it lies in, if any, and for this message where it is exactly."""
        slots: dict[str, Any] = {"outcode": place.outcode}
        if place.kind not in ("outcode", "town", "district"):
            slots[HERE] = [place.latitude, place.longitude, place.exactness]
        towns = {town.name: town for town in content.gazetteer if town.kind == "town"}
        for city in content.cities.values():
            middle = towns.get(city.name)
            if middle and place.miles_to(middle.latitude, middle.longitude) <= CITY_WITHIN_MILES:
                slots["city"] = city.id
        return slots
