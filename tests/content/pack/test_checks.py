"""What check_pack finds, where it says that it is, and what it leaves alone."""

import pytest

from bot.content.field_rules import opening_hours
from bot.content.pack.checks import check_pack
from bot.content.packs import import_pack
from bot.errors import ContentError


def found(pack) -> list[str]:
    return [str(fault) for fault in check_pack(pack)]


def test_a_good_pack_has_no_faults(pack):
    assert found(pack) == []


def test_a_missing_name_is_told_with_file_line_field_and_advice(pack, edit):
    edit("services.csv", "shelter-line,shelter,Shelter line", "shelter-line,shelter,")
    assert found(pack) == ["services_data/services.csv:3 name: is empty. Write the name that people know."]


@pytest.mark.parametrize(
    ("file", "old", "new", "begins"),
    [
        ("locations.csv", "CV1 1FS", "CV11FS", 'locations.csv:2 postal_code: "CV11FS"'),
        ("locations.csv", "52.40926", "-1.513211", "locations.csv:2 latitude: -1.513211 is outside"),
        ("locations.csv", "52.40926,-1.513211", "52.40926,", "locations.csv:2 longitude: is empty"),
        ("locations.csv", "yes,,,,,,", "yes,,Hill Road 5,,,,", "locations.csv:3 address_1: tells where"),
        ("locations.csv", "virtual,yes,,,,,,", "virtual,yes,,,,,52.4,-1.5", "locations.csv:3 latitude: tells"),
        ("attributes.csv", "nhs-111,health", "nhs-111,helth", 'attributes.csv:2 taxonomy_term_id: "helth"'),
        ("service_areas.csv", "shelter-line,coventry", "shelter-line,covntry", "service_areas.csv:3 area:"),
        ("phones.csv", "0808 800 4444", "0808 800", 'phones.csv:3 number: "0808 800" is not'),
        ("phones.csv", "0808 800 4444", "0808 800 4444 or 111", "phones.csv:3 number:"),
        ("phones.csv", "nhs-111,111", "nhs-112,111", 'phones.csv:2 service_id: "nhs-112" is not in services'),
        ("services.csv", "nhs-111,nhs,", "nhs-111,nsh,", 'services.csv:2 organization_id: "nsh" is not in'),
        ("services_at_location.csv", "nhs-place-1", "nhs-place-9", "services_at_location.csv:2 location_id:"),
        ("contacts.csv", "info@example.org", "info(at)example.org", "contacts.csv:2 email:"),
        ("services.csv", "https://111.nhs.uk", "javascript:alert(1)", "services.csv:2 url:"),
        ("services.csv", "https://111.nhs.uk", "https://me:secret@111.nhs.uk", "services.csv:2 url:"),
        ("services.csv", "2026-06-01", "2026-02-30", 'services.csv:2 assured_date: "2026-02-30" is not a date'),
        ("services.csv", "AMBER", "ORANGE", 'services.csv:2 review_colour: "ORANGE" is not known'),
        ("services.csv", "active", "temporarily closed", "services.csv:2 alert: is empty"),
        ("services.csv", "16,25", "25,16", "services.csv:3 maximum_age: 16 is less"),
        ("services.csv", "Shelter line", "=SUM(1)", 'services.csv:3 name: starts with "="'),
        ("organizations.csv", "shelter,Shelter", "Shel ter,Shelter", 'organizations.csv:3 id: "Shel ter"'),
        ("cities.csv", "coventry,Coventry", "coventry,Coventry\ncoventry,Again", "cities.csv:3 id:"),
        ("cities.csv", "id,name", "id,nome", "cities.csv:1 name: is missing"),
        ("cities.csv", "id,name", "id,nome", "cities.csv:1 nome: is not a column"),
        ("cities.csv", "coventry,Coventry", "coventry,Coventry,UK", "cities.csv:2: has 3 cells"),
        ("cities.csv", "coventry,Coventry", 'coventry,"Coventry', "cities.csv:2: has a quotation mark"),
        ("services.csv", "Shelter line", "Shelter\u202eline", "services.csv:3: holds a character"),
        ("services.csv", "Shelter line", "Shelter\x07line", "services.csv:3: holds a character"),
        ("answers/housing.yml", "\u0048ow do I", "\u2066How do I", "answers/housing.yml:3: holds a character"),
        ("answers/housing.yml", "city: coventry", "city: derby", "answers/housing.yml:7 points: has the unk"),
        (
            "answers/housing.yml",
            "city: coventry",
            "city: coventry\n    audience: [XX]",
            "answers/housing.yml:8 points: ",
        ),
        (
            "answers/housing.yml",
            "city: coventry",
            "city: coventry\n    audience: [ALL]",
            "answers/housing.yml:8 points: ",
        ),
        (
            "answers/housing.yml",
            "city: coventry",
            "city: coventry\n    audience: AS",
            "answers/housing.yml:8 audience: must",
        ),
        ("answers/housing.yml", "[RF, VH]", "[RF, XX]", 'answers/housing.yml:11 audience: "XX" is not'),
        ("answers/housing.yml", "[shelter-line]", "[shelter]", 'answers/housing.yml:13 services: "shelter"'),
        ("answers/housing.yml", "[A1, GK]", "[A1, B7]", 'answers/housing.yml:14 sources: "B7" is not'),
        ("answers/housing.yml", "colour: AMBER", "colour: PINK", "answers/housing.yml:15 review_colour:"),
        ("answers/housing.yml", "  - Ask the council.\n", "", "answers/housing.yml:18 points: are missing"),
        ("answers/housing.yml", "id: housing/council", "id: health/council", "answers/housing.yml:16 id:"),
        ("answers/housing.yml", "housing/council_help", "housing/rent_room", "answers/housing.yml:16 id:"),
        ("answers/housing.yml", "housing/council_help", "housing/Council", "answers/housing.yml:16 id:"),
        ("answers/housing.yml", "  audience_note", "  audience_notes", "answers/housing.yml:12 audience_notes"),
        ("answers/housing.yml", "verified: false", "verified: maybe", "answers/housing.yml:10 verified: must"),
        ("answers/housing.yml", '"Coventry: call', "Coventry: call", "answers/housing.yml:6: cannot be"),
        ("answers/housing.yml", "- Look online", "- # Look online", "answers/housing.yml:5 points: has an empty"),
    ],
)
def test_each_kind_of_fault_is_found_at_its_own_line(pack, edit, file, old, new, begins):
    edit(file, old, new)
    assert [line for line in found(pack) if line.startswith(f"services_data/{begins}")], found(pack)


