"""An .xlsx file put together part by part, as Excel writes it (one shared list of texts), or with something bad in it."""

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def parts(sheet: str = "required_documents", documents: tuple[str, ...] = ("<t>Passport</t>",)) -> dict[str, str]:
    """The parts of a workbook with one sheet; `documents` are the XML of shared texts, one a row."""
    texts = ["id", "service_id", "document", "nhs-111", *(f"d-{index}" for index in range(len(documents)))]
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts) + "".join(f"<si>{text}</si>" for text in documents)
    rows = [(0, 1, 2), *((4 + index, 3, len(texts) + index) for index in range(len(documents)))]
    data = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{letter}{number}" t="s"><v>{index}</v></c>' for letter, index in zip("ABC", row, strict=True))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}sharedStrings+xml"/></Types>',
        "_rels/.rels": relations(f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{shared}</sst>',
    }


def relations(inside: str) -> str:
    """A part that says to which other parts or files one belongs."""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{inside}</Relationships>'


def write(path: Path, contents: dict[str, str | bytes]) -> Path:
    """The file with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path
