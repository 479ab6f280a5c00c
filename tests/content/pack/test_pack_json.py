"""The pack as one JSON file: everything in it, the same rules, and every fault with its entry."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.pack.json_file import read_json
from bot.content.packs import export_file, export_pack, import_pack, plan_import
from bot.content.store import Store
from bot.errors import ContentError

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def exported(filled, tmp_path):
    """A function that exports the small pack, lets a test change the document, and gives the path of the file."""

    def edited(change=lambda document: None) -> Path:
        path = tmp_path / "desk.json"
        export_file(filled, path)
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return edited


def test_the_pack_of_the_project_comes_back_byte_for_byte_through_json(store, tmp_path, read_all):
    import_pack(store, PROJECT / "services_data")
    export_pack(store, tmp_path / "first")
    export_file(store, tmp_path / "desk.json")
    with Store(f"sqlite:///{tmp_path / 'second.db'}") as second:
        second.migrate()
        import_pack(second, tmp_path / "desk.json")
        export_pack(second, tmp_path / "second")
    assert read_all(tmp_path / "second") == read_all(tmp_path / "first")


def test_two_exports_are_equal_to_the_byte(filled, tmp_path):
    export_file(filled, tmp_path / "one.json")
    export_file(filled, tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_faults_of_json_name_the_table_and_the_entry(filled, exported):
    def change(document):
        document["phones"][1]["number"] = "call us"
        document["phones"][0]["free"] = True
        document["answers"][0]["points"] = []
        document["answers"][1]["colour"] = "RED"

    assert [str(fault) for fault in plan_import(filled, exported(change)).refused] == [
        "desk.json, answers/housing, entry 1, points: are missing. An answer needs at least one point.",
        "desk.json, answers/housing, entry 2, colour: is not known here. Use one of: id, question, points, careful, "
        "audience, audience_note, services, sources, review_colour, assured_date, doubts.",
        "desk.json, phones, entry 1, free: must be a text between quotation marks.",
        'desk.json, phones, entry 2, number: "call us" is not a telephone number. Write one number alone, such as '
        '"0121 303 7410"; notes: description.',
    ]


def test_unknown_tables_and_wrong_shapes_are_told(exported):
    def change(document):
        document["people"] = []
        document["cities"] = {"id": "coventry"}
        document["sources"][0] = "A1"
        del document["contacts"][0]["email"]

    found = [str(fault) for fault in read_json(exported(change)).faults]
    assert any(fault.startswith("desk.json, people: is no table of the desk.") for fault in found)
    assert "desk.json, cities: must be a list of entries in square brackets." in found
    assert "desk.json, sources, entry 1: must be an entry with names and values in braces." in found
    assert "desk.json, contacts, entry 1, email: is missing. Add it to this entry." in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("[]", "is not a JSON object"),
        ('{"services": [', "desk.json:1: is not JSON"),
        ('{"services": [], "services": []}', '"services" stands twice'),
        ("[" * 100_000, "cannot be read as JSON"),
        ('{"a": ' + "1" * 5000 + "}", "cannot be read as JSON"),
    ],
)
def test_a_file_that_is_no_json_is_refused_plainly(text, words, tmp_path):
    path = tmp_path / "desk.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        read_json(path)
    assert words in str(error.value) and "\n" not in str(error.value)


def test_a_file_that_is_not_utf_8_is_refused_plainly(tmp_path):
    path = tmp_path / "desk.json"
    path.write_bytes(b'{"a": "\xff"}')
    with pytest.raises(ContentError, match="is not UTF-8"):
        read_json(path)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
tables = st.sampled_from(["services", "phones", "answers", "cities", "base", "other"])


@given(st.dictionaries(tables, anything | st.lists(st.dictionaries(st.sampled_from(["id", "points"]), anything))))
@settings(max_examples=150, deadline=None)
def test_any_json_is_read_or_told_and_never_breaks_the_desk(tmp_path_factory, document):
    path = tmp_path_factory.mktemp("json") / "desk.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    read = read_json(path)
    assert all(str(fault).startswith("desk.json") for fault in read.faults)
