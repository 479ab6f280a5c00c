"""An import is looked at before it is done, and a file changes only what somebody edited in it."""

import json
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from bot.content.database import writing
from bot.content.packs import apply_import, export_file, export_pack, import_pack, plan_import, plan_lines
from bot.content.revision import raise_revision
from bot.content.store import Store
from bot.errors import ContentConflict, ContentError, StoreError


def change(store: Store, statement: str) -> None:
    with writing(store.engine) as connection:
        connection.execute(text(statement))
        raise_revision(connection)


def name_of(store: Store, key: str = "nhs-111") -> str:
    with Store(str(store.engine.url)) as fresh:
        return fresh.content().services[key].name


@pytest.fixture
def workbook(filled, tmp_path):
    """A function that opens the exported workbook for an edit and saves it; it gives the path of the file."""
    path = tmp_path / "desk.xlsx"
    export_file(filled, path)

    def edited(change=lambda book: None) -> Path:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path

    return edited


def rename(book, name="NHS one one one"):
    book["services"]["C2"] = name


# ---- plan and apply


def test_a_plan_shows_each_change_before_and_after_and_writes_nothing(filled, pack, edit):
    edit("services.csv", "NHS 111,Advice when", "NHS one one one,Advice if")
    edit("phones.csv", "shelter-line-phone-1,shelter-line,0808 800 4444,yes,Urgent calls\n", "")
    edit("cities.csv", "coventry,Coventry\n", "coventry,Coventry\nbirmingham,Birmingham\n")
    before = filled.content()
    plan = plan_import(filled, pack)
    assert str(plan).startswith("1 added, 1 changed, 1 removed, ")
    assert list(plan_lines(plan))[1:] == [
        "To be removed:",
        "  phones/shelter-line-phone-1",
        "To be changed:",
        '  services/nhs-111: name: "NHS 111" -> "NHS one one one"; description: "Advice when you need help fast." -> '
        '"Advice if you need help fast."',
        "To be added:",
        "  cities/birmingham",
    ]
    with Store(str(filled.engine.url)) as fresh:
        assert fresh.content() == before


def test_a_plan_shows_only_the_first_of_many(store, pack):
    lines = list(plan_lines(plan_import(store, pack), most=3))
    assert lines[1] == "To be added:" and len(lines) == 6
    assert lines[-1].startswith("  ... and ") and lines[-1].endswith(" more.")


def test_a_plan_that_is_carried_out_does_what_an_import_does(filled, pack, edit):
    edit("services.csv", "NHS 111,", "NHS one one one,")
    report = apply_import(filled, plan_import(filled, pack))
    assert report.changed == ("services/nhs-111",)
    assert name_of(filled) == "NHS one one one"
    assert import_pack(filled, pack).changed == ()


def test_a_plan_made_before_somebody_else_changed_the_content_is_not_carried_out(filled, pack, edit):
    edit("services.csv", "NHS 111,", "NHS one one one,")
    plan = plan_import(filled, pack)
    change(filled, "UPDATE organization SET name = 'Other' WHERE id = 'nhs'")
    with pytest.raises(ContentConflict, match="was changed since you looked"):
        apply_import(filled, plan)
    assert name_of(filled) == "NHS 111"


def test_faults_and_conflicts_stand_in_the_plan_and_stop_it(filled, pack, edit):
    change(filled, "UPDATE service SET name = 'By phone' WHERE id = 'nhs-111'")
    edit("services.csv", "NHS 111,", "NHS one one one,")
    plan = plan_import(filled, pack)
    assert [conflict.key for conflict in plan.conflicts] == [("services", "nhs-111")]
    with pytest.raises(ContentConflict, match="--keep"):
        apply_import(filled, plan)
    edit("phones.csv", "0808 800 4444", "call us")
    plan = plan_import(filled, pack)
    assert [fault.field for fault in plan.refused] == ["number"]
    with pytest.raises(ContentError, match="call us"):
        apply_import(filled, plan)


def test_a_service_that_may_be_there_already_is_told_in_the_plan(filled, pack, edit):
    edit(
        "services.csv",
        "shelter-line,shelter,",
        'shelter-helpline,nhs,Shelter helpline,"Advice on homes.",,active,,,,,,https://example.org/b,,,AMBER,,,,,\n'
        "shelter-line,shelter,",
    )
    edit("phones.csv", "Urgent calls\n", "Urgent calls\nshelter-helpline-phone-1,shelter-helpline,08088004444,,\n")
    (pair,) = plan_import(filled, pack).duplicates
    assert (pair.first, pair.second) == ("shelter-helpline", "shelter-line")
    assert "same telephone number" in pair.reasons
    assert plan_import(filled, pack).conflicts == ()


# ---- files


def test_an_edit_in_a_spreadsheet_is_applied_and_the_pack_does_not_take_it_back(filled, pack, workbook):
    report = import_pack(filled, workbook(rename))
    assert (report.added, report.changed, report.removed) == ((), ("services/nhs-111",), ())
    assert name_of(filled) == "NHS one one one"
    assert import_pack(filled, pack).kept == ("services/nhs-111",)
    assert name_of(filled) == "NHS one one one"
    assert export_pack(filled, pack) == [pack / "services.csv"]


