"""Finding services over a small directory and a real SQLite index: order, reasons, what is left out, what is given up."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.database import writing
from bot.content.records import Conditions, Content, Place, Provenance, Schedule, Service, Topic
from bot.content.search.index import renew
from bot.content.store import Store
from bot.skills.service_filters import Filter
from bot.skills.service_search import ServiceQuery, search_services
from bot.skills.service_vectors import ServiceVectors, Vectors

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HERE, FAR = (52.408, -1.51), (52.586, -2.128)
WEEKDAYS = (Schedule("Monday to Friday, 9 to 5", "Mo-Fr 09:00-17:00"),)
NIGHTS = (Schedule("Evenings", "Mo-Su 18:00-22:00"),)
IN_WORDS = (Schedule("Ask us when"),)


def service(key: str, name: str, **more) -> Service:
    base = {"topics": ("money",), "areas": ("coventry",), "organization": f"{key} trust", "schedules": WEEKDAYS}
    return Service(key, name, **(base | more))


def at(point: tuple[float, float]) -> tuple[Place, ...]:
    return (Place("", "High Street", "", *point),)


SERVICES = (
    service("near", "Food bank", places=at(HERE), conditions=Conditions(free=True, walk_in=True)),
    service("far", "Food bank", places=at(FAR), areas=("wolverhampton",), conditions=Conditions(free=True)),
    service("line", "Food bank line", areas=("national",), schedules=NIGHTS),
    service("paid", "Food bank shop", conditions=Conditions(free=False), spoken=("pl",)),
    service("refugees", "Food bank for refugees", conditions=Conditions(audience=("RF",)), schedules=IN_WORDS),
    service("old", "Food bank hall", provenance=Provenance(checked_on=date(2020, 1, 1), review_colour="RED")),
    service("school", "English school", topics=("classes",), areas=("birmingham",)),
)
CONTENT = Content(
    revision=0,
    answers={},
    services={one.id: one for one in SERVICES},
    topics={"money": Topic("money", "Money"), "classes": Topic("classes", "Classes")},
    cities={},
)


@pytest.fixture(scope="module")
def search(tmp_path_factory):
    """A function that searches CONTENT on a Monday morning."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('search')}/desk.db") as store:
        store.migrate()
        with writing(store.engine) as connection:
            renew(connection, CONTENT, MONDAY)

        def find(text: str = "", vectors: ServiceVectors | None = None, **asked):
            query = ServiceQuery(**({"at": MONDAY, "text": text} | asked))
            return search_services(query, CONTENT, store.find_services, vectors)

        yield find


def ids(found) -> list[str]:
    return [hit.service.id for hit in found.hits]


def hit(found, key: str):
    return next(one for one in found.hits if one.service.id == key)


def test_own_city_comes_before_the_whole_country_and_other_cities_are_left_out(search):
    found = ids(search("food bank", city="coventry"))
    assert "far" not in found and found.index("near") < found.index("line")


def test_the_nearest_comes_first_and_what_is_in_another_city_last(search):
    found = search("food bank", position=HERE)
    assert ids(found)[0] == "near" and ids(found)[-1] == "far"
    assert hit(found, "near").miles == 0 and hit(found, "line").miles is None
    assert "NEAR" in hit(found, "near").reasons and "NEAR" not in hit(found, "far").reasons


def test_each_result_says_why_it_was_chosen(search):
    found = search("food", city="coventry", audience="RF", filters=frozenset({Filter.FREE}))
    assert {"WORDS", "CITY", "OPEN_NOW", "FREE"} <= set(hit(found, "near").reasons)
    assert {"FOR_YOU", "UNSURE_FREE"} <= set(hit(found, "refugees").reasons)
    assert "NAME" in hit(search("your food bank line please"), "line").reasons
    assert "SPEAKS" in hit(search("food bank", language="pl"), "paid").reasons


def test_what_is_not_known_comes_after_what_surely_fits_and_is_marked(search):
    found = search("food bank", city="coventry", filters=frozenset({Filter.WALK_IN}))
    assert ids(found)[0] == "near"
    assert all("UNSURE_WALK_IN" in one.reasons for one in found.hits[1:])


