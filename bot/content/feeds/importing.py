"""A neighbour's feed into the database, in one transaction, without touching what people edited here.

What the feed and the database last had in common is remembered by feed, so that it can be told who changed a record. A
service that was edited here is looked after here: its parts and its places stay as they are too.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.content.database import reading, writing
from bot.content.duplicates import find_duplicates
from bot.content.feeds.records import FeedRecords, FeedSource, OwnWords, Remark, feed_records
from bot.content.feeds.shapes import services_of
from bot.content.feeds.terms import same_words
from bot.content.models import City, TaxonomyTerm
from bot.content.models.feeds import Feed, FeedBaseline
from bot.content.pack import records as pack_records
from bot.content.pack.importing import HasEngine
from bot.content.pack.merging import DATABASE, Merge, merge, references, shown_key
from bot.content.pack.records import Key, Record, Records, digest
from bot.content.pack.tables import TABLES
from bot.content.revision import lock_content, raise_revision
from bot.errors import FeedError

FEW = 5  # so many services may go at once without a question
MOST_GONE = 0.3  # of the services of a feed; more looks like a broken feed


@dataclass(frozen=True)
class KnownFeed:
    """A feed that was taken in before. `services`: how many of its services are in the database."""

    name: str
    url: str
    licence: str
    last_run: datetime
    services: int


@dataclass(frozen=True)
class FeedPlan:
    """What taking a feed in would do, or did. Lists of records such as "services/walsall-food-bank".

    kept: edited or needed here, so not touched, each with the reason. duplicates: in words, for a person to judge.
    """

    services: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    duplicates: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line of counts."""
        names = ("added", "changed", "removed", "unchanged", "kept")
        return f"{self.services} services read: " + ", ".join(f"{len(getattr(self, name))} {name}" for name in names)


@dataclass
class _Sides:
    """What the merge compares. `held`: services that stay as they are, each with the reason."""

    wanted: Records
    database: Records
    baseline: dict[Key, str]
    held: dict[str, str] = field(default_factory=dict)


def plan_feed(target: HasEngine, documents: Iterable[Any], source: FeedSource, **options: Any) -> FeedPlan:
    """What `take_feed_in` would do with the same arguments; nothing is written. Raises FeedError, StoreError."""
    with reading(target.engine) as connection:
        return _Run(connection, source, **options).plan(documents)


def take_feed_in(
    target: HasEngine, documents: Iterable[Any], source: FeedSource, now: datetime, **options: Any
) -> FeedPlan:
    """Bring a whole feed in. documents: all its pages, as JSON gives them; now: with a time zone.

    options: language_name, the English name of a language code; remove_many, True where a person has seen that many
    services are gone.
    Raises FeedError, StoreError. After any error the database is as before.
    """
    with writing(target.engine) as connection:
        lock_content(connection)
        run = _Run(connection, source, **options)
        plan = run.plan(documents)
        run.apply(now)
    return plan


def known_feeds(target: HasEngine) -> list[KnownFeed]:
    """The feeds that were taken in before, by name."""
    with reading(target.engine) as connection:
        counts: dict[str, int] = {}
        for feed, table in connection.execute(select(FeedBaseline.feed_id, FeedBaseline.table_name)):
            counts[feed] = counts.get(feed, 0) + (table == "services")
        rows = connection.execute(select(Feed.__table__).order_by(Feed.id))
        return [KnownFeed(row.id, row.url, row.licence, row.last_run, counts.get(row.id, 0)) for row in rows]


