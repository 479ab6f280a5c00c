"""Unanswered questions in the database: counted and not doubled, taken back, resolved, and gone in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.content.database import writing
from bot.content.store import ConversationState
from bot.content.unanswered import KEPT, MOST, OPEN_DAYS, RESOLVED_DAYS, OpenQuestion
from bot.errors import UnknownQuestion

TODAY = date(2026, 11, 22)
FISHING = OpenQuestion(
    "how do i get a fishing licence", "en", "unknown", (("business/trade_rules", 0.2345),), "coventry"
)
HONEY = OpenQuestion("де продати мед", "uk", "not_what_i_meant")


def remember(store, key, *numbers):
    store.write_conversation(ConversationState(key, "en", None, datetime.now(UTC), {KEPT: list(numbers)}))


def test_a_question_comes_back_as_it_was_kept(store):
    number = store.add_question(FISHING, TODAY)
    (kept,) = store.questions()
    assert (kept.id, kept.text, kept.language, kept.reason, kept.city) == (
        number,
        "how do i get a fishing licence",
        "en",
        "unknown",
        "coventry",
    )
    assert (kept.nearest, kept.asked_on, kept.times, kept.status) == (
        (("business/trade_rules", 0.23),),
        TODAY,
        1,
        "open",
    )


def test_the_same_text_is_counted_and_not_stored_twice(store):
    first = store.add_question(FISHING, TODAY - timedelta(days=3))
    assert store.add_question(FISHING, TODAY) == first
    (kept,) = store.questions()
    assert (kept.times, kept.asked_on) == (2, TODAY)


def test_the_same_text_in_another_language_is_another_question(store):
    store.add_question(FISHING, TODAY)
    store.add_question(OpenQuestion(FISHING.text, "so", "unknown"), TODAY)
    assert [kept.times for kept in store.questions()] == [1, 1]


def test_a_conversation_that_asks_twice_counts_once(store):
    number = store.add_question(FISHING, TODAY)
    assert store.add_question(FISHING, TODAY, [number]) == number
    assert store.questions()[0].times == 1


def test_the_table_has_no_column_that_could_tell_whose_a_question_is(store):
    with store.engine.connect() as connection:
        columns = {
            row.name for row in connection.execute(text("SELECT name FROM pragma_table_info('unanswered_question')"))
        }
    assert columns == {
        *("id", "asked_on", "language", "text", "nearest", "reason", "city", "times", "resolved_on", "resolved_by")
    }


def test_taking_back_deletes_what_one_conversation_alone_asked(store):
    number = store.add_question(FISHING, TODAY)
    other = store.add_question(HONEY, TODAY)
    store.take_back_questions([number, 999])
    assert [kept.id for kept in store.questions()] == [other]


def test_taking_back_leaves_what_others_asked_too(store):
    number = store.add_question(FISHING, TODAY)
    store.add_question(FISHING, TODAY)
    store.take_back_questions([number])
    assert store.questions()[0].times == 1


def test_being_forgotten_takes_back_what_the_conversation_added(store):
    mine, both = store.add_question(FISHING, TODAY), store.add_question(HONEY, TODAY)
    store.add_question(HONEY, TODAY)
    remember(store, "me", mine, both)
    store.forget_conversation("me")
    assert [(kept.id, kept.times) for kept in store.questions()] == [(both, 1)]


def test_a_deleted_question_is_not_left_in_the_file(store, tmp_path):
    store.take_back_questions([store.add_question(FISHING, TODAY)])
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path for path in tmp_path.rglob("desk.db*") if path.is_file()]
    assert files
    assert [path for path in files if b"fishing" in path.read_bytes()] == []


def test_a_number_is_never_given_twice(store):
    number = store.add_question(FISHING, TODAY)
    store.take_back_questions([number])
    assert store.add_question(HONEY, TODAY) > number


def test_the_list_can_be_limited_and_begins_with_what_is_asked_most(store):
    store.add_question(HONEY, TODAY - timedelta(days=9))
    for _ in range(2):
        store.add_question(FISHING, TODAY)
    assert [kept.language for kept in store.questions()] == ["en", "uk"]
    assert [kept.language for kept in store.questions(language="uk")] == ["uk"]
    assert [kept.language for kept in store.questions(since=TODAY)] == ["en"]
    assert [kept.language for kept in store.questions(reason="not_what_i_meant")] == ["uk"]
    assert store.questions(language="pl") == []


def test_a_resolved_question_leaves_the_list_and_says_by_what(store):
    number = store.add_question(FISHING, TODAY)
    store.resolve_question(number, "everyday/fishing", TODAY)
    assert store.questions() == []
    (kept,) = store.questions(resolved=True)
    assert (kept.status, kept.resolved_by, kept.resolved_on) == ("resolved", "everyday/fishing", TODAY)


def test_a_resolved_question_that_comes_again_is_open_again(store):
    number = store.add_question(FISHING, TODAY)
    store.resolve_question(number, "no matter of ours", TODAY)
    store.add_question(FISHING, TODAY)
    (kept,) = store.questions()
    assert (kept.id, kept.times, kept.resolved_by) == (number, 2, None)


def test_resolving_a_question_that_is_not_there_says_where_the_numbers_are(store):
    with pytest.raises(UnknownQuestion, match="number 7.*desk unanswered list"):
        store.resolve_question(7, "x", TODAY)


@pytest.mark.parametrize(("days", "left"), [(OPEN_DAYS, 1), (OPEN_DAYS + 1, 0)])
def test_an_open_question_goes_when_nobody_asked_it_for_half_a_year(store, days, left):
    store.add_question(FISHING, TODAY - timedelta(days=days))
    assert store.purge_questions(TODAY) == 1 - left
    assert len(store.questions()) == left


@pytest.mark.parametrize(("days", "left"), [(RESOLVED_DAYS, 1), (RESOLVED_DAYS + 1, 0)])
def test_a_resolved_question_goes_after_a_month(store, days, left):
    number = store.add_question(FISHING, TODAY)
    store.resolve_question(number, "done", TODAY - timedelta(days=days))
    store.purge_questions(TODAY)
    assert len(store.questions(resolved=True)) == left


def test_of_more_than_five_thousand_questions_the_oldest_go(store):
    rows = [
        {"day": date(2026, 1, 1) + timedelta(days=number // 100), "text": f"question {number}"}
        for number in range(MOST)
    ]
    with writing(store.engine) as connection:
        connection.execute(
            text(
                "INSERT INTO unanswered_question (asked_on, language, text, nearest, reason, times) "
                "VALUES (:day, 'en', :text, '[]', 'unknown', 1)"
            ),
            [row | {"day": row["day"].isoformat()} for row in rows],
        )
    store.add_question(FISHING, TODAY)
    texts = {kept.text for kept in store.questions()}
    assert len(texts) == MOST
    assert FISHING.text in texts and "question 0" not in texts and "question 1" in texts
