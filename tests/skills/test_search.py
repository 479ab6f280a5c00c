"""Which services are shown to a person of a city, and in which order."""

import pytest

from bot.content.records import Answer, City, Content, Service
from bot.skills.search import (
    NATIONAL,
    REGION,
    in_reach,
    near_before_far,
    people_to_talk_to,
    services_for,
    services_on_topic,
)


def service(name: str, *areas: str, topics: tuple[str, ...] = ("health",)) -> Service:
    return Service(id=name, name=name, organization="", areas=areas, topics=topics)


SERVICES = [
    service("line", NATIONAL),
    service("region", REGION),
    service("bham", "birmingham"),
    service("cov2", "coventry"),
    service("cov1", "coventry"),
    service("both", "birmingham", "coventry"),
    service("house", "coventry", topics=("housing",)),
    service("walsall", "walsall"),
]
ANSWER = Answer(
    "health/gp", "health", "?", (), services=("line", "region", "bham", "cov2", "gone", "cov1", "both", "walsall")
)
CONTENT = Content(
    revision=1,
    answers={ANSWER.id: ANSWER},
    services={each.id: each for each in SERVICES},
    topics={},
    cities={
        "birmingham": City("birmingham", "Birmingham", ("bham", "both")),
        "coventry": City("coventry", "Coventry", ("cov1", "gone", "line")),
        "wolverhampton": City("wolverhampton", "Wolverhampton"),
    },
    everywhere_contacts=("line", "region"),
)


def ids(services: list[Service]) -> list[str]:
    return [each.id for each in services]


def test_own_city_comes_first_then_region_then_country_and_editors_order_holds_within():
    assert ids(services_for(CONTENT, ANSWER, "coventry")) == ["cov2", "cov1", "both", "region", "line"]


def test_other_cities_are_left_out_once_the_city_is_known():
    assert ids(services_for(CONTENT, ANSWER, "wolverhampton")) == ["region", "line"]


def test_without_a_city_all_services_stay_in_the_editors_order():
    assert ids(services_for(CONTENT, ANSWER, None)) == ["line", "region", "bham", "cov2", "cov1", "both", "walsall"]


def test_a_service_that_is_no_longer_published_is_passed_over():
    assert "gone" not in ids(services_for(CONTENT, ANSWER, None))


def test_services_of_a_topic_are_sorted_by_nearness_and_then_by_name():
    assert ids(services_on_topic(CONTENT, "health", "coventry")) == ["both", "cov1", "cov2", "region", "line"]
    assert ids(services_on_topic(CONTENT, "housing", "birmingham")) == []


def test_people_of_the_own_city_come_before_those_for_everybody_and_nobody_twice():
    assert ids(people_to_talk_to(CONTENT, "coventry")) == ["cov1", "line", "region"]
    assert ids(people_to_talk_to(CONTENT, "wolverhampton")) == ["line", "region"]


def test_without_a_city_those_for_everybody_come_first_and_each_city_gives_its_first_contact():
    assert ids(people_to_talk_to(CONTENT, None)) == ["line", "region", "bham", "cov1"]


def test_a_city_that_the_desk_does_not_serve_is_like_no_city():
    assert people_to_talk_to(CONTENT, "london") == people_to_talk_to(CONTENT, None)


@pytest.mark.parametrize("city", ["coventry", "birmingham", "wolverhampton"])
def test_the_projects_services_never_reach_into_another_city(content, city):
    for answer in content.answers.values():
        shown = services_for(content, answer, city)
        assert all({city, REGION, NATIONAL} & set(each.areas) for each in shown)
        steps = [next(n for n, area in enumerate((city, REGION, NATIONAL)) if area in each.areas) for each in shown]
        assert steps == sorted(steps)


def test_a_service_of_two_areas_counts_by_the_nearer():
    assert ids(in_reach([service("wide", NATIONAL), service("near", NATIONAL, "coventry")], "coventry")) == [
        "near",
        "wide",
    ]


def test_without_city_and_place_the_editors_order_stays():
    assert near_before_far(SERVICES, None, lambda each: None) == SERVICES


def test_the_nearer_come_first_within_their_reach_and_less_than_a_mile_changes_nothing():
    miles = {"line": 0.0, "cov2": 2.9, "cov1": 2.1, "both": 0.5}
    found = near_before_far([s for s in SERVICES if s.id in miles], "coventry", lambda each: miles[each.id])
    assert ids(found) == ["both", "cov2", "cov1", "line"]