@pytest.mark.parametrize(
    "number", ["999", "111", "101", "105", "116 123", "159", "61016", "0800 1111", "+44 24 7622 7254"]
)
def test_numbers_that_can_be_dialled_in_britain_are_right(pack, edit, number):
    edit("phones.csv", "0808 800 4444", number)
    assert found(pack) == []


def test_lines_stay_true_after_cells_with_line_breaks(pack, edit):
    edit("services.csv", '"Advice on homes, also at night."', '"Advice on homes,\nalso at\nnight."')
    edit("services.csv", "Check the hours,RED", "Check the hours,PINK")
    assert [line.split(" ")[0:2] for line in found(pack)] == [["services_data/services.csv:5", "review_colour:"]]


def test_a_file_that_is_not_utf8_is_told_with_its_line(pack):
    path = pack / "organizations.csv"
    path.write_bytes(path.read_bytes().replace(b"Shelter", "Café".encode("latin-1")))
    assert found(pack)[0].startswith("services_data/organizations.csv:3: is not UTF-8 text.")


def test_a_missing_file_and_a_missing_folder_are_told(pack, tmp_path):
    (pack / "phones.csv").unlink()
    assert found(pack)[0].startswith("services_data/phones.csv: cannot be read")
    assert "is not a folder" in found(tmp_path / "nowhere")[0]


def test_the_bom_and_the_line_ends_of_excel_are_accepted(pack):
    for path in pack.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(pack) == []


