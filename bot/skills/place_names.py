"""Names of towns, districts and stations in what people write, in right and wrong spelling. Postcodes are not read here.

A name that is a word or a person's name too, such as Shirley, counts only where the words beside it say it is a place.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.content.records import GazetteerPlace

MOST_WORDS = 4  # of a name: "Royal Leamington Spa" has three
FUZZY_FROM = 7  # letters; shorter names are too near to other words
TWO_SLIPS_FROM = 10  # letters from which two wrong letters are forgiven
GLUED_FROM = 8  # letters from which a name is known with its space left out or put in
NAMED = ("town", "district", "station")
_MARKS = "\u064b-\u065f\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff"  # vowel signs, which are no letters to `re`
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}'’`ʼ])*|\d+")
_APOSTROPHES = re.compile("['’`ʼ]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_ARABIC_SAME = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ـ": "", "\u200c": " "}
)
_ARABIC_PREFIX = re.compile(r"^[وبلف](?=\w{5})")
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def words_of(text: str) -> list[str]:
    """The words of a text in one spelling: small letters without accents, one form of each Arabic letter."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC_SAME).replace("&", " and ")
    plain = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", unicodedata.normalize("NFD", plain)))
    return [_APOSTROPHES.sub("", word) for word in _WORD.findall(plain)]


# Names that are also a word, a first name or a surname: they need a word beside them that says "place".
_ORDINARY = frozenset(
    words_of(
        "shirley dudley aston rugby warwick stafford hockley knowle coven netherton featherstone hagley attleborough exhall "
        "meriden hartshill canley witton olton hatton lapworth shenstone bordesley codsall streetly leamington albrighton "
        "bilbrook lye tipton aldridge brewood wolston kinver kinvere essington berkswell cosford hamstead claverdon danzey "
        "tyseley"
    )
)
# Stations whose names mean something else, or somewhere else: they need the word for a station.
_NEEDS_STATION = frozenset(
    {
        *(
            "university",
            "five ways",
            "the lakes",
            "spring road",
            "old hill",
            "wood end",
            "willenhall",
            "lye",
            "four oaks",
        ),
        *("new street", "moor street", "snow hill", "blake street", "chester road", "pineapple road", "hall green"),
        *("bermuda park", "earlswood", "hatton", "witton", "langley green", "lea hall", "butlers lane", "aston"),
        *("shirley", "rugby", "warwick", "shenstone", "olton"),
    }
)
_STATION = frozenset(
    words_of(
        "station stations rail estación gare stacja gara stacioni станція станції вокзал вокзалу "
        "станция محطة ایستگاه اسٹیشن istasyon istasyonu bahnhof"
    )
)
_TRAIN = frozenset(words_of("train trains railway tren pociąg поїзд потяг поезд قطار ٹرین"))
_OTHER_STATIONS = frozenset(words_of("police fire petrol polling bus coach gas"))
_LEADS_TO_A_PLACE = frozenset(
    words_of(
        "in at near from around to live living lives area town outside between в у біля з із до около из рядом w z "
        "do koło în din la lângă en de cerca à près ku nga afër aus bei dans em و في من قرب الى در از نزدیک به میں سے li "
        "west north south east central"
    )
)
_FOLLOWS_A_PLACE = frozenset(
    words_of(
        "area town centre center district council hospital library college birmingham coventry wolverhampton solihull "
        "walsall sandwell midlands میں سے"
    )
)
# "Coventry Road" is in Birmingham.
_STREETS = frozenset(words_of("road rd street st lane ln avenue ave drive close crescent way"))
# Real words and places elsewhere that are a letter or two from a name; found by trying large lists of both.
_NOT_A_SLIP = frozenset(
    words_of(
        "billingham barningham burlingham burringham longridge stockbridge tadworth burnsville eddington edington brownville "
        "candock adderstone carnock"
    )
)


@dataclass(frozen=True)
class Name:
    """A name in a text: which place it is, and which words it takes (from `first` to before `end`)."""

    place: GazetteerPlace
    first: int
    end: int


