"""Which place a text names, with the gazetteer of the project, and how far things are from there."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.postcodes.lookup import Position
from bot.content.records import GazetteerPlace
from bot.skills.phrases import Phrases
from bot.skills.whereabouts import (
    distance_miles,
    distance_words,
    find_place,
    outcode_named,
    outcode_nearest,
    walking_minutes,
)

PROJECT = Path(__file__).parents[2]
IMPORTED = {"CV1 5FX": Position(52.41323, -1.50661, 100), "CV1 5": Position(52.41, -1.5, 900)}


def read_gazetteer() -> tuple[GazetteerPlace, ...]:
    with (PROJECT / "services_data" / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            GazetteerPlace(
                row["id"],
                row["kind"],
                row["name"],
                float(row["latitude"]),
                float(row["longitude"]),
                tuple(filter(None, row["other_names"].split(";"))),
                row["source"],
                row["licence"],
            )
            for row in csv.DictReader(file)
        )


GAZETTEER = read_gazetteer()
NOTHING_IMPORTED = {}.get


def named(text: str) -> str | None:
    place = find_place(text, GAZETTEER, NOTHING_IMPORTED)
    return place and f"{place.kind} {place.name}"


PLACES = [
    ("CV1 5FX", "postcode CV1 5FX"),
    ("cv15fx", "postcode CV1 5FX"),
    ("my postcode is cv1  5fx, is there a food bank", "postcode CV1 5FX"),
    ("أنا في CV1 5FX وأحتاج طبيب", "postcode CV1 5FX"),
    ("رمز CV١ ٥FX", "postcode CV1 5FX"),
    ("کد پستی b۱۸ ۵qt", "postcode B18 5QT"),
    ("我住在CV1 5FX附近", "postcode CV1 5FX"),
    ("WV1-4DJ", "postcode WV1 4DJ"),
    ("food bank near B18 5", "sector B18 5"),
    ("cv6 7", "sector CV6 7"),
    ("CV1", "outcode CV1"),
    ("i am in cv6 and need a dentist", "outcode CV6"),
    ("b18", "outcode B18"),
    ("b1", "outcode B1"),
    ("I live in B1", "outcode B1"),
    ("english class near B18", "outcode B18"),
    ("doctors in b4", "outcode B4"),
    ("B1 Birmingham", "outcode B1"),
    ("ws2 food parcels", "outcode WS2"),
    ("Birmingham", "town Birmingham"),
    ("birmigham doctors", "town Birmingham"),
    ("i am in coventary", "town Coventry"),
    ("Coventry's library", "town Coventry"),
    ("wolverhamton", "town Wolverhampton"),
    ("where is a lawyer in Smethwik", "town Smethwick"),
    ("west bromwhich job centre", "town West Bromwich"),
    ("westbromwich", "town West Bromwich"),
    ("in Foleshill, Coventry", "district Foleshill"),
    ("I live in Foleshil", "district Foleshill"),
    ("Spark Hill", "district Sparkhill"),
    ("sutton coldfield birmingham", "town Sutton Coldfield"),
    ("selly oak", "station Selly Oak"),
    ("near Perry Barr", "station Perry Barr"),
    ("Coventry station", "station Coventry"),
    ("near Birmingham New Street", "station Birmingham New Street"),
    ("new street station", "station Birmingham New Street"),
    ("University station", "station University"),
    ("police station in Coventry", "town Coventry"),
    ("I live in Dudley", "town Dudley"),
    ("Shirley", "town Shirley"),
    ("أنا في كوفنتري", "town Coventry"),
    ("بكوفنتري", "town Coventry"),
    ("من در کاونتری زندگی می‌کنم", "town Coventry"),
    ("я живу в Ковентрі", "town Coventry"),
    ("я живу у Бірмінгемі", "town Birmingham"),
    ("ውስጢ በርሚንግሃም", "town Birmingham"),
    ("बर्मिंघम में", "town Birmingham"),
    ("我在伯明翰", "town Birmingham"),
]
NO_PLACES = [
    "",
    "I need a bus",
    "reading class",
    "English B1",
    "B1 English",
    "I have B1 certificate",
    "i passed b2 level last year",
    "B1 1st year",
    "english class near b1",
    "рівень B1",
    "курс англійської B2",
    "شهادة B1 انجليزي",
    "مدرک زبان B1",
    "where can i do b1 for citizenship",
    "vitamin B12",
    "my B12 is low, blood test",
    "вітамін B12",
    "فيتامين B12",
    "hepatitis B3",
    "room B12",
    "flat b7",
    "form B4",
    "how long can i stay b4 i move out",
    "my cv 2 pages",
    "help with my CV",
    "write a cv 1 page long",
    "High Street",
    "the green cross",
    "bell",
    "my name is Shirley",
    "Dudley is my husband",
    "Aston Martin",
    "I play rugby",
    "stone in my kidney",
    "University",
    "how to go to university",
    "new street food",
    "old hill",
    "Coventry Road",
    "Walsall street",
    "from Birmingham to Coventry",
    "from B18 to CV1",
    "London",
    "Manchester",
    "hockey club",
    "tiptoe",
    "Billingham",
    "recovery",
    "convent",
    "governed by",
    "hospital",
    "100 pounds",
    "ZZ99 9ZZ9",
    "SW1A 1AA",
    "A1 motorway",
    "M6 5 minutes",
    "🏠",
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_a_place_is_read_out_of_what_people_write(text, place):
    assert named(text) == place


@pytest.mark.parametrize("text", NO_PLACES)
def test_words_that_only_look_like_a_place_are_none(text):
    assert named(text) is None


def test_a_postcode_is_as_exact_as_what_was_imported_and_else_as_its_first_half():
    exact = find_place("cv1 5fx", GAZETTEER, IMPORTED.get)
    assert (exact.latitude, exact.longitude, exact.outcode, exact.exactness) == (52.41323, -1.50661, "CV1", 100)
    rough = find_place("cv1 5fx", GAZETTEER, NOTHING_IMPORTED)
    middle = outcode_named("CV1", GAZETTEER)
    assert (rough.latitude, rough.longitude, rough.outcode) == (middle.latitude, middle.longitude, "CV1")
    assert rough.exactness == middle.exactness > 1000


def test_a_sector_is_looked_up_with_its_space():
    assert find_place("near cv1 5", GAZETTEER, IMPORTED.get).exactness == 900


def test_a_postcode_that_was_imported_is_found_outside_of_the_gazetteer_too():
    london = {"SW1A 1AA": Position(51.501, -0.1416, 100)}
    assert find_place("SW1A 1AA", GAZETTEER, london.get).outcode == "SW1A"


def test_two_postcodes_of_the_same_first_half_are_that_half():
    place = find_place("cv1 5fx or cv1 1fs", GAZETTEER, IMPORTED.get)
    assert (place.kind, place.name) == ("outcode", "CV1")


def test_a_named_place_has_the_outcode_that_is_kept_of_it():
    assert find_place("Coventry station", GAZETTEER, NOTHING_IMPORTED).outcode == "CV1"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_searched_without_an_error(text):
    find_place(text, GAZETTEER, NOTHING_IMPORTED)


def test_without_a_gazetteer_no_place_is_found():
    assert find_place("Coventry CV1", (), NOTHING_IMPORTED) is None


def test_a_shared_position_becomes_the_nearest_outcode():
    assert outcode_nearest(52.41291, -1.50644, GAZETTEER) == "CV1"
    assert outcode_nearest(52.58742, -2.1323, GAZETTEER) == "WV1"


def test_a_position_far_from_here_becomes_no_outcode():
    assert outcode_nearest(51.5, -0.12, GAZETTEER) is None
    assert outcode_nearest(52.4, -1.5, ()) is None


def test_an_outcode_that_is_not_known_is_no_place():
    assert outcode_named("ZZ1", GAZETTEER) is None
    assert outcode_named(None, GAZETTEER) is None


def test_distances_are_those_of_the_map():
    # Coventry station to Birmingham New Street: 17.2 miles by an ellipsoid's geodesic.
    assert distance_miles(52.40081, -1.51346, 52.47782, -1.90021) == pytest.approx(17.2, abs=0.1)
    assert distance_miles(52.4, -1.5, 52.4, -1.5) == 0


def test_walking_time_allows_for_streets_and_an_easy_pace():
    assert walking_minutes(0) == 5
    assert walking_minutes(1) == 25
    assert walking_minutes(2) == 50


@pytest.mark.parametrize(
    ("miles", "exactness", "words"),
    [
        (1.2, 100, "about 1.2 miles, 30 minutes on foot"),
        (1.2, 2100, "about 1.2 miles"),
        (7.04, 100, "about 7.0 miles"),
    ],
)
def test_minutes_on_foot_are_told_only_where_they_are_known_and_not_too_many(translations, miles, exactness, words):
    assert distance_words(miles, Phrases(translations), "en", exactness) == words


def miles_from_birmingham(place: GazetteerPlace) -> float:
    return distance_miles(52.48, -1.9, place.latitude, place.longitude)


def test_each_place_of_the_gazetteer_is_within_60_km_of_birmingham():
    assert {place.name: miles for place in GAZETTEER if (miles := miles_from_birmingham(place)) > 37.3} == {}


def test_the_outcodes_of_the_five_areas_are_there():
    outcodes = {place.name for place in GAZETTEER if place.kind == "outcode"}
    assert {re.match("[A-Z]+", outcode)[0] for outcode in outcodes} == {"B", "CV", "DY", "WS", "WV"}
    wanted = {
        *(f"CV{n}" for n in range(1, 13)),
        *(f"B{n}" for n in range(1, 39) if n != 22),
        *(f"WV{n}" for n in range(1, 17)),
    }
    assert wanted - outcodes == set()


def test_the_services_lie_in_the_outcodes_of_their_postcodes():
    with (PROJECT / "services_data" / "locations.csv").open(encoding="utf-8", newline="") as file:
        known = [row for row in csv.DictReader(file) if row["postal_code"] and row["latitude"]]
    assert known
    for row in known:
        outcode = row["postal_code"].split()[0]
        assert outcode_nearest(float(row["latitude"]), float(row["longitude"]), GAZETTEER) == outcode


def test_each_place_says_where_it_comes_from_and_under_which_licence():
    assert all(place.source and place.licence for place in GAZETTEER)