def test_what_surely_does_not_fit_is_left_out_with_the_reason(search):
    found = search("food bank", filters=frozenset({Filter.FREE}), audience="AS")
    assert {(left.service.id, left.reason) for left in found.left_out} == {("paid", "free"), ("refugees", "audience")}
    assert not {"paid", "refugees"} & set(ids(found))


def test_open_now_leaves_out_what_is_surely_closed_and_marks_what_only_people_can_read(search):
    found = search("food bank", filters=frozenset({Filter.OPEN_NOW}))
    assert "line" not in ids(found) and ("line", "open_now") in [(one.service.id, one.reason) for one in found.left_out]
    assert "UNSURE_OPEN_NOW" in hit(found, "refugees").reasons
    assert ids(search("line", filters=frozenset({Filter.EVENING})))[0] == "line"
    assert "paid" not in ids(search("food", filters=frozenset({Filter.EVENING})))
    sunday = MONDAY.replace(day=22)
    assert "near" not in ids(search("food bank", at=sunday, filters=frozenset({Filter.OPEN_TODAY})))


def test_a_service_that_nobody_checked_for_years_comes_after_its_equals(search):
    found = search("food bank", city="coventry")
    assert hit(found, "old").score < min(hit(found, key).score for key in ("near", "paid", "refugees"))


def test_where_nothing_fits_wishes_are_given_up_one_by_one_and_told(search):
    assert search("english school", city="birmingham").widened == ()
    assert search("english school", city="coventry").widened == ("city",)
    found = search("school", city="coventry", position=HERE, within_miles=1.0)
    assert (ids(found), found.widened) == (["school"], ("distance", "city"))
    found = search("school", at=MONDAY.replace(hour=20), filters=frozenset({Filter.OPEN_NOW}))
    assert (ids(found), found.widened) == (["school"], ("hours",))
    assert [(left.service.id, left.reason) for left in found.left_out] == [("school", "open_now")]


def test_words_that_mean_nothing_here_find_nothing_at_all(search):
    found = search("zeppelin")
    assert (found.hits, found.widened) == ((), ())


def test_a_topic_or_a_place_is_enough(search):
    assert ids(search(topics=("classes",))) == ["school"]
    assert ids(search(position=HERE, within_miles=3.0)) == ["near"]


def test_meaning_finds_what_no_word_does_and_answers_point_the_way(search):
    axes = np.eye(3, dtype=np.float32)
    own = ServiceVectors(Vectors(("school", "near"), axes[:2]))
    pointing = ServiceVectors(Vectors((), axes[:0]), Vectors(("learn",), axes[2:]), {"learn": ("paid", "line")})
    assert ids(search("???", own, meaning=axes[0])) == ["school"]
    found = search("???", pointing, meaning=axes[2])
    assert ids(found) == ["paid", "line"]
    assert "MEANING" in hit(found, "paid").reasons


def test_many_vectors_find_the_same_as_few():
    chance = np.random.default_rng(7)
    middles = chance.standard_normal((50, 64))
    rows = middles[chance.integers(0, 50, 25_000)] + 0.3 * chance.standard_normal((25_000, 64))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    names = [str(number) for number in range(len(rows))]
    every = rows @ rows[3]
    found = Vectors(names, rows).nearest(rows[3], 40)
    true = {str(row) for row in np.argsort(-every)[:40]}
    assert next(iter(found)) == "3" and len(true & found.keys()) >= 36


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=80),
    city=st.none() | st.text(max_size=12),
    filters=st.frozensets(st.sampled_from(Filter)),
    audience=st.none() | st.text(max_size=3),
    language=st.none() | st.text(max_size=8),
    place=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_nothing_that_people_type_makes_a_search_fail(search, text, city, filters, audience, language, place):
    found = search(text, city=city, filters=filters, audience=audience, language=language, position=place)
    assert len(found.hits) <= 10 and len(found.left_out) <= 5
    assert not {one.service.id for one in found.left_out} & set(ids(replace(found)))