class PlaceNames:
    """The names of a gazetteer, ready to be looked for. Outcodes are left to place_codes.py."""

    def __init__(self, gazetteer: Iterable[GazetteerPlace]) -> None:
        self._exact: dict[str, list[GazetteerPlace]] = defaultdict(list)
        self._spaced: dict[str, str] = {}
        self._signs: dict[str, GazetteerPlace] = {}
        for place in gazetteer:
            if place.kind in NAMED:
                for name in (place.name, *place.other_names):
                    self._add(name, place)
        self._fuzzy: dict[str, list[str]] = defaultdict(list)
        for key, spaced in self._spaced.items():
            if len(key) >= FUZZY_FROM and spaced not in _ORDINARY | _NEEDS_STATION:
                self._fuzzy[key[0]].append(key)

    def named_in(self, text: str) -> list[Name]:
        """The names in a text in their order; of names inside each other, the longest."""
        words = words_of(text)
        taken: set[int] = set()
        found: list[Name] = []
        for length in range(min(MOST_WORDS, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                span = range(first, first + length)
                if taken.isdisjoint(span) and (place := self._place(words, first, first + length)):
                    taken.update(span)
                    found.append(Name(place, first, first + length))
        signs = {place.id: place for name, place in self._signs.items() if name in text}
        found += [Name(place, -1, -1) for place in signs.values()]
        return sorted(found, key=lambda name: name.first)

    def _add(self, name: str, place: GazetteerPlace) -> None:
        words = words_of(name)
        if _WITHOUT_SPACES.search(name):
            self._signs.setdefault(name, place)
        elif words:
            self._exact["".join(words)].append(place)
            self._spaced["".join(words)] = " ".join(words)

    def _place(self, words: list[str], first: int, end: int) -> GazetteerPlace | None:
        """The place that the words from `first` to before `end` name."""
        key = self._key(words[first:end])
        if key is None or (end < len(words) and words[end] in _STREETS):
            return None
        by_train = _is_station(words, first, end)
        places = self._exact[key]
        if not by_train and self._spaced[key] in _NEEDS_STATION:
            places = [place for place in places if place.kind != "station"]
        if not places or (self._spaced[key] in _ORDINARY and not by_train and not _is_said_as_place(words, first, end)):
            return None
        return min(places, key=lambda place: (place.kind == "station") != by_train)

    def _key(self, said: list[str]) -> str | None:
        """The name that some words are: exactly, after an Arabic "in" or "from", with other spaces, or misspelt."""
        key, spaced = "".join(said), " ".join(said)
        if key in self._exact and (self._spaced[key] == spaced or len(key) >= GLUED_FROM):
            return key
        if (bare := _ARABIC_PREFIX.sub("", key)) in self._exact and len(said) == self._spaced[bare].count(" ") + 1:
            return bare
        if len(key) < FUZZY_FROM - 1 or spaced in _NOT_A_SLIP:
            return None
        near = [name for name in self._fuzzy.get(key[0], ()) if self._is_slip(key, len(said), name)]
        return min(near, key=lambda name: OSA.distance(key, name), default=None)

    def _is_slip(self, key: str, words: int, name: str) -> bool:
        slips = 2 if min(len(name), len(key)) >= TWO_SLIPS_FROM else 1
        return words == self._spaced[name].count(" ") + 1 and OSA.distance(key, name, score_cutoff=slips) <= slips


def _is_station(words: list[str], first: int, end: int) -> bool:
    """Whether a railway station is meant: its word stands beside the name, or a train goes from or to it."""
    before, after = words[max(0, first - 2) : first], words[end : end + 2]
    if after and (after[0] in _STATION or after[0] in _TRAIN):
        return True
    if before and before[-1] in _STATION:
        return before[0] not in _OTHER_STATIONS
    return bool(before) and before[-1] in _LEADS_TO_A_PLACE and not _TRAIN.isdisjoint(words)


def _is_said_as_place(words: list[str], first: int, end: int) -> bool:
    """Whether the words beside a name say that it is a place, or there are no others."""
    if len(words) == end - first:
        return True
    before, after = words[first - 1] if first else "", words[end] if end < len(words) else ""
    return before in _LEADS_TO_A_PLACE or after in _FOLLOWS_A_PLACE
