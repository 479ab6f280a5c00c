"""Pack to database and back: nothing lost, nothing half done, nobody's edits overwritten."""

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.content import models
from bot.content.database import writing
from bot.content.pack.tables import TABLES
from bot.content.packs import export_pack, import_pack
from bot.content.revision import raise_revision
from bot.content.store import Store
from bot.errors import ContentConflict, ContentError, StoreError

PROJECT = Path(__file__).parents[3]


def change(store: Store, statement: str, **values) -> None:
    """Edit content as the admin pages would: in one transaction that also raises the revision."""
    with writing(store.engine) as connection:
        connection.execute(text(statement), values)
        raise_revision(connection)


def rename_service(store: Store, name: str, key: str = "nhs-111") -> None:
    change(store, "UPDATE service SET name = :name WHERE id = :key", name=name, key=key)


def name_of(store: Store, key: str = "nhs-111") -> str:
    with Store(str(store.engine.url)) as fresh:
        return fresh.content().services[key].name


def test_export_gives_back_every_byte_of_a_canonical_pack(filled, pack, tmp_path, read_all):
    export_pack(filled, tmp_path / "copy")
    assert read_all(tmp_path / "copy") == read_all(pack)


def test_the_pack_of_the_project_comes_back_byte_for_byte_after_one_export(store, tmp_path, read_all):
    import_pack(store, PROJECT / "services_data")
    export_pack(store, tmp_path / "first")
    with Store(f"sqlite:///{tmp_path / 'second.db'}") as second:
        second.migrate()
        import_pack(second, tmp_path / "first")
        export_pack(second, tmp_path / "second")
    assert read_all(tmp_path / "second") == read_all(tmp_path / "first")


def test_a_second_import_changes_nothing(filled, pack):
    revision = filled.content().revision
    report = import_pack(filled, pack)
    assert (report.added, report.changed, report.removed, report.kept) == ((), (), (), ())
    assert len(report.unchanged) > 20
    with Store(str(filled.engine.url)) as fresh:
        assert fresh.content().revision == revision


def test_a_change_in_the_pack_alone_is_applied(filled, pack, edit):
    edit("services.csv", "NHS 111,", "NHS one one one,")
    assert import_pack(filled, pack).changed == ("services/nhs-111",)
    assert name_of(filled) == "NHS one one one"


def test_a_change_in_the_database_alone_is_kept_and_exported(filled, pack):
    rename_service(filled, "111 by phone")
    assert import_pack(filled, pack).kept == ("services/nhs-111",)
    assert name_of(filled) == "111 by phone"
    assert export_pack(filled, pack) == [pack / "services.csv"]
    assert "nhs-111,nhs,111 by phone," in (pack / "services.csv").read_text(encoding="utf-8")
    assert import_pack(filled, pack).kept == ()


def test_a_record_changed_on_both_sides_stops_the_import_and_shows_both_values(filled, pack, edit):
    rename_service(filled, "111 by phone")
    edit("services.csv", "NHS 111,", "NHS one one one,")
    edit("services.csv", "Shelter line", "Shelter phone")
    with pytest.raises(ContentConflict) as error:
        import_pack(filled, pack)
    assert str(error.value).splitlines() == [
        'services/nhs-111: name: pack "NHS one one one", database "111 by phone".',
        "Nothing was imported. Run `desk content import --keep database` or `--keep pack`, "
        "or name single records with `--choose RECORD=SIDE`.",
    ]
    assert name_of(filled) == "111 by phone"
    assert name_of(filled, "shelter-line") == "Shelter line"


@pytest.mark.parametrize(("keep", "name"), [("database", "111 by phone"), ("pack", "NHS one one one")])
def test_the_side_that_is_named_wins_and_the_conflict_does_not_come_back(filled, pack, edit, keep, name):
    rename_service(filled, "111 by phone")
    edit("services.csv", "NHS 111,", "NHS one one one,")
    import_pack(filled, pack, keep=keep)
    assert name_of(filled) == name
    import_pack(filled, pack)
    assert name_of(filled) == name


def test_single_records_can_be_decided_apart(filled, pack, edit):
    rename_service(filled, "111 by phone")
    rename_service(filled, "Shelter now", "shelter-line")
    edit("services.csv", "NHS 111,", "NHS one one one,")
    edit("services.csv", "Shelter line", "Shelter phone")
    import_pack(filled, pack, keep="database", choices={"services/nhs-111": "pack"})
    assert (name_of(filled), name_of(filled, "shelter-line")) == ("NHS one one one", "Shelter now")