class _Run:
    """One taking in, inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        source: FeedSource,
        *,
        language_name: Callable[[str], str] = lambda code: "",
        remove_many: bool = False,
    ) -> None:
        self._connection, self._source = connection, source
        self._language_name, self._remove_many = language_name, remove_many
        self._merge = Merge()
        self._fresh: Records = {}
        self._baseline: dict[Key, str] = {}

    def plan(self, documents: Iterable[Any]) -> FeedPlan:
        """Compare the feed with the database."""
        found = feed_records(services_of(documents), self._source, _own_words(self._connection, self._language_name))
        if not found.records:
            reason = next((str(remark) for remark in found.remarks), "")
            raise FeedError(f"The feed holds no service that can be taken in; nothing was changed. {reason}".strip())
        self._baseline = _read_baseline(self._connection, self._source.name)
        sides = _Sides(found.records, pack_records.database_records(self._connection), self._baseline)
        _hold(sides, found)
        self._fresh = sides.wanted
        self._merge = merge(sides.wanted, sides.database, sides.baseline, keep=DATABASE)
        self._merge.remove &= sides.baseline.keys()
        if not self._remove_many:
            _refuse_to_lose_many(self._merge, sides.baseline)
        return self._told(found, sides)

    def _told(self, found: FeedRecords, sides: _Sides) -> FeedPlan:
        plan = self._merge

        def shown(keys: Iterable[Key]) -> tuple[str, ...]:
            return tuple(sorted(shown_key(key) for key in keys))

        present = {key: record for key, record in sides.database.items() if key not in plan.remove} | plan.put
        new = {key for table, key in plan.added if table == "services"}
        return FeedPlan(
            services=found.services,
            added=shown(plan.added),
            changed=shown(plan.changed),
            removed=shown(plan.remove),
            unchanged=shown(plan.unchanged & sides.wanted.keys()),
            kept=tuple(sorted(_kept(plan, sides))),
            remarks=tuple(found.remarks),
            duplicates=tuple(str(pair) for pair in find_duplicates(present, among=new)) if new else (),
        )

    def apply(self, now: datetime) -> None:
        """Write what was planned."""
        plan = self._merge
        for table in TABLES:
            for keys, new in ((plan.added, True), (plan.changed, False)):
                chosen = [plan.put[key] for key in sorted(keys) if key[0] == table.name]
                pack_records.write_rows(self._connection, table, chosen, new)
        for table in reversed(TABLES):
            ids = sorted(key for name, key in plan.remove if name == table.name)
            pack_records.delete_rows(self._connection, table.name, ids)
        if plan.put or plan.remove:
            raise_revision(self._connection)
        self._remember(now)

    def _remember(self, now: datetime) -> None:
        feed = {"url": self._source.url, "licence": self._source.licence, "last_run": now}
        there = self._connection.scalar(select(Feed.id).where(Feed.id == self._source.name))
        change = update(Feed).where(Feed.id == there) if there else insert(Feed)
        self._connection.execute(change.values(feed if there else feed | {"id": self._source.name}))
        plan = self._merge
        common = {key: value for key, value in self._baseline.items() if key not in plan.remove}
        agreed = [*plan.put, *(key for key in plan.unchanged if key in self._fresh)]
        common |= {key: digest(self._fresh[key]) for key in agreed if key in self._fresh}
        self._connection.execute(delete(FeedBaseline).where(FeedBaseline.feed_id == self._source.name))
        rows = [
            {"feed_id": self._source.name, "table_name": table, "record_id": key, "digest": value}
            for (table, key), value in common.items()
        ]
        if rows:
            self._connection.execute(insert(FeedBaseline), rows)


def _own_words(connection: Connection, language_name: Callable[[str], str]) -> OwnWords:
    def by_name(model: type[City] | type[TaxonomyTerm]) -> dict[str, str]:
        return {same_words(row.name): row.id for row in connection.execute(select(model.id, model.name))}

    return OwnWords(by_name(TaxonomyTerm), by_name(City), language_name)


def _read_baseline(connection: Connection, feed: str) -> dict[Key, str]:
    columns = (FeedBaseline.table_name, FeedBaseline.record_id, FeedBaseline.digest)
    rows = connection.execute(select(*columns).where(FeedBaseline.feed_id == feed))
    return {(row.table_name, row.record_id): row.digest for row in rows}


def _hold(sides: _Sides, found: FeedRecords) -> None:
    """Take everything out of the comparison that must stay as it is, on both sides."""
    needed = _needed_here(sides)
    for key in [key for table, key in sides.baseline if table == "services"]:
        here, there = sides.database.get(("services", key)), sides.wanted.get(("services", key))
        if here is None:
            sides.held[key] = "was deleted here"
        elif key in found.refused:
            sides.held[key] = "cannot be read in the feed any more"
        elif digest(here) != sides.baseline["services", key] and here != there:
            sides.held[key] = "was edited here"
        elif there is None and key in needed:
            sides.held[key] = "is gone from the feed, but it is used or was edited here"
    stays = _belongings(sides.held, sides.wanted, sides.database) | _belongings(
        sides.held, sides.database, sides.database
    )
    sides.wanted = {key: record for key, record in sides.wanted.items() if key not in stays}
    _drop_the_unneeded(sides.wanted)
    sides.baseline = {key: value for key, value in sides.baseline.items() if key not in stays}


def _needed_here(sides: _Sides) -> set[str]:
    """Services to which answers, contacts of cities, or parts that were written or edited here point."""
    return {
        service
        for key, record in sides.database.items()
        if digest(record) != sides.baseline.get(key)
        for table, service in references(key, record)
        if table == "services"
    }


def _belongings(services: Iterable[str], records: Records, database: Records) -> set[Key]:
    """The keys of services and of their parts, and of the places and organizations of theirs that are there already."""
    held = set(services)
    found = {("services", key) for key in held}
    for key, record in records.items():
        if key in found or record.get("service_id") in held:
            found.add(key)
            found |= {
                other
                for other in references(key, record)
                if other in database and other[0] in ("locations", "organizations")
            }
    return found


def _drop_the_unneeded(wanted: Records) -> None:
    """Places and organizations that no service of the feed names any more, because their services are held."""
    needed = {key for owner, record in wanted.items() for key in references(owner, record)}
    for key in [key for key in wanted if key[0] in ("locations", "organizations") and key not in needed]:
        del wanted[key]


def _refuse_to_lose_many(plan: Merge, baseline: dict[Key, str]) -> None:
    gone = sum(table == "services" for table, _ in plan.remove)
    known = sum(table == "services" for table, _ in baseline)
    if gone > FEW and gone > known * MOST_GONE:
        raise FeedError(
            f"{gone} of {known} services are missing in the feed, which looks like a broken feed; nothing was changed. "
            "If they are really gone, run the same again with --remove-many."
        )


def _kept(plan: Merge, sides: _Sides) -> Iterator[str]:
    """What stayed as it is here although the feed says something else, and why."""
    yield from (f"services/{key}: {reason}; it stays as it is." for key, reason in sides.held.items())
    for key in plan.kept & (sides.wanted.keys() | sides.baseline.keys()):
        here, there = sides.database.get(key), sides.wanted.get(key)
        if here is None:
            yield f"{shown_key(key)}: was deleted here; it stays deleted."
        elif there is None:
            reason = "was edited here" if digest(here) != sides.baseline.get(key) else "is still used here"
            yield f"{shown_key(key)}: is gone from the feed, but {reason}; it stays."
        else:
            yield f"{shown_key(key)}: {_difference(here, there)}; it stays as it is here."


def _difference(here: Record, there: Record) -> str:
    parts = [f'{name} here "{here[name]}", in the feed "{there[name]}"' for name in there if here[name] != there[name]]
    return "; ".join(parts)
