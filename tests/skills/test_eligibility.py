"""A service is left out only where it is surely not for the person, and the reason comes with it."""

import pytest

from bot.content.records import Conditions, Service
from bot.skills.eligibility import LeftOut, for_person, makes_easy, needs, suits


def service(name: str, **conditions) -> Service:
    return Service(name, name, "Somebody", conditions=Conditions(**conditions))


@pytest.mark.parametrize(
    "stated, audience, expected",
    [
        ((), "AS", None),
        (("AS",), None, None),
        (("AS", "RF"), "AS", True),
        (("AS", "RF"), "VH", False),
        (("ALL",), "UN", True),
        (("ALL", "EU"), "UN", True),
    ],
)
def test_a_service_suits_those_that_it_names_and_nothing_is_guessed(stated, audience, expected):
    assert suits(Conditions(audience=stated), audience) is expected


def test_what_is_surely_not_for_the_person_is_left_out_with_the_reason_and_the_order_stays():
    first, second, third = service("a"), service("b", audience=("EU",)), service("c", audience=("AS", "RF"))
    assert for_person([first, second, third], "AS") == ([first, third], [LeftOut(second, "audience")])


def test_nobody_who_did_not_tell_their_situation_is_left_out_of_anything():
    services = [service("a", audience=("EU",)), service("b", gender="women")]
    assert for_person(services, None) == (services, [])


def test_what_is_needed_comes_in_the_order_of_doing():
    conditions = Conditions(documents=("Your ARC card",), referral_needed=True, appointment_needed=True)
    assert needs(conditions) == ("referral", "appointment", "documents")


def test_named_papers_stand_for_papers_in_general():
    assert needs(Conditions(papers_asked=True)) == ("papers",)
    assert needs(Conditions(papers_asked=True, documents=("Passport",))) == ("documents",)


def test_nothing_known_needs_nothing_and_promises_nothing():
    assert needs(Conditions()) == () and makes_easy(Conditions()) == ()


def test_no_promise_to_walk_in_where_an_appointment_is_needed():
    assert makes_easy(Conditions(walk_in=True, appointment_needed=True)) == ()
    assert makes_easy(Conditions(walk_in=True, papers_asked=False)) == ("walk_in", "no_papers")
