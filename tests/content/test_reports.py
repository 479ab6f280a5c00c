"""Reports that a record is wrong: counted and not doubled, capped, closed, and gone in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.content.database import writing
from bot.content.reports import MOST, MOST_A_DAY, MOST_NEW_A_DAY, OPEN_DAYS, RESOLVED_DAYS, Report
from bot.errors import UnknownReport

TODAY = date(2026, 11, 22)
PHONE = Report("services", "nhs-111", "phone", "web", "so")


def shown(store, **which):
    return [(each.record_id, each.reason, each.times) for each in store.reports(**which)]


def test_a_report_comes_back_as_it_was_kept(store):
    assert store.add_report(PHONE, TODAY)
    (kept,) = store.reports()
    assert (kept.table, kept.record_id, kept.reason, kept.channel, kept.language, kept.text) == (
        *("services", "nhs-111", "phone"),
        *("web", "so", ""),
    )
    assert (kept.reported_on, kept.times, kept.resolved_on, kept.resolved_by) == (TODAY, 1, None, None)


def test_the_same_reason_on_the_same_day_is_counted_and_on_another_day_is_new(store):
    store.add_report(PHONE, TODAY - timedelta(days=1))
    store.add_report(PHONE, TODAY)
    store.add_report(Report("services", "nhs-111", "phone", "telegram", "ar"), TODAY)
    store.add_report(Report("services", "nhs-111", "closed"), TODAY)
    assert shown(store) == [("nhs-111", "phone", 2), ("nhs-111", "closed", 1), ("nhs-111", "phone", 1)]


def test_a_record_is_counted_so_often_a_day_whatever_the_reason_and_others_go_on(store):
    counted = [store.add_report(PHONE, TODAY) for _ in range(MOST_A_DAY)]
    assert all(counted)
    assert not store.add_report(PHONE, TODAY)
    assert not store.add_report(Report("services", "nhs-111", "closed"), TODAY)
    assert store.add_report(Report("services", "shelter-line", "closed"), TODAY)
    assert store.add_report(PHONE, TODAY + timedelta(days=1))


def test_a_flood_of_one_day_brings_so_many_new_rows_and_what_is_there_is_still_counted(store):
    store.add_report(PHONE, TODAY - timedelta(days=1))
    kept = [store.add_report(Report("services", f"s{n}", "other"), TODAY) for n in range(MOST_NEW_A_DAY)]
    assert all(kept)
    assert not store.add_report(PHONE, TODAY)
    assert store.add_report(Report("services", "s7", "other"), TODAY)
    assert shown(store)[0] == ("s7", "other", 2) and len(store.reports()) == MOST_NEW_A_DAY + 1
    assert store.add_report(PHONE, TODAY + timedelta(days=1))


def test_a_reason_that_does_not_exist_is_a_mistake_of_the_caller(store):
    with pytest.raises(ValueError, match="no such reason"):
        store.add_report(Report("services", "nhs-111", "ugly"), TODAY)


def test_the_table_has_no_column_that_could_tell_whose_a_report_is(store):
    with store.engine.connect() as connection:
        columns = {row.name for row in connection.execute(text("SELECT name FROM pragma_table_info('record_report')"))}
    assert columns == {
        *("id", "reported_on", "table_name", "record_id", "reason", "text", "channel", "language", "times"),
        *("resolved_on", "resolved_by"),
    }


def test_a_closed_report_leaves_the_list_and_the_same_fault_is_then_a_new_one(store):
    store.add_report(PHONE, TODAY)
    number = store.reports()[0].id
    store.close_report(number, "the number is right", TODAY)
    assert store.reports() == []
    store.add_report(PHONE, TODAY)
    assert shown(store) == [("nhs-111", "phone", 1)] and len(store.reports(resolved=True)) == 2


def test_closing_a_number_that_is_not_there_says_where_the_numbers_are(store):
    with pytest.raises(UnknownReport, match="`desk review reports`"):
        store.close_report(7, "x", TODAY)


def test_open_and_closed_reports_are_deleted_after_their_days(store):
    for record, day in (("old", OPEN_DAYS + 1), ("young", OPEN_DAYS), ("done", 1), ("just-done", 1)):
        store.add_report(Report("services", record, "other"), TODAY - timedelta(days=day))
    numbers = {report.record_id: report.id for report in store.reports()}
    store.close_report(numbers["done"], "x", TODAY - timedelta(days=RESOLVED_DAYS + 1))
    store.close_report(numbers["just-done"], "x", TODAY - timedelta(days=RESOLVED_DAYS))
    assert store.purge_reports(TODAY) == 2
    assert {report.record_id for report in store.reports(resolved=True)} == {"young", "just-done"}


def test_the_oldest_go_where_there_are_too_many(store):
    many = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) INSERT INTO record_report"
        " (reported_on, table_name, record_id, reason, text, channel, language, times)"
        " SELECT :day, 'services', 's' || i, 'other', '', '', 'en', 1 FROM n"
    )
    with writing(store.engine) as connection:
        connection.execute(many, {"most": MOST, "day": (TODAY - timedelta(days=9)).isoformat()})
    store.add_report(PHONE, TODAY)
    kept = store.reports()
    assert len(kept) == MOST and kept[0].record_id == "nhs-111" and "s1" not in {each.record_id for each in kept}
