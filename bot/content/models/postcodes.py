"""The tables of imported postcodes. They are no part of the content pack; how they are filled is in content/postcodes/importing.py."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.content.models.base import Base

LONGEST = 7  # letters and figures of a postcode without its space


class PostcodeImport(Base):
    """One file of postcodes that was read, or is being read: how far it got, in rows of the file.

    Its postcodes are looked up from `finished_at` on; None: it was stopped half way and can go on.
    """

    __tablename__ = "postcode_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    checksum: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    rows_done: Mapped[int]
    finished_at: Mapped[datetime | None]


class Postcode(Base):
    """Where a postcode is, in degrees (WGS 84). `postcode` is in capital letters without its space: CV15FX."""

    __tablename__ = "postcode"
    import_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    postcode: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    latitude: Mapped[float]
    longitude: Mapped[float]

    __table_args__ = {"sqlite_with_rowid": False}  # the key is the row's own place, which halves the file
