"""What volunteers are told to look at first, and what exactly to check there."""

from datetime import date, timedelta

import pytest

from bot.content.records import Answer, City, Content, Phone, Point, Provenance, Schedule, Service
from bot.content.reports import REASONS, KeptReport
from bot.skills.review_round import NOBODY, REASON_WORDS, counts_by_owner, due_items, review_items

TODAY = date(2026, 11, 22)


def provenance(colour="AMBER", days=None, **more) -> Provenance:
    return Provenance(
        "https://example.org", review_colour=colour, checked_on=TODAY - timedelta(days=days) if days else None, **more
    )


def service(key, source, **more) -> Service:
    return Service(key, key.title(), "Owner", provenance=source, **more)


@pytest.fixture
def content():
    """Six services and two answers; `refuge` and `line` are near danger."""
    services = (
        service("fresh", provenance("GREEN", 10)),
        service("due", provenance("AMBER", 181, owner="Health team")),
        service("expired", provenance("AMBER", 400, owner="Health team")),
        service(
            "red", provenance("RED", doubts="Is it free?"), schedules=(Schedule("Mon", doubtful=True),), hours="Mon"
        ),
        service("refuge", provenance("AMBER", 5), topics=("safety",)),
        service("line", provenance("GREEN"), phones=(Phone("0800 000 000"),), url="https://example.org/line"),
    )
    answers = (
        Answer(
            "safety/violence", "safety", "Who helps?", (Point("Call.", verified=False),), provenance=provenance("RED")
        ),
        Answer("money/bank", "money", "Which bank?", (Point("Any."),), provenance=provenance("AMBER", 3)),
    )
    return Content(
        1,
        {each.id: each for each in answers},
        {each.id: each for each in services},
        {},
        {"coventry": City("coventry", "Coventry", ("line",))},
    )


def keys(items) -> list[str]:
    return [item.key for item in items]


def test_reported_comes_first_then_near_danger_then_red_then_expired(content):
    reports = [KeptReport("services", "fresh", "phone", times=2), KeptReport("answers", "money/bank", "wrong", times=5)]
    assert keys(due_items(review_items(content, reports, TODAY), TODAY)) == [
        *("answers/money/bank", "services/fresh"),
        *("answers/safety/violence", "services/line"),
        "services/red",
        *("services/expired", "services/due"),
    ]


def test_what_is_fresh_and_not_reported_is_not_due_until_its_day(content):
    items = review_items(content, [], TODAY)
    assert "services/refuge" not in keys(due_items(items, TODAY))
    assert "services/refuge" in keys(due_items(items, TODAY + timedelta(days=175)))


def test_owner_and_table_limit_the_list_and_what_nobody_keeps_can_be_asked_for(content):
    items = review_items(content, [], TODAY)
    assert keys(due_items(items, TODAY, "health TEAM")) == ["services/expired", "services/due"]
    assert keys(due_items(items, TODAY, NOBODY, "answers")) == ["answers/safety/violence"]


def test_each_item_says_what_to_check_and_where(content):
    reports = [KeptReport("services", "red", "phone", times=2), KeptReport("services", "red", "closed")]
    items = {item.key: item for item in review_items(content, reports, TODAY)}
    assert items["services/red"].check == (
        "People said: the phone does not work (2 times)",
        "People said: it is closed or moved (1 times)",
        "Doubt: Is it free?",
        "Times are shaky: Mon",
    )
    assert items["services/line"].where == ("https://example.org", "https://example.org/line", "0800 000 000")
    assert items["answers/safety/violence"].check == ("Not checked: Call.",)


def test_owners_are_counted_those_with_most_to_do_first(content):
    counts = counts_by_owner(review_items(content, [], TODAY), TODAY)
    assert list(counts) == [NOBODY, "Health team"]
    assert dict(counts["Health team"]) == {"records": 2, "due": 2, "never": 0, "expired": 1, "reported": 0}


def test_each_reason_of_a_report_has_words_for_volunteers():
    assert set(REASON_WORDS) == set(REASONS)


def test_every_published_record_of_the_project_is_in_the_round_once(pack_store):
    content = pack_store.content()
    items = review_items(content, [], TODAY)
    wanted = [*(f"services/{each}" for each in content.services), *(f"answers/{each}" for each in content.answers)]
    assert sorted(keys(items)) == sorted(wanted)
    assert all(item.where or item.key.startswith("answers/") or item.check for item in items)
