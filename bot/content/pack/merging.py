"""Which side wins: pack, database and what they last had in common, compared record by record. No SQL here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.content.pack.records import Key, Record, Records, digest, topic_of
from bot.content.pack.tables import ANSWERS, TABLE_BY_NAME

DATABASE, PACK = "database", "pack"
HOW_TO_CHOOSE = (
    "Nothing was imported. Run `desk content import --keep database` or `--keep pack`, "
    "or name single records with `--choose RECORD=SIDE`."
)


def shown_key(key: Key) -> str:
    """How people name a record: "services/nhs-111"."""
    return "/".join(key)


@dataclass(frozen=True)
class Conflict:
    """A record that was edited on both sides, each in its own way. None: that side deleted the record."""

    key: Key
    in_pack: Record | None
    in_database: Record | None

    def __str__(self) -> str:
        """One line with both values of each field that differs."""
        if self.in_pack is None:
            return f"{shown_key(self.key)}: deleted in the pack, edited in the database."
        if self.in_database is None:
            return f"{shown_key(self.key)}: edited in the pack, deleted in the database."
        parts = [
            f"{name}: pack {_shown(value)}, database {_shown(self.in_database[name])}"
            for name, value in self.in_pack.items()
            if value != self.in_database[name]
        ]
        return f"{shown_key(self.key)}: {'; '.join(parts)}."


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


@dataclass
class Merge:
    """What an import would do: `put` and `remove` change the database, the sets of keys are for the report.

    kept: records that stay as the database has them; `needed`: those of them that nobody edited there, and that stay
    only because other records point to them.
    """

    put: Records = field(default_factory=dict)
    remove: set[Key] = field(default_factory=set)
    added: set[Key] = field(default_factory=set)
    changed: set[Key] = field(default_factory=set)
    unchanged: set[Key] = field(default_factory=set)
    kept: set[Key] = field(default_factory=set)
    needed: set[Key] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)

    def take_from_pack(self, key: Key, record: Record | None, present: bool) -> None:
        """The pack's record goes into the database; None deletes it there. `present`: the database has it now."""
        if record is None:
            self.remove.add(key)
            return
        self.put[key] = record
        (self.changed if present else self.added).add(key)


def merge(
    pack: Records,
    database: Records,
    baseline: Mapping[Key, str],
    keep: str | None = None,
    choices: Mapping[str, str] | None = None,
) -> Merge:
    """Compare both sides with the baseline (digests by key).

    Changed on one side only: that side wins. Changed on both: `choices` ("services/nhs-111" -> "pack" or "database")
    decides, then `keep`; without either it is a conflict.
    """
    result = Merge()
    for key in dict.fromkeys([*pack, *database]):
        ours, theirs = pack.get(key), database.get(key)
        ours_digest, theirs_digest, common = digest(ours), digest(theirs), baseline.get(key)
        choice = (choices or {}).get(shown_key(key), keep)
        if ours_digest == theirs_digest:
            result.unchanged.add(key)
        elif theirs_digest == common:
            result.take_from_pack(key, ours, theirs is not None)
        elif ours_digest == common or choice == DATABASE:
            result.kept.add(key)
        elif choice == PACK:
            result.take_from_pack(key, ours, theirs is not None)
        else:
            result.conflicts.append(Conflict(key, ours, theirs))
    _keep_what_is_needed(result, pack, database)
    return result


def _keep_what_is_needed(result: Merge, pack: Records, database: Records) -> None:
    """A record that the outcome still points to is not deleted: the edit of one side must not cut off the other's."""
    final = {key: record for key, record in database.items() if key not in result.remove} | result.put
    owners = list(final) if result.remove or result.kept else []
    while owners:
        key = owners.pop()
        for needed in references(key, final[key]):
            if needed in final or (needed not in database and needed not in pack):
                continue
            if needed in result.remove:
                result.remove.discard(needed)
                result.kept.add(needed)
                result.needed.add(needed)
                final[needed] = database[needed]
            elif needed in pack:
                result.kept.discard(needed)
                result.take_from_pack(needed, pack[needed], present=False)
                final[needed] = pack[needed]
            owners.append(needed)


def references(key: Key, record: Record) -> Iterator[Key]:
    """The keys that a record points to."""
    name = key[0]
    if name != ANSWERS:
        for column in TABLE_BY_NAME[name].columns:
            if column.points_to and record[column.name]:
                yield column.points_to, record[column.name]
        return
    yield "taxonomy_terms", topic_of(key[1])
    yield from (("services", service) for service in record["services"])
    yield from (("sources", code) for code in record["sources"])
    yield from (("cities", point["city"]) for point in record["points"] + record["careful"] if point["city"])