def test_a_sheet_that_is_missing_changes_nothing_and_the_plan_says_so(filled, workbook):
    def only_services(book):
        rename(book)
        for name in [sheet for sheet in book.sheetnames if sheet not in ("services", "_base")]:
            del book[name]

    path = workbook(only_services)
    plan = plan_import(filled, path)
    assert (plan.removed, [one.record for one in plan.changed]) == ((), ["services/nhs-111"])
    assert {"organizations", "phones", "answers"} <= set(plan.untouched) and "services" not in plan.untouched
    assert list(plan_lines(plan))[-1].startswith("Not in this file, and left as they are: cities, ")
    apply_import(filled, plan)
    assert filled.content().answers and name_of(filled) == "NHS one one one"


def test_a_row_that_is_deleted_in_a_sheet_is_removed(filled, workbook):
    report = import_pack(filled, workbook(lambda book: book["phones"].delete_rows(3)))
    assert report.removed == ("phones/shelter-line-phone-1",)


def test_a_service_that_others_still_need_is_kept_though_its_row_is_deleted(filled, workbook):
    def only_services(book):
        book["services"].delete_rows(2)
        for name in [sheet for sheet in book.sheetnames if sheet not in ("services", "_base")]:
            del book[name]

    plan = plan_import(filled, workbook(only_services))
    assert (plan.removed, plan.kept, plan.needed) == ((), ("services/nhs-111",), ("services/nhs-111",))
    lines = list(plan_lines(plan))
    assert lines[lines.index("Kept, because other records still point to it:") + 1] == "  services/nhs-111"
    assert "edited there" not in "\n".join(lines)


def test_a_plan_tells_what_was_edited_apart_from_what_others_point_to(filled, tmp_path):
    change(filled, "UPDATE service SET name = 'Shelter by phone' WHERE id = 'shelter-line'")
    (tmp_path / "empty.json").write_text('{"services": []}', encoding="utf-8")
    plan = plan_import(filled, tmp_path / "empty.json", keep="database")
    assert (plan.kept, plan.needed) == (("services/nhs-111", "services/shelter-line"), ("services/nhs-111",))
    lines = list(plan_lines(plan))
    assert "(1 kept only because other records point to them)" in lines[0]
    at = lines.index("Kept as the database has it, because it was edited there:")
    assert lines[at + 1 : at + 4] == [
        "  services/shelter-line",
        "Kept, because other records still point to it:",
        "  services/nhs-111",
    ]


def test_what_changed_in_the_database_since_the_file_was_written_is_kept(filled, workbook):
    change(filled, "UPDATE service SET name = 'Shelter by phone' WHERE id = 'shelter-line'")
    report = import_pack(filled, workbook(rename))
    assert (report.changed, report.kept) == (("services/nhs-111",), ("services/shelter-line",))
    assert name_of(filled, "shelter-line") == "Shelter by phone"


def test_an_edit_of_what_was_edited_in_the_database_before_the_export_is_no_conflict(filled, tmp_path):
    change(filled, "UPDATE service SET name = 'By phone' WHERE id = 'nhs-111'")
    export_file(filled, tmp_path / "desk.json")
    document = json.loads((tmp_path / "desk.json").read_text(encoding="utf-8"))
    assert document["services"][0]["name"] == "By phone"
    document["services"][0]["name"] = "By telephone"
    (tmp_path / "desk.json").write_text(json.dumps(document), encoding="utf-8")
    assert import_pack(filled, tmp_path / "desk.json").changed == ("services/nhs-111",)


def test_a_record_that_was_edited_in_the_file_and_in_the_database_is_a_conflict(filled, workbook):
    change(filled, "UPDATE service SET name = 'By phone' WHERE id = 'nhs-111'")
    with pytest.raises(ContentConflict, match='pack "NHS one one one", database "By phone"'):
        import_pack(filled, workbook(rename))


def test_a_file_of_another_desk_is_compared_with_the_pack_and_not_with_its_own_past(filled, pack, workbook, tmp_path):
    """What a file was when it was written tells nothing about another database."""
    path = workbook()
    with Store(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.migrate()
        report = import_pack(other, path)
        assert len(report.added) > 20 and report.kept == ()


def test_a_spreadsheet_without_its_hidden_sheet_can_still_be_imported(filled, workbook):
    def without(book):
        del book["_base"]
        rename(book)

    assert import_pack(filled, workbook(without)).changed == ("services/nhs-111",)


def test_a_file_is_put_in_place_whole_and_other_names_are_refused(filled, tmp_path):
    export_file(filled, tmp_path / "new" / "desk.xlsx")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["desk.xlsx"]
    with pytest.raises(ContentError, match="ends in .xlsx or .json"):
        export_file(filled, tmp_path / "desk.ods")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        export_file(filled, tmp_path / "file" / "desk.json")


def test_a_file_of_another_kind_is_refused_and_named(filled, tmp_path):
    (tmp_path / "desk.ods").write_text("x", encoding="utf-8")
    with pytest.raises(ContentError, match="desk.ods is neither a folder, nor an .xlsx or .json file"):
        import_pack(filled, tmp_path / "desk.ods")
