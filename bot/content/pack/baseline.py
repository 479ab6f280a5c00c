"""What two sides last had in common, as digests: pack and database, or a file and the database that it was written
from. Which side wins is in merging.py."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from bot.content.models import PackBaseline

Key = tuple[str, str]  # the name of the table and the id

MARK = ("", "desk")  # the row, and the entry of a file, that tells which database it is; no table has an empty name


@dataclass(frozen=True)
class FileBase:
    """What a file was when it was written. desk: the mark of the database; digests: of its records at that time."""

    desk: str
    digests: Mapping[Key, str]


def base_entries(desk: str, digests: Mapping[Key, str]) -> dict[str, str]:
    """The form in which a file keeps it: digests by record, such as "services/nhs-111", and the mark by "/desk"."""
    return {"/".join(key): digest for key, digest in {MARK: desk, **digests}.items()}


def file_base(entries: Mapping[str, str]) -> FileBase:
    """The inverse of `base_entries`. Entries that were lost only make the file say less."""
    split = {(table, key): digest for entry, digest in entries.items() for table, _, key in [entry.partition("/")]}
    desk = split.pop(MARK, "")
    return FileBase(desk, split)


def read_baseline(connection: Connection) -> dict[Key, str]:
    """The digest of each record as pack and database last had it in common."""
    rows = connection.execute(select(PackBaseline.table_name, PackBaseline.record_id, PackBaseline.digest))
    return {(row.table_name, row.record_id): row.digest for row in rows if row.table_name != MARK[0]}


def write_baseline(connection: Connection, digests: Mapping[Key, str]) -> None:
    """From now on the pack is known to hold records with these digests."""
    connection.execute(delete(PackBaseline).where(PackBaseline.table_name != MARK[0]))
    rows = [{"table_name": table, "record_id": key, "digest": digest} for (table, key), digest in digests.items()]
    if rows:
        connection.execute(insert(PackBaseline), rows)


def read_mark(connection: Connection) -> str:
    """The mark of the database; "" where no file was ever written from it."""
    mark = select(PackBaseline.digest).where(PackBaseline.table_name == MARK[0], PackBaseline.record_id == MARK[1])
    return connection.scalar(mark) or ""


def mark_database(connection: Connection) -> str:
    """The mark of the database; given now where it has none."""
    if mark := read_mark(connection):
        return mark
    mark = uuid.uuid4().hex
    connection.execute(insert(PackBaseline).values(table_name=MARK[0], record_id=MARK[1], digest=mark))
    return mark
