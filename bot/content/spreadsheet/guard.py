"""What an .xlsx file must be before anybody opens it: small, plain, without programs or links. No cells here."""

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from bot.errors import ContentError

MOST_BYTES = 20 * 1024 * 1024  # of the file, and of a JSON file
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ENTRIES = 1000
MOST_RATIO = 150  # a sheet of equal cells packs about a hundredfold
RATIO_FROM = 1024 * 1024  # small parts may be packed as well as they like
MOST_DEPTH = 100  # tags inside one another
CHUNK = 64 * 1024

OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the first bytes of .xls, and of .xlsx behind a password
XML_PARTS = (".xml", ".rels", ".vml")
PROGRAMS = re.compile(r"vbaproject|vbadata|macrosheets|activex|dialogsheets|\.bin$", re.IGNORECASE)
HARMLESS_BINARY = re.compile(r"^xl/printerSettings/printerSettings[0-9]+\.bin$")
LINKS = re.compile(
    r"^xl/(externallinks|embeddings|connections\.xml|querytables|webextensions)|^customui", re.IGNORECASE
)
MACRO_TYPE = re.compile(r"macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)


def check_size(path: Path) -> None:
    """Refuse a file that is missing or too big. Raises ContentError."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ContentError(f"{path.name} cannot be read ({error.strerror}); check its name.") from None
    if size > MOST_BYTES:
        raise _refused(path, f"is bigger than {MOST_BYTES // 1024 // 1024} MB", "send fewer sheets")


def check_spreadsheet(path: Path) -> None:
    """Refuse what is no harmless .xlsx file, without unpacking it as a whole. Raises ContentError."""
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlsb", ".xls"):
        raise _refused(path, f"is a {path.suffix} file", "save it as .xlsx")
    check_size(path)
    try:
        with path.open("rb") as file:
            if file.read(4) == OLD_OFFICE:
                raise _refused(
                    path, "has a password or is in the old Excel form", "save it as .xlsx without a password"
                )
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_bombs(path, entries)
            _check_names(path, entries)
            for entry in entries:
                if entry.filename.lower().endswith(XML_PARTS):
                    _check_xml(path, archive, entry)
    except OSError as error:
        raise ContentError(f"{path.name} cannot be read ({error.strerror}); check its rights.") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        # What Python's zip reader raises on damaged files, unknown ways of packing and entries with a password.
        raise _refused(
            path, "is no .xlsx file or is damaged", "open it in a spreadsheet program and save it again"
        ) from None


def _refused(path: Path, why: str, advice: str) -> ContentError:
    return ContentError(f"{path.name} {why}; {advice}. It was not opened.")


def _check_bombs(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = any(
        entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    # Parts that share their bytes are together bigger than the file: the trick of the bombs that need no nesting.
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swollen or packed > path.stat().st_size:
        raise _refused(path, "would become very big when it is unpacked", "save the sheets in a new file")


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused(path, "has a password", "save it without one")
    if len({name.lower() for name in names}) < len(names):
        raise _refused(path, "holds two parts of one name", "save the sheets in a new file")
    if any(name.startswith(("/", "\\")) or ".." in name or "\\" in name or ":" in name for name in names):
        raise _refused(path, "holds parts with names that lead out of it", "save the sheets in a new file")
    if any(PROGRAMS.search(name) and not HARMLESS_BINARY.match(name) for name in names):
        raise _refused(path, "holds macros or other programs", "save it as .xlsx without macros")
    if any(LINKS.search(name) for name in names):
        raise _refused(path, "has links to other files", "copy the values into a new file")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _refused(path, "is no .xlsx file", "save it as .xlsx")


class _Watcher:
    """Sees each tag of a part as it streams by, and keeps nothing. `wrong` says what was found."""

    def __init__(self) -> None:
        self.depth = 0
        self.wrong = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            self.wrong = "has too many tags inside one another"
        # A web address that Excel made clickable is outside too; it is not opened, and its text is all that is read.
        if attributes.get("TargetMode") == "External" and not attributes.get("Type", "").endswith("/hyperlink"):
            self.wrong = "has links to other files"
        if MACRO_TYPE.search(attributes.get("ContentType", "")):
            self.wrong = "holds macros"

    def end(self, tag: str) -> None:
        self.depth -= 1

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


def _check_xml(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    watcher = _Watcher()
    parser = XMLParser(target=watcher, forbid_dtd=True)
    try:
        with archive.open(entry) as part:
            while not watcher.wrong and (chunk := part.read(CHUNK)):
                parser.feed(chunk)
        if not watcher.wrong:
            parser.close()
    except DefusedXmlException:
        raise _refused(path, "holds XML entities, which can do harm", "save the sheets in a new file") from None
    except (ParseError, zipfile.zlib.error):
        raise _refused(path, "is damaged", "open it in a spreadsheet program and save it again") from None
    if watcher.wrong:
        raise _refused(path, watcher.wrong, "copy the values into a new file")