def test_an_unknown_side_is_refused(filled, pack):
    with pytest.raises(ContentError, match='choose "database" or "pack"'):
        import_pack(filled, pack, keep="both")


def test_a_record_added_in_the_database_is_kept(filled, pack):
    change(filled, "INSERT INTO city (id, name) VALUES ('derby', 'Derby')")
    assert import_pack(filled, pack).kept == ("cities/derby",)
    export_pack(filled, pack)
    assert "derby,Derby" in (pack / "cities.csv").read_text(encoding="utf-8")


def test_a_record_removed_from_the_pack_is_removed(filled, pack, edit):
    edit("contacts.csv", "shelter-line-contact-1,shelter-line,,info@example.org\n", "")
    assert import_pack(filled, pack).removed == ("contacts/shelter-line-contact-1",)


def test_a_record_removed_from_the_pack_but_edited_in_the_database_is_a_conflict(filled, pack, edit):
    change(filled, "UPDATE contact SET email = 'new@example.org'")
    edit("contacts.csv", "shelter-line-contact-1,shelter-line,,info@example.org\n", "")
    with pytest.raises(ContentConflict, match="deleted in the pack, edited in the database"):
        import_pack(filled, pack)
    assert import_pack(filled, pack, keep="database").kept == ("contacts/shelter-line-contact-1",)


def test_a_record_deleted_in_the_database_stays_deleted(filled, pack):
    change(filled, "DELETE FROM contact")
    assert import_pack(filled, pack).kept == ("contacts/shelter-line-contact-1",)
    export_pack(filled, pack)
    assert (pack / "contacts.csv").read_text(encoding="utf-8") == "id,service_id,name,email\n"


def test_what_a_kept_record_points_to_is_kept_too(filled, pack, edit):
    change(
        filled,
        "INSERT INTO service SELECT 'new-line', organization_id, name, description, url, status, alert, "
        "application_process, eligibility_description, minimum_age, maximum_age, source_url, source_date, "
        "doubts, review_colour, assured_date, owner, next_review_date, licence, interpretation_services "
        "FROM service WHERE id = 'shelter-line'",
    )
    for path in pack.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "shelter-line" not in line), encoding="utf-8")
    edit("organizations.csv", "shelter,Shelter,,https://example.org,\n", "")
    edit("answers/housing.yml", "  services: [shelter-line]\n", "")
    report = import_pack(filled, pack)
    assert "services/shelter-line" in report.removed
    assert report.kept == ("organizations/shelter", "services/new-line")
    assert report.needed == ("organizations/shelter",)
    assert str(report).endswith("2 kept (1 kept only because other records point to them)")
    assert name_of(filled, "new-line") == "Shelter line"


def test_a_new_answer_in_the_middle_moves_the_others_without_conflicts(filled, pack, edit):
    change(filled, "UPDATE answer SET question = 'Will the council house me?' WHERE id = 'housing/council_help'")
    new = "- id: housing/first\n  question: First?\n  points:\n  - Yes.\n  audience: [ALL]\n  review_colour: GREEN\n"
    edit("answers/housing.yml", "- id: housing/council_help", new + "- id: housing/council_help")
    report = import_pack(filled, pack)
    assert (report.added, report.kept) == (("answers/housing/first",), ("answers/housing/council_help",))
    with Store(str(filled.engine.url)) as fresh:
        assert list(fresh.content().answers) == ["housing/rent_room", "housing/first", "housing/council_help"]


def test_two_answers_that_change_places_are_shown_in_the_new_order(filled, pack):
    path = pack / "answers/housing.yml"
    header, first, second = path.read_text(encoding="utf-8").split("- id: ")
    path.write_text(f"{header}- id: {second}- id: {first}", encoding="utf-8")
    before = filled.content().revision
    assert import_pack(filled, pack).changed == ()
    with Store(str(filled.engine.url)) as fresh:
        assert list(fresh.content().answers) == ["housing/council_help", "housing/rent_room"]
        assert fresh.content().revision == before + 1


def test_export_refuses_to_overwrite_edits_that_were_never_imported(filled, pack, edit, read_all):
    edit("services.csv", "NHS 111,", "NHS one one one,")
    before = read_all(pack)
    with pytest.raises(ContentConflict, match="services/nhs-111: edited in the pack and not imported"):
        export_pack(filled, pack)
    assert read_all(pack) == before