def test_an_answer_file_of_an_unknown_topic_is_told(pack):
    (pack / "answers/housing.yml").rename(pack / "answers/houses.yml")
    assert any("answers/houses.yml:2: its file has the name of an unknown topic" in line for line in found(pack))


def test_yaml_with_anchors_that_point_to_themselves_gives_faults_and_ends(pack):
    (pack / "answers/housing.yml").write_text("- &a\n  id: housing/x\n  points: &b\n  - *a\n  - *b\n", encoding="utf-8")
    assert found(pack)


def test_invisible_characters_in_the_safety_texts_are_told(pack):
    (pack / "safety.yml").write_text("groups:\n- text: Call\u202e 999\n", encoding="utf-8")
    told = "services_data/safety.yml:2: holds a character that nobody can see (U+202E). Type the line again by hand."
    assert told in found(pack)


def test_ten_faults_give_ten_messages_and_leave_the_database_alone(filled, pack, edit):
    before = filled.content()
    edit("services.csv", "shelter-line,shelter,Shelter line", "shelter-line,shelter,")
    edit("services.csv", "AMBER", "ORANGE")
    edit("locations.csv", "CV1 1FS", "CV1")
    edit("phones.csv", "0808 800 4444", "12")
    edit("contacts.csv", "info@example.org", "info")
    edit("attributes.csv", "nhs-111,health", "nhs-111,helth")
    edit("service_areas.csv", "shelter-line,coventry", "shelter-line,derby")
    edit("organizations.csv", "https://example.org", "ftp://example.org")
    edit("answers/housing.yml", "[A1, GK]", "[A9]")
    edit("answers/housing.yml", "city: coventry", "city: derby")
    with pytest.raises(ContentError) as error:
        import_pack(filled, pack)
    assert len(str(error.value).splitlines()) == 10
    assert len(found(pack)) == 10
    assert filled.content() is before


def test_a_pointer_into_an_empty_table_is_told(pack):
    (pack / "sources.csv").write_text("code,name,url,date,note\n", encoding="utf-8")
    assert sum('sources: "A1" is not known' in line for line in found(pack)) == 2


@pytest.mark.parametrize("text", ["-2+3+cmd|' /C calc'!A0", "+HYPERLINK(1)", "-Sheet1!A1+Sheet2!B2", "@SUM(1)"])
def test_a_text_that_a_spreadsheet_program_would_run_is_told(pack, edit, text):
    edit("accessibility.csv", "Text relay", text)
    assert [line.partition(",")[0] for line in found(pack)] == [
        f'services_data/accessibility.csv:2 description: starts with "{text[0]}"'
    ]


@pytest.mark.parametrize("text", ["- Bring a form (any)!", "+44 20 7946 0000", "-1FR", "-"])
def test_a_text_that_only_begins_with_a_sign_is_left_alone(pack, edit, text):
    edit("accessibility.csv", "Text relay", text)
    assert found(pack) == []


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ("Mo-Fr sunrise-sunset", "goes by the sun"),
        ("Mo (Dawn+01:00)-12:00", "goes by the sun"),
        ("Mo-Fr 10:00-10:00", '"10:00-10:00" opens and closes at the same time'),
        ("Mo 9:00 - 09:00", '"9:00 - 09:00" opens and closes'),
        ("Mo 00:00-00:00", "Write 00:00-24:00"),
        ("Mo-Fr 9 to 5", "cannot be read as opening hours"),
    ],
)
def test_opening_hours_that_would_be_misread_are_refused_with_what_to_write(times, says):
    assert says in opening_hours(times)


@pytest.mark.parametrize("times", ["Mo-Fr 09:00-17:00; PH off", "24/7", "Fr 20:00-08:00", 'Mo 10:00-11:00 "at dawn"'])
def test_opening_hours_in_hours_are_taken(times):
    assert opening_hours(times) == ""


def test_a_check_that_is_still_to_come_is_a_fault(pack, edit):
    edit("services.csv", "2026-06-01", "2099-06-01")
    (fault,) = check_pack(pack)
    assert "2099-06-01" in fault.message and "still to come" in fault.message
