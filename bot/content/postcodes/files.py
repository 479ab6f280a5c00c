"""Reading files of postcodes: Ordnance Survey's Code-Point Open and the ONS Postcode Directory, zipped or as one CSV.

Nothing is unpacked to the disk and nothing is stored here; what is done with the rows is in importing.py.
"""

import contextlib
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from bot.errors import ContentError

CODE_POINT, ONS = "OS Code-Point Open", "ONS Postcode Directory"
LARGEST = 4_000_000_000  # bytes of text; the ONS file with all its columns has about a third of that
MOST_MEMBERS = 10_000
MOST_TIMES_LARGER = 100  # these files grow eightfold when they are unpacked
LONGEST_LINE = 4_000  # characters
_FULL = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
# Which members of a zip hold the postcodes; the first that fits counts. The ONS file has them all twice.
_MEMBERS = (
    re.compile(r"(.*/)?data/csv/[a-z]{1,2}\.csv"),
    re.compile(r"(.*/)?data/(onspd|nspl)[^/]*\.csv"),
    re.compile(r"(.*/)?multi_csv/[^/]*\.csv"),
    re.compile(r"[^/]*\.csv"),
)
_WANTED = (
    "Take the zip file of Code-Point Open (Ordnance Survey) or of the ONS Postcode Directory as it was downloaded, "
    "or one CSV file out of it."
)


class PostcodeRow(NamedTuple):
    """A postcode without its space and its position: north and east in metres on the grid, or latitude and longitude."""

    postcode: str
    north: float
    east: float


@dataclass(frozen=True)
class _Columns:
    """At which places of a row things stand. `ended`: the month in which a postcode was given up, empty for most."""

    postcode: int
    north: int
    east: int
    ended: int | None = None
    quality: int | None = None


_CODE_POINT_COLUMNS = _Columns(postcode=0, quality=1, east=2, north=3)
_NO_POSITION = "90"  # Code-Point Open's mark for a postcode whose place is not known


class PostcodeFile:
    """An open file of postcodes. `kind` is CODE_POINT or ONS; `share_read` goes from 0 to 1 while `rows` are read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile | None, members: list[zipfile.ZipInfo]) -> None:
        self._path, self._archive, self._members = path, archive, members
        self._size = sum(member.file_size for member in members) or path.stat().st_size or 1
        self._before, self._present = 0, None
        self.kind = self._look_at_first_row()

    @property
    def share_read(self) -> float:
        """How much of the file is read, from 0 to 1."""
        inside = self._present.tell() if self._present and not self._present.closed else 0
        return min(1.0, (self._before + inside) / self._size)

    def rows(self) -> Iterator[PostcodeRow | None]:
        """A postcode for each row of the file, always in the same order; None for one without a position or given up.

        Raises ContentError with the line for what is no postcode.
        """
        self._before = 0
        for number in range(len(self._members) or 1):
            with self._open(number) as stream:
                yield from self._read(stream, self._name(number))
            self._before += self._members[number].file_size if self._members else self._size

    def _look_at_first_row(self) -> str:
        with self._open(0) as stream:
            first = next(_table(stream, self._name(0)), None)
        if first is None:
            raise ContentError(f"{self._name(0)} is empty. {_WANTED}")
        columns, _ = _columns_of(first, self._name(0))
        return CODE_POINT if columns.quality is not None else ONS

    def _read(self, stream: IO[bytes], name: str) -> Iterator[PostcodeRow | None]:
        table = _table(stream, name)
        first = next(table, None)
        if first is None:
            return
        columns, is_header = _columns_of(first, name)
        if not is_header:
            yield _row_of(first, columns, f"{name}:1")
        for line, cells in enumerate(table, 2):
            if cells:
                try:
                    yield _row_of(cells, columns, "")
                except ContentError as error:
                    raise ContentError(f"{name}:{line}{error}") from None

    def _name(self, number: int) -> str:
        return f"{self._path.name}/{self._members[number].filename}" if self._members else self._path.name

    @contextlib.contextmanager
    def _open(self, number: int) -> Iterator[IO[bytes]]:
        try:
            with self._archive.open(self._members[number]) if self._archive else self._path.open("rb") as stream:
                self._present = stream
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise ContentError(f"{self._name(number)} is damaged or cannot be read. Download it again.") from None
        finally:
            self._present = None


@contextlib.contextmanager
def open_postcode_file(path: Path) -> Iterator[PostcodeFile]:
    """The file at `path`, looked at and found to hold postcodes. Raises ContentError with one plain sentence."""
    try:
        if not zipfile.is_zipfile(path):
            if path.stat().st_size > LARGEST:
                raise ContentError(f"{path.name} is too large for a file of postcodes. {_WANTED}")
            yield PostcodeFile(path, None, [])
            return
        with zipfile.ZipFile(path) as archive:
            yield PostcodeFile(path, archive, _members_of(archive, path.name))
    except zipfile.BadZipFile:
        raise ContentError(f"{path.name} is damaged. Download it again.") from None
    except OSError as error:
        raise ContentError(f"{path} cannot be read ({error.strerror}); check its name.") from None


def _members_of(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The members with postcodes, in the order of their names, after a look at their sizes."""
    if len(archive.infolist()) > MOST_MEMBERS:
        raise ContentError(f"{name} holds too many files. {_WANTED}")
    fits = lambda form: [each for each in archive.infolist() if form.fullmatch(each.filename.lower())]  # noqa: E731
    members = sorted(next(filter(None, map(fits, _MEMBERS)), []), key=lambda member: member.filename)
    if not members:
        raise ContentError(f"{name} holds no postcodes. {_WANTED}")
    if any(member.flag_bits & 1 for member in members):
        raise ContentError(f"{name} is locked with a password. {_WANTED}")
    swollen = any(member.file_size > MOST_TIMES_LARGER * max(1, member.compress_size) for member in members)
    if swollen or sum(member.file_size for member in members) > LARGEST:
        raise ContentError(f"{name} would unpack to far more than postcodes need, so that it was not opened. {_WANTED}")
    return members


