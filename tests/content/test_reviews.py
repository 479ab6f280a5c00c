"""Confirming a record: what is written, what is refused, and that the pack gets it like any other edit."""

from datetime import date

import pytest

from bot.content.packs import export_pack, import_pack
from bot.content.reports import Report
from bot.content.reviews import Confirmation
from bot.errors import NotConfirmed, UnknownRecord

TODAY = date(2026, 11, 22)


def test_a_confirmed_service_is_checked_today_and_its_old_plan_is_gone(filled):
    before = filled.content().revision
    done = filled.confirm_record("nhs-111", Confirmation(TODAY))
    assert (done.key, done.name, done.closed_reports) == ("services/nhs-111", "NHS 111", 0)
    provenance = filled.content().services["nhs-111"].provenance
    assert (provenance.checked_on, provenance.next_review_on) == (TODAY, None)
    assert (provenance.owner, provenance.review_colour) == ("health team", "AMBER")
    assert filled.content().revision == before + 1


def test_day_colour_and_team_can_be_given_and_a_team_does_not_push_another_out(filled):
    found = Confirmation(TODAY, "night team", date(2027, 1, 31), "GREEN", doubts_settled=True)
    filled.confirm_record("services/shelter-line", found)
    filled.confirm_record("services/nhs-111", found)
    services = filled.content().services
    shelter = services["shelter-line"].provenance
    assert (shelter.owner, shelter.next_review_on, shelter.review_colour, shelter.doubts) == (
        *("night team", date(2027, 1, 31)),
        *("GREEN", ""),
    )
    assert services["nhs-111"].provenance.owner == "health team"


def test_an_answer_is_confirmed_by_its_id(filled):
    assert filled.confirm_record("housing/rent_room", Confirmation(TODAY)).key == "answers/housing/rent_room"
    filled.confirm_record("answers/housing/council_help", Confirmation(TODAY, colour="RED"))
    answers = filled.content().answers
    assert {each.provenance.checked_on for each in answers.values()} == {TODAY}
    assert answers["housing/council_help"].provenance.review_colour == "RED"


def test_open_doubts_hold_a_confirmation_back_until_they_are_settled(filled):
    with pytest.raises(NotConfirmed, match=r"“Check the hours”.*--doubts-settled.*Nothing was changed"):
        filled.confirm_record("shelter-line", Confirmation(TODAY))
    assert filled.content().services["shelter-line"].provenance.checked_on is None


@pytest.mark.parametrize(
    ("record", "found", "words"),
    [
        ("nhs-111", Confirmation(TODAY, next_on=TODAY), "next review must be after"),
        ("nhs-111", Confirmation(date(2026, 5, 31)), "checked on 2026-06-01, which is later"),
        ("housing/rent_room", Confirmation(TODAY, by="team"), "An answer has no owner"),
        ("housing/rent_room", Confirmation(TODAY, next_on=date(2027, 1, 1)), "An answer has no owner"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(filled, record, found, words):
    before = filled.content().revision
    with pytest.raises(NotConfirmed, match=words):
        filled.confirm_record(record, found)
    assert filled.content().revision == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nhs-11", "services/nhs-111"),
        ("services/shelter-lin", "services/shelter-line"),
        ("housing/rent-room", "answers/housing/rent_room"),
    ],
)
def test_a_misspelt_record_is_named_with_those_that_are_near(filled, typed, meant):
    with pytest.raises(UnknownRecord, match="Did you mean") as raised:
        filled.confirm_record(typed, Confirmation(TODAY))
    assert meant in str(raised.value)


def test_a_name_like_no_record_leads_to_the_list(filled):
    with pytest.raises(UnknownRecord, match=r"There is no record zzqqxx\. `desk review due` lists the names"):
        filled.confirm_record("zzqqxx", Confirmation(TODAY))


def test_a_confirmation_closes_the_reports_from_before_and_none_of_another_record(filled):
    for record, day in (("nhs-111", 20), ("nhs-111", 22), ("nhs-111", 23), ("shelter-line", 20)):
        filled.add_report(Report("services", record, "phone"), date(2026, 11, day))
    assert filled.confirm_record("nhs-111", Confirmation(TODAY)).closed_reports == 2
    assert [(each.record_id, each.reported_on.day) for each in filled.reports()] == [
        ("nhs-111", 23),
        ("shelter-line", 20),
    ]


def test_a_confirmation_survives_an_import_and_goes_out_into_the_pack(filled, pack):
    filled.confirm_record("nhs-111", Confirmation(TODAY))
    assert import_pack(filled, pack).kept == ("services/nhs-111",)
    (changed,) = export_pack(filled, pack)
    assert changed.name == "services.csv"
    row = next(line for line in changed.read_text(encoding="utf-8").splitlines() if line.startswith("nhs-111,"))
    assert "AMBER,2026-11-22,health team,," in row
