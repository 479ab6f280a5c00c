"""What is known of the services is counted as it is, and an unknown never counts as known."""

from datetime import date

from bot.content.completeness import KNOWN, completeness
from bot.content.records import Conditions, Phone, Place, Provenance, Schedule, Service


def test_a_service_of_which_nothing_is_told_has_nothing():
    assert set(completeness([Service("a", "A", "Somebody")]).values()) == {0}


def test_a_no_is_known_as_well_as_a_yes():
    closed = Service("a", "A", "Somebody", conditions=Conditions(walk_in=False, children_welcome=False))
    figures = completeness([closed])
    assert figures["how to get in"] == figures["children may come"] == 1


def test_hours_in_words_are_no_hours_for_machines():
    words = Service("a", "A", "Somebody", hours="See website", schedules=(Schedule("See website"),))
    rules = Service(
        "b", "B", "Somebody", hours="Mondays", schedules=(Schedule("Mondays", opening_hours="Mo 09:00-17:00"),)
    )
    weekly = Service("c", "C", "Somebody", hours="Mondays", schedules=(Schedule("Mondays", freq="WEEKLY"),))
    figures = completeness([words, rules, weekly])
    assert (figures["opening hours in words"], figures["opening hours for machines"]) == (3, 2)


def test_an_address_without_a_map_point_is_a_place_but_not_on_the_map():
    figures = completeness([Service("a", "A", "Somebody", places=(Place(address="1 High Street"),))])
    assert (figures["place that may be shown"], figures["place on the map"]) == (1, 0)


def test_an_age_limit_says_whom_it_is_for_without_an_audience():
    figures = completeness([Service("a", "A", "Somebody", conditions=Conditions(minimum_age=0))])
    assert (figures["audience"], figures["audience, women or men, or age"]) == (0, 1)


def test_every_figure_counts_what_it_names():
    full = Service(
        "a", "A", "Somebody", url="https://example.org", phones=(Phone("111"),), hours="Mondays", languages="Polish",
        cost="Free", eligibility="Anyone", places=(Place(latitude=52.4, longitude=-1.5),), spoken=("pl",),
        schedules=(Schedule("Mondays", opening_hours="Mo 09:00-17:00"),),
        provenance=Provenance(checked_on=date(2026, 1, 1), owner="Team"),
        conditions=Conditions(
            audience=("ALL",), interpreter=True, children_welcome=True, step_free=True, walk_in=True, papers_asked=False
        ),
    )  # fmt: skip
    assert completeness([full, full]) == dict.fromkeys(KNOWN, 2)