def test_export_removes_the_file_of_a_topic_without_answers(filled, pack):
    for table in ("answer_point", "answer_service", "answer_source", "answer"):
        change(filled, f"DELETE FROM {table}")
    assert export_pack(filled, pack) == [pack / "answers/housing.yml"]
    assert not (pack / "answers/housing.yml").exists()


def test_export_leaves_no_temporary_files_and_no_other_file_touched(filled, pack, read_all):
    (pack / "README.md").write_text("For volunteers", encoding="utf-8")
    rename_service(filled, "111 by phone")
    names = set(read_all(pack))
    export_pack(filled, pack)
    assert set(read_all(pack)) == names
    assert (pack / "README.md").read_text(encoding="utf-8") == "For volunteers"


def test_export_into_a_place_that_is_no_folder_says_so(filled, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        export_pack(filled, tmp_path / "file" / "pack")


def test_progress_is_told_up_to_the_last_record(store, pack):
    steps = []
    report = import_pack(store, pack, progress=lambda table, done, total: steps.append((table, done, total)))
    assert steps[-1][1:] == (len(report.added), len(report.added))
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.content.packs import import_pack
from bot.content.store import Store

def die(table, done, total):
    if table == "phones":
        os.kill(os.getpid(), signal.SIGKILL)

with Store(sys.argv[1]) as store:
    import_pack(store, Path(sys.argv[2]), progress=die)
"""


def test_an_import_that_is_killed_half_way_leaves_the_old_content_whole(filled, pack, edit, url):
    before = filled.content()
    edit("services.csv", "NHS 111,", "NHS one one one,")
    edit("phones.csv", "Urgent calls", "Calls day and night")
    run = subprocess.run([sys.executable, "-c", KILLED, url, str(pack)], cwd=PROJECT, env=os.environ, timeout=60)
    assert run.returncode == -signal.SIGKILL
    with Store(url) as fresh:
        assert fresh.content() == before
        assert len(import_pack(fresh, pack).changed) == 2
    assert name_of(filled) == "NHS one one one"


def test_an_import_into_a_database_without_tables_says_what_to_do(url, pack):
    with Store(url) as store, pytest.raises(StoreError, match="run `desk content import`"):
        import_pack(store, pack)


def test_every_table_with_content_is_part_of_the_pack():
    answers = {"answer", "answer_point", "answer_service", "answer_source"}
    inside = {table.model.__tablename__ for table in TABLES} | answers
    ours = {"pack_baseline", "content_revision", "conversation", "unanswered_question", "record_report", "postcode"}
    ours |= {"postcode_import", "feed", "feed_baseline", "service_index", "service_point", "service_vector"}
    ours |= {"search_term", "search_state"}
    assert set(models.Base.metadata.tables) == inside | ours


def test_points_for_some_people_only_come_out_byte_for_byte_the_same(store, pack, edit, read_all):
    edit("answers/housing.yml", "city: coventry", "city: coventry\n    audience: [AS, UN]")
    edit("answers/housing.yml", "  - Ask the council.", "  - text: Ask the council.\n    audience: [RF]")
    before = read_all(pack)
    import_pack(store, pack)
    assert export_pack(store, pack) == [] and read_all(pack) == before
    edit("answers/housing.yml", "audience: [AS, UN]", "audience: [AS]")
    assert import_pack(store, pack).changed == ("answers/housing/rent_room",)


def test_a_pack_from_before_the_directory_is_read_and_its_export_has_the_new_columns(store, pack):
    for name in ("conditions", "required_documents", "notices", "gazetteer", "practices"):
        (pack / f"{name}.csv").unlink()
    path = pack / "services.csv"
    present = path.read_text(encoding="utf-8")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(row[:16] for row in rows)
    import_pack(store, pack)
    assert store.content().services["nhs-111"].provenance.owner == ""
    export_pack(store, pack)
    assert (
        path.read_text(encoding="utf-8")
        .splitlines()[0]
        .endswith("owner,next_review_date,licence,interpretation_services")
    )
    assert (pack / "practices.csv").exists()
    path.write_text(present, encoding="utf-8")
    assert import_pack(store, pack).changed == ("services/nhs-111",)


def test_new_columns_that_are_empty_change_no_record(filled, pack, edit):
    edit("services.csv", "health team,2026-12-01", ",")
    import_pack(filled, pack)
    change(filled, "UPDATE service SET owner = NULL WHERE id = 'nhs-111'")
    assert import_pack(filled, pack).kept == ()
