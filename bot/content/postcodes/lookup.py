"""Where a postcode is: looking it up among those that an operator imported. How they come in is in importing.py."""

import math
import re
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.content.models.postcodes import Postcode, PostcodeImport

METRES_A_DEGREE = 111_320  # of latitude; of longitude at the equator
_FULL = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) +([0-9])")
_POINT_METRES = 100  # a postcode is some 15 doors in a row


@dataclass(frozen=True)
class Position:
    """A point in degrees (WGS 84), and within how many metres of it the real place is."""

    latitude: float
    longitude: float
    exactness: int


def find_postcode(connection: Connection, text: str) -> Position | None:
    """The middle of a full postcode ("cv1 5fx") or of a sector ("CV1 5", with its space); None where it is not known."""
    plain = text.upper().strip()
    if sector := _SECTOR.fullmatch(plain):
        return _find_sector(connection, sector[1] + sector[2])
    compact = plain.replace(" ", "")
    if not _FULL.fullmatch(compact):
        return None
    row = connection.execute(
        select(Postcode.latitude, Postcode.longitude).where(
            Postcode.import_id == _newest().scalar_subquery(), Postcode.postcode == compact
        )
    ).first()
    return Position(row.latitude, row.longitude, _POINT_METRES) if row else None


def count_postcodes(connection: Connection) -> int:
    """How many postcodes can be looked up."""
    ours = Postcode.import_id == _newest().scalar_subquery()
    return connection.scalar(select(func.count()).select_from(Postcode).where(ours)) or 0


def _newest():
    """The import whose postcodes are looked up: the last that came to its end. A later one has a greater number."""
    return select(func.max(PostcodeImport.id)).where(PostcodeImport.finished_at.is_not(None))


def _find_sector(connection: Connection, start: str) -> Position | None:
    latitude, longitude = Postcode.latitude, Postcode.longitude
    row = connection.execute(
        select(
            *(func.avg(latitude), func.avg(longitude)),
            *(func.min(latitude), func.max(latitude), func.min(longitude), func.max(longitude)),
        ).where(
            Postcode.import_id == _newest().scalar_subquery(),
            Postcode.postcode.between(f"{start}AA", f"{start}ZZ"),
            # CV1 5 begins like CV15 9, whose postcodes are one letter longer.
            func.length(Postcode.postcode) == len(start) + 2,
        )
    ).one()
    if row[0] is None:
        return None
    high = (row[3] - row[2]) * METRES_A_DEGREE
    wide = (row[5] - row[4]) * METRES_A_DEGREE * math.cos(math.radians(row[0]))
    return Position(round(row[0], 6), round(row[1], 6), max(_POINT_METRES, round(math.hypot(high, wide) / 2)))
