"""Records in the form that pack and database share: plain texts and lists, equal when nothing was edited."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.content import models
from bot.content.pack.cells import DAY, tidy
from bot.content.pack.reading import PackText
from bot.content.pack.tables import ANSWERS, LATER_COLUMNS, TABLE_BY_NAME, TABLES, Table

Record = dict[str, Any]
Key = tuple[str, str]  # the name of the table and the id
Records = dict[Key, Record]  # answers stand in the order in which people see them


def digest(record: Record | None) -> str | None:
    """A fingerprint of a record; None for no record."""
    if record is None:
        return None
    record = {name: value for name, value in record.items() if value or name not in LATER_COLUMNS}
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def topic_of(answer_id: str) -> str:
    """The topic of an answer: what stands before the stroke."""
    return answer_id.partition("/")[0]


def pack_records(pack: PackText) -> Records:
    """The records of a pack that has no faults; of one that has only some tables, theirs."""
    records: Records = {}
    for table in TABLES:
        for row in pack.tables.get(table.name, ()):
            record = {
                column.name: column.kind.to_text(column.kind.to_value(tidy(row.cells[column.name])))
                for column in table.columns
            }
            records[table.name, record[table.key]] = record
    records |= {(ANSWERS, entry.record["id"]): entry.record for entry in pack.answers}
    return records


def database_records(connection: Connection) -> Records:
    """The records of the database."""
    records: Records = {}
    for table in TABLES:
        for row in connection.execute(select(table.model.__table__)).mappings():
            record = {column.name: column.kind.to_text(row[column.name]) for column in table.columns}
            records[table.name, record[table.key]] = record
    return records | _database_answers(connection)


def _database_answers(connection: Connection) -> Records:
    points, services, sources = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in connection.execute(select(models.AnswerPoint.__table__).order_by(models.AnswerPoint.position)):
        point = {"text": tidy(row.text), "city": row.city or "", "verified": bool(row.verified)}
        # Left out where it is empty, so that the digests of all points from before there was an audience still hold.
        points[row.answer_id, row.kind].append(point | ({"audience": row.audience.split(";")} if row.audience else {}))
    for row in connection.execute(select(models.AnswerService.__table__).order_by(models.AnswerService.position)):
        services[row.answer_id].append(row.service_id)
    for row in connection.execute(select(models.AnswerSource.__table__).order_by(models.AnswerSource.position)):
        sources[row.answer_id].append(row.source_code)
    answers = select(models.Answer.__table__).order_by(models.Answer.topic, models.Answer.position, models.Answer.id)
    return {
        (ANSWERS, row.id): {
            "id": row.id,
            "question": tidy(row.question),
            "points": points[row.id, "point"],
            "careful": points[row.id, "careful"],
            "audience": row.audience.split(";") if row.audience else [],
            "audience_note": tidy(row.audience_note),
            "services": services[row.id],
            "sources": sources[row.id],
            "review_colour": tidy(row.review_colour),
            "assured_date": DAY.to_text(row.assured_date),
            "doubts": tidy(row.doubts),
        }
        for row in connection.execute(answers)
    }


def write_records(connection: Connection, table_name: str, records: Iterable[Record], new: bool) -> None:
    """Insert new records of a table, or new answers, or change those that are there."""
    if table_name == ANSWERS:
        write_answers(connection, records, new)
    else:
        write_rows(connection, TABLE_BY_NAME[table_name], records, new)


def write_rows(connection: Connection, table: Table, records: Iterable[Record], new: bool) -> None:
    """Insert new rows of a table, or change the rows that are there."""
    rows = [{column.name: column.kind.to_value(record[column.name]) for column in table.columns} for record in records]
    if not rows:
        return
    target = table.model.__table__
    if new:
        connection.execute(insert(target), rows)
        return
    change = update(target).where(target.c[table.key] == bindparam("the_key"))
    change = change.values({column.name: bindparam(column.name) for column in table.columns[1:]})
    connection.execute(change, [row | {"the_key": row[table.key]} for row in rows])


def delete_rows(connection: Connection, table_name: str, ids: Iterable[str]) -> None:
    """Delete rows of a table, or answers with all that belongs to them."""
    keys = [{"the_key": key} for key in ids]
    if not keys:
        return
    if table_name == ANSWERS:
        _delete_answer_parts(connection, keys)
        column = models.Answer.__table__.c.id
    else:
        table = TABLE_BY_NAME[table_name]
        column = table.model.__table__.c[table.key]
    connection.execute(delete(column.table).where(column == bindparam("the_key")), keys)


def _delete_answer_parts(connection: Connection, keys: list[dict[str, str]]) -> None:
    for model in (models.AnswerPoint, models.AnswerService, models.AnswerSource):
        part = model.__table__
        connection.execute(delete(part).where(part.c.answer_id == bindparam("the_key")), keys)


def write_answers(connection: Connection, records: Iterable[Record], new: bool) -> None:
    """Insert new answers, or change those that are there. Their order is set by `place_answers`."""
    records = list(records)
    if not records:
        return
    rows = [_answer_row(record) for record in records]
    answer = models.Answer.__table__
    if new:
        connection.execute(insert(answer), [row | {"position": 0} for row in rows])
    else:
        _delete_answer_parts(connection, [{"the_key": row["id"]} for row in rows])
        change = update(answer).where(answer.c.id == bindparam("the_key"))
        change = change.values({name: bindparam(name) for name in rows[0] if name != "id"})
        connection.execute(change, [row | {"the_key": row["id"]} for row in rows])
    _insert_parts(connection, records)


def _answer_row(record: Record) -> Record:
    return {
        "id": record["id"],
        "topic": topic_of(record["id"]),
        "question": record["question"],
        "audience": ";".join(record["audience"]),
        "audience_note": record["audience_note"],
        "review_colour": record["review_colour"],
        "assured_date": date.fromisoformat(record["assured_date"]) if record["assured_date"] else None,
        "doubts": record["doubts"],
    }


def _insert_parts(connection: Connection, records: list[Record]) -> None:
    points = [
        {
            "answer_id": record["id"],
            "kind": kind,
            "position": index,
            **point,
            "city": point["city"] or None,
            "audience": ";".join(point.get("audience", ())) or None,
        }
        for record in records
        for kind, name in (("point", "points"), ("careful", "careful"))
        for index, point in enumerate(record[name])
    ]
    services = [
        {"answer_id": record["id"], "position": index, "service_id": service}
        for record in records
        for index, service in enumerate(record["services"])
    ]
    sources = [
        {"answer_id": record["id"], "position": index, "source_code": code}
        for record in records
        for index, code in enumerate(record["sources"])
    ]
    for model, rows in ((models.AnswerPoint, points), (models.AnswerService, services), (models.AnswerSource, sources)):
        if rows:
            connection.execute(insert(model.__table__), rows)


def place_answers(connection: Connection, ids: Iterable[str]) -> int:
    """Put answers in the order of `ids`; those not named come last. Returns how many moved."""
    answer = models.Answer.__table__
    stored = select(answer.c.id, answer.c.topic, answer.c.position).order_by(answer.c.position, answer.c.id)
    present = {row.id: row for row in connection.execute(stored)}
    named = [key for key in ids if key in present]
    counts: dict[str, int] = defaultdict(int)
    moves = []
    for key in [*named, *(key for key in present if key not in set(named))]:
        row = present[key]
        counts[row.topic] += 1
        if row.position != counts[row.topic]:
            moves.append({"the_key": key, "place": counts[row.topic]})
    if moves:
        change = update(answer).where(answer.c.id == bindparam("the_key")).values(position=bindparam("place"))
        connection.execute(change, moves)
    return len(moves)
