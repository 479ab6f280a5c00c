"""What volunteers should look at next: which records are due, in which order, what exactly to check, and where.

Plain functions over published content; confirming a record is in bot/content/reviews.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.content.records import Answer, Content, Provenance, Service
from bot.content.reports import KeptReport
from bot.skills.freshness import Freshness, State, freshness

NOBODY = "nobody yet"
SAFETY = "safety"  # the topic where a mistake can hurt most
TABLES = ("services", "answers")
# What the codes of reports mean, for volunteers.
REASON_WORDS = {
    "phone": "the phone does not work",
    "closed": "it is closed or moved",
    "times": "the times are wrong",
    "no_help": "it did not help, or was not for them",
    "wrong": "the answer is wrong",
    "other": "something else is wrong",
}
_COLOURS = {"RED": 0, "AMBER": 1, "GREEN": 2}
_STATES = (State.EXPIRED, State.NEVER, State.DUE, State.FRESH)


@dataclass(frozen=True)
class ReviewItem:
    """One record to look at.

    key: as the pack names it, "services/nhs-111". owner: NOBODY where no team keeps it. harmful: a mistake here can hurt
    somebody. reported: how often people said that it is wrong. check: what to look at, a sentence each. where: pages and
    telephone numbers to check it with.
    """

    key: str
    name: str
    owner: str
    colour: str
    freshness: Freshness
    harmful: bool
    reported: int
    check: tuple[str, ...]
    where: tuple[str, ...]


def review_items(content: Content, reports: Iterable[KeptReport], today: date) -> list[ReviewItem]:
    """All published records, the most harmful first: reported ones, then those near danger, then RED ones."""
    by_key: dict[str, list[KeptReport]] = {}
    for report in reports:
        by_key.setdefault(f"{report.table}/{report.record_id}", []).append(report)
    near_danger = _near_danger(content)
    items = [
        _item(f"{table}/{record.id}", record, by_key.get(f"{table}/{record.id}", []), near_danger, today)
        for table, records in (("services", content.services), ("answers", content.answers))
        for record in records.values()
    ]
    return sorted(items, key=_order)


def due_items(items: Iterable[ReviewItem], by: date, owner: str = "", table: str = "") -> list[ReviewItem]:
    """Those to look at by the day `by`; what was never looked at or is reported is always due. "": any owner, any table."""
    return [
        item
        for item in items
        if (not table or item.key.startswith(f"{table}/"))
        and (not owner or item.owner.casefold() == owner.casefold())
        and (item.reported or item.freshness.state is State.NEVER or _is_due(item.freshness, by))
    ]


def counts_by_owner(items: Iterable[ReviewItem], by: date) -> dict[str, Counter[str]]:
    """For each owner: "records", "due", "never", "expired" and "reported"; who has most due comes first."""
    counts: dict[str, Counter[str]] = {}
    for item in items:
        count = counts.setdefault(item.owner, Counter())
        count["records"] += 1
        count["due"] += bool(due_items([item], by))
        count["never"] += item.freshness.state is State.NEVER
        count["expired"] += item.freshness.state is State.EXPIRED
        count["reported"] += bool(item.reported)
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1]["due"], entry[0])))


def _item(
    key: str, record: Service | Answer, reports: list[KeptReport], near_danger: frozenset[str], today: date
) -> ReviewItem:
    source = record.provenance
    return ReviewItem(
        key=key,
        name=record.name if isinstance(record, Service) else record.question,
        owner=source.owner or NOBODY,
        colour=source.review_colour,
        freshness=freshness(source, today),
        harmful=key in near_danger,
        reported=sum(report.times for report in reports),
        check=tuple(_to_check(record, reports)),
        where=tuple(dict.fromkeys(_where(record, source))),
    )


def _near_danger(content: Content) -> frozenset[str]:
    """The keys of records that people in danger are sent to."""
    answers = [answer for answer in content.answers.values() if answer.topic == SAFETY]
    services = {service.id for service in content.services.values() if SAFETY in service.topics}
    services |= {each for answer in answers for each in answer.services}
    services |= {each for city in content.cities.values() for each in city.contacts} | set(content.everywhere_contacts)
    return frozenset((*(f"answers/{answer.id}" for answer in answers), *(f"services/{each}" for each in services)))


def _to_check(record: Service | Answer, reports: list[KeptReport]) -> Iterator[str]:
    reasons = Counter[str]()
    for report in reports:
        reasons[report.reason] += report.times
    yield from (f"People said: {REASON_WORDS[reason]} ({times} times)" for reason, times in reasons.most_common())
    if record.provenance.doubts:
        yield f"Doubt: {record.provenance.doubts}"
    if isinstance(record, Answer):
        points = (*record.points, *record.careful)
        yield from (f"Not checked: {point.text}" for point in points if not point.verified)
    elif any(schedule.doubtful for schedule in record.schedules):
        yield f"Times are shaky: {record.hours}"


def _where(record: Service | Answer, source: Provenance) -> Iterator[str]:
    if source.source_url:
        yield source.source_url
    if isinstance(record, Answer):
        yield from (each.url for each in record.sources if each.url)
        return
    if record.url:
        yield record.url
    yield from (phone.number for phone in record.phones)
    yield from record.emails


def _is_due(fresh: Freshness, by: date) -> bool:
    return fresh.due_on is not None and fresh.due_on <= by


def _order(item: ReviewItem) -> tuple:
    return (
        -item.reported,
        not item.harmful,
        _COLOURS.get(item.colour, 0),
        _STATES.index(item.freshness.state),
        item.freshness.due_on or date.min,
        item.key,
    )
