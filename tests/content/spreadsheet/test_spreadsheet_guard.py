"""Files that are refused before they are opened: too big, swollen, with programs, links or a password, or no .xlsx."""

import tracemalloc
import zipfile

import pytest

from bot.content.spreadsheet.guard import MOST_BYTES, check_spreadsheet
from bot.content.spreadsheet.reading import read_spreadsheet
from bot.errors import ContentError
from tests.content.spreadsheet.workbook_parts import OFFICE, parts, relations, write

EXTERNAL = f'<Relationship Id="x" Type="{OFFICE}/KIND" Target="file:///other.xlsx" TargetMode="External"/>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'


def refused(path) -> str:
    with pytest.raises(ContentError) as error:
        read_spreadsheet(path)
    message = str(error.value)
    assert message.startswith(path.name) and message.endswith("It was not opened.")
    return message


def test_a_plain_workbook_is_let_in(tmp_path):
    assert check_spreadsheet(write(tmp_path / "a.xlsx", parts())) is None
    assert read_spreadsheet(tmp_path / "a.xlsx").faults == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/VBAPROJECT.BIN", b"x", "macros"),
        ("xl/macrosheets/sheet1.xml", "<a/>", "macros"),
        ("xl/activeX/activeX1.xml", "<a/>", "macros"),
        ("xl/oddly.bin", b"x", "macros"),
        ("xl/externalLinks/externalLink1.xml", "<a/>", "links to other files"),
        ("xl/embeddings/object1.xlsx", b"x", "links to other files"),
        ("xl/connections.xml", "<a/>", "links to other files"),
        ("customUI/customUI.xml", "<a/>", "links to other files"),
        ("xl/sharedStrings.xml", LAUGHS, "XML entities"),
        ("xl/sharedStrings.xml", LAUGHS.encode("utf-16"), "XML entities"),
        ("docProps/core.xml", LAUGHS, "XML entities"),
        ("xl/styles.xml", "<a><b></a>", "damaged"),
        ("xl/styles.xml", "<a>" * 200 + "</a>" * 200, "tags inside one another"),
        ("xl/worksheets/_rels/sheet1.xml.rels", relations(EXTERNAL.replace("KIND", "oleObject")), "links to other"),
        ("../../outside.xml", "<a/>", "lead out of it"),
        ("/etc/outside.xml", "<a/>", "lead out of it"),
        ("C:\\outside.xml", "<a/>", "lead out of it"),
        ("XL/Workbook.xml", "<a/>", "two parts of one name"),
    ],
)
def test_harmful_parts_are_refused(name, content, words, tmp_path):
    assert words in refused(write(tmp_path / "a.xlsx", parts() | {name: content}))


def test_a_workbook_that_calls_itself_one_with_macros_is_refused(tmp_path):
    content = parts()
    types = content["[Content_Types].xml"].replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert "macros" in refused(write(tmp_path / "a.xlsx", content | {"[Content_Types].xml": types}))


def test_a_clickable_web_address_is_let_in(tmp_path):
    link = relations(EXTERNAL.replace("KIND", "hyperlink").replace("file:///other.xlsx", "https://example.org"))
    path = write(tmp_path / "a.xlsx", parts() | {"xl/worksheets/_rels/sheet1.xml.rels": link})
    assert read_spreadsheet(path).faults == []


@pytest.mark.parametrize("suffix", [".xlsm", ".xls", ".xlsb", ".XLSM"])
def test_other_kinds_of_workbook_are_refused_by_their_name(suffix, tmp_path):
    assert "save it as .xlsx" in refused(write(tmp_path / f"a{suffix}", parts()))


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("id,name\n", encoding="utf-8")
    assert "no .xlsx file" in refused(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    assert "password or is in the old Excel form" in refused(path)
    path.write_bytes(b"")
    assert "no .xlsx file" in refused(path)
    assert "no .xlsx file" in refused(write(path, {"hello.txt": "hello"}))


def test_a_file_cut_short_is_refused(tmp_path):
    path = write(tmp_path / "a.xlsx", parts())
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        refused(path)


def test_a_file_with_a_broken_byte_is_refused_or_read_and_never_breaks_the_desk(tmp_path):
    path = write(tmp_path / "a.xlsx", parts())
    whole = path.read_bytes()
    for place in range(0, len(whole), 23):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_spreadsheet(path)
        except ContentError as error:
            assert str(error).startswith("a.xlsx ")


def test_a_file_that_is_missing_says_so(tmp_path):
    with pytest.raises(ContentError, match="a.xlsx cannot be read"):
        read_spreadsheet(tmp_path / "a.xlsx")


def test_a_file_of_more_than_20_mb_is_refused_unread(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "bigger than 20 MB" in refused(path)


def bomb(size: int) -> bytes:
    return b"<sst>" + b" " * size + b"</sst>"


@pytest.mark.parametrize(
    "more",
    [
        {"xl/sharedStrings.xml": bomb(30_000_000)},
        {f"xl/worksheets/s{index}.xml": bomb(900_000) for index in range(250)},
        {f"docProps/p{index}.xml": "<a/>" for index in range(1100)},
    ],
    ids=["one part that swells", "many parts that are small each", "too many parts"],
)
def test_a_zip_bomb_is_refused_without_unpacking_it(more, tmp_path):
    path = write(tmp_path / "a.xlsx", parts() | more)
    tracemalloc.start()
    assert "very big when it is unpacked" in refused(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_parts_that_share_their_bytes_are_refused(tmp_path):
    """Two entries of the list of contents that point to the same bytes: each adds to what is unpacked for nothing."""
    path = tmp_path / "a.xlsx"
    archive = zipfile.ZipFile(path, "w")
    for name, content in parts().items():
        archive.writestr(name, content)
    big = zipfile.ZipInfo("docProps/a.xml")
    archive.writestr(big, "<a>" + "x" * 20_000 + "</a>")
    for index in range(5):
        twin = zipfile.ZipInfo(f"docProps/b{index}.xml")
        for name in ("header_offset", "CRC", "compress_size", "file_size", "flag_bits"):
            setattr(twin, name, getattr(big, name))
        archive.filelist.append(twin)
    archive.close()
    assert "very big" in refused(path)


def test_a_part_behind_a_password_is_refused(tmp_path):
    path = write(tmp_path / "a.xlsx", parts())
    data = bytearray(path.read_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1  # the flag that a part is encrypted, in the list of contents
    path.write_bytes(bytes(data))
    assert "password" in refused(path)


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path):
    content = parts()
    sheet = content["xl/worksheets/sheet1.xml"].replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    read = read_spreadsheet(write(tmp_path / "a.xlsx", content | {"xl/worksheets/sheet1.xml": sheet}))
    assert [row.cells["document"] for row in read.tables["required_documents"]] == ["Passport"]


def test_a_cell_in_the_last_row_that_excel_has_is_one_fault_and_takes_no_minutes(tmp_path):
    content = parts()
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    sheet = content["xl/worksheets/sheet1.xml"].replace("</sheetData>", far)
    read = read_spreadsheet(write(tmp_path / "a.xlsx", content | {"xl/worksheets/sheet1.xml": sheet}))
    assert [fault.message for fault in read.faults] == ["and those below are too many. A sheet may have 100000 rows."]
