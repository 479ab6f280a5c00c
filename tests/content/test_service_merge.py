"""Two records of one service become one: people see what moves, answers keep working, nothing looks better checked."""

from datetime import date

import pytest
from sqlalchemy import text

from bot.content import models
from bot.content.database import reading, writing
from bot.content.packs import export_pack, import_pack
from bot.content.service_merge import list_duplicates, merge_services, plan_service_merge
from bot.content.store import Store
from bot.errors import ContentConflict, ContentError


@pytest.fixture
def twice(store, pack, edit):
    """A store in which "shelter-line" is there a second time as "shelter-call", with more and other details."""
    edit("organizations.csv", "shelter,", "shelter-uk,Shelter UK,,,\nshelter,")
    edit(
        "services.csv",
        "shelter-line,shelter,",
        'shelter-call,shelter-uk,Shelter line,"Advice on homes.",https://example.org/call,active,,,,,,'
        "https://example.org/b,,Number not rung,RED,,,,,\nshelter-line,shelter,",
    )
    edit(
        "phones.csv",
        "shelter-line-phone-1",
        "shelter-call-phone-1,shelter-call,08088004444,,\nshelter-call-phone-2,shelter-call,024 7683 4025,no,Evenings\n"
        "shelter-line-phone-1",
    )
    edit("schedules.csv", "\nnhs-111-sch", "\nshelter-call-schedule-1,shelter-call,,,,,,,Mondays,,,,,,\nnhs-111-sch")
    edit("service_areas.csv", "shelter-line-area-1", "shelter-call-area-1,shelter-call,coventry\nshelter-line-area-1")
    edit("attributes.csv", "shelter-line-topic-1", "shelter-call-topic-1,shelter-call,health\nshelter-line-topic-1")
    edit("cost_options.csv", "nhs-111-cost-1", "shelter-call-cost-1,shelter-call,0,GBP,Free\nnhs-111-cost-1")
    edit("cost_options.csv", "nhs-111-cost-1", "shelter-line-cost-1,shelter-line,5,GBP,A call costs\nnhs-111-cost-1")
    edit("answers/housing.yml", "services: [shelter-line]", "services: [shelter-call, nhs-111, shelter-line]")
    import_pack(store, pack)
    return store


def fresh(store: Store):
    with Store(str(store.engine.url)) as again:
        return again.content()


def test_the_pair_is_proposed_first(twice):
    assert [(pair.first, pair.second) for pair in list_duplicates(twice)] == [("shelter-call", "shelter-line")]


def test_a_plan_says_what_moves_what_stays_behind_and_what_is_lost(twice):
    before = fresh(twice)
    assert str(plan_service_merge(twice, "shelter-line", "shelter-call")).splitlines() == [
        "shelter-call becomes part of shelter-line. Its row stays, as defunct, so that its id stays known.",
        "Moves to shelter-line:",
        "  schedules/shelter-call-schedule-1: Mondays",
        "  phones/shelter-call-phone-2: 024 7683 4025, no, Evenings",
        "  attributes/shelter-call-topic-1: health",
        "  the doubt: Check what came from shelter-call. People see that shelter-line is not checked until somebody "
        "does.",
        "Answers that will point to shelter-line:",
        "  housing/rent_room",
        "Stays with shelter-call, because shelter-line has its own:",
        "  cost_options/shelter-call-cost-1: 0, GBP, Free",
        "People will read what shelter-line says, and no longer:",
        "  organization_id: shelter-uk",
        "  description: Advice on homes.",
        "  url: https://example.org/call",
        "  source_url: https://example.org/b",
        "  doubts: Number not rung",
    ]
    assert fresh(twice) == before


def test_a_merge_moves_details_and_rewrites_answers(twice):
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    content = fresh(twice)
    assert "shelter-call" not in content.services
    kept = content.services["shelter-line"]
    assert list(content.answers["housing/rent_room"].services) == ["shelter-line", "nhs-111"]
    # What was there comes first: the number to call, and the main topic.
    assert [phone.number for phone in kept.phones] == ["0808 800 4444", "024 7683 4025"]
    assert list(kept.topics) == ["housing", "health"]


def test_the_dropped_id_stays_known_and_the_pack_can_be_exported_and_checked(twice, pack):
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    export_pack(twice, pack)
    rows = (pack / "services.csv").read_text(encoding="utf-8")
    assert ",defunct," in rows and "Merged into shelter-line. Number not rung" in rows
    report = import_pack(twice, pack)
    assert (report.changed, report.removed, report.kept) == ((), (), ())