def _table(stream: IO[bytes], name: str) -> Iterator[list[str]]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield from csv.reader(_short_lines(text, name))
    except csv.Error:
        raise ContentError(f"{name} is no table in CSV form. {_WANTED}") from None


def _short_lines(text: io.TextIOWrapper, name: str) -> Iterable[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise ContentError(f"{name} has a line that is too long for a postcode. {_WANTED}")
        yield line


def _columns_of(first: list[str], name: str) -> tuple[_Columns, bool]:
    """Where things stand, by the first row, and whether that row is a header. Raises ContentError."""
    if len(first) >= 4 and _FULL.fullmatch(_compact(first[0])) and all(cell.isdigit() for cell in first[1:4]):
        return _CODE_POINT_COLUMNS, False
    at = {cell.strip().lower(): place for place, cell in enumerate(first)}
    postcode = next((at[each] for each in ("pcds", "pcd", "pcd2", "pcd8", "pcd7", "postcode") if each in at), None)
    latitude = at.get("lat", at.get("latitude"))
    longitude = at.get("long", at.get("longitude"))
    if postcode is None or latitude is None or longitude is None:
        raise ContentError(f"{name} holds no postcodes with positions. {_WANTED}")
    return _Columns(postcode, north=latitude, east=longitude, ended=at.get("doterm")), True


def _row_of(cells: list[str], columns: _Columns, place: str) -> PostcodeRow | None:
    """Raises ContentError that begins with `place`."""
    try:
        postcode = _compact(cells[columns.postcode])
        if columns.quality is not None and cells[columns.quality] == _NO_POSITION:
            return None
        if columns.ended is not None and cells[columns.ended].strip():
            return None
        row = PostcodeRow(postcode, float(cells[columns.north]), float(cells[columns.east]))
    except (IndexError, ValueError):
        raise ContentError(f"{place}: the row has no position. {_WANTED}") from None
    if not _FULL.fullmatch(postcode):
        raise ContentError(f"{place}: the row has no UK postcode. {_WANTED}")
    return row if _is_in_the_islands(row, columns) else None


def _is_in_the_islands(row: PostcodeRow, columns: _Columns) -> bool:
    """Whether a position can be one; the ONS writes 99.999999 where it knows none."""
    if columns.quality is not None:
        return 0 < row.east < 700_000 and 0 < row.north < 1_300_000
    return 49 < row.north < 62 and -9 < row.east < 3


def _compact(cell: str) -> str:
    return cell.replace(" ", "").upper()