def add_notices(pack, edit):
    edit(
        "notices.csv",
        "nhs-111-notice-1",
        "shelter-call-notice-1,shelter-call,closed,,2027-01-31,We are closed.\n"
        "shelter-call-notice-2,shelter-call,message,,2027-01-31,Ask for Amal's team.\nnhs-111-notice-1",
    )


def test_a_closure_of_the_dropped_record_does_not_close_the_kept_one_and_people_are_told(twice, pack, edit):
    add_notices(pack, edit)
    import_pack(twice, pack)
    plan = plan_service_merge(twice, "shelter-line", "shelter-call")
    lines = str(plan).splitlines()
    at = lines.index("Stays with shelter-call, because it would close shelter-line too:")
    assert lines[at + 1] == "  notices/shelter-call-notice-1: closed, 2027-01-31, We are closed."
    merge_services(twice, plan)
    assert [notice.kind for notice in fresh(twice).services["shelter-line"].notices] == ["message"]


def test_a_plan_warns_where_the_two_work_in_different_areas(twice, pack, edit):
    edit("service_areas.csv", "shelter-call,coventry", "shelter-call,national")
    import_pack(twice, pack)
    assert str(plan_service_merge(twice, "shelter-line", "shelter-call")).splitlines()[-3:] == [
        "LOOK: the two work in different areas, and shelter-line will be shown in all of them:",
        "  shelter-line: coventry",
        "  shelter-call: national",
    ]


def test_what_nobody_checked_does_not_look_checked_after_a_merge(twice):
    with writing(twice.engine) as connection:
        connection.execute(
            text("UPDATE service SET doubts = '', assured_date = '2026-06-01' WHERE id = 'shelter-line'")
        )
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    assert stored(twice, "shelter-line")["doubts"] == "Check what came from shelter-call."


def test_what_was_checked_itself_brings_no_doubt(twice):
    with writing(twice.engine) as connection:
        connection.execute(text("UPDATE service SET assured_date = '2026-06-01' WHERE id = 'shelter-call'"))
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    assert stored(twice, "shelter-line")["doubts"] == "Check the hours"


def stored(store: Store, key: str) -> dict:
    with reading(store.engine) as connection:
        rows = connection.execute(text("SELECT * FROM service WHERE id = :key"), {"key": key}).mappings()
        return dict(next(rows))


def test_an_import_of_the_old_pack_does_not_undo_a_merge(twice, pack):
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    report = import_pack(twice, pack)
    assert (report.changed, report.added, report.removed) == ((), (), ())
    assert "shelter-call" not in fresh(twice).services


def test_reports_on_the_dropped_service_go_with_it(twice):
    report = models.RecordReport.__table__
    with writing(twice.engine) as connection:
        values = {
            "reported_on": date(2026, 6, 1),
            "table_name": "services",
            "record_id": "shelter-call",
            "reason": "closed",
        }
        connection.execute(report.insert().values(**values, text="", channel="web", language="en", times=1))
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    with reading(twice.engine) as connection:
        assert connection.scalar(report.select().with_only_columns(report.c.record_id)) == "shelter-line"


def test_a_merge_planned_before_another_change_is_not_carried_out(twice):
    plan = plan_service_merge(twice, "shelter-line", "shelter-call")
    merge_services(twice, plan_service_merge(twice, "shelter-line", "nhs-111"))
    with pytest.raises(ContentConflict, match="Nothing was merged"):
        merge_services(twice, plan)


@pytest.mark.parametrize(
    ("keep", "drop", "words"),
    [
        ("nobody", "nhs-111", 'no service "nobody"'),
        ("nhs-111", "nobody", 'no service "nobody"'),
        ("nhs-111", "nhs-111", "Name two services"),
    ],
)
def test_wrong_ids_are_told_plainly(twice, keep, drop, words):
    with pytest.raises(ContentError, match=words):
        plan_service_merge(twice, keep, drop)


def test_a_service_cannot_become_part_of_one_that_nobody_sees(twice):
    merge_services(twice, plan_service_merge(twice, "shelter-line", "shelter-call"))
    with pytest.raises(ContentError, match="shelter-call is defunct"):
        plan_service_merge(twice, "shelter-call", "nhs-111")
