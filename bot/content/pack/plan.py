"""What an import would do, as people read it before they say yes. Nothing is compared or written here."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.duplicates import Duplicate
from bot.content.faults import Fault
from bot.content.pack.merging import Conflict, Merge, shown_key
from bot.content.pack.records import Key, Record, Records

LONGEST = 120  # signs of a value that are shown


@dataclass(frozen=True)
class FieldChange:
    """One field of a record, before and after."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        """For example: name: "NHS 111" -> "NHS one one one"."""
        return f'{self.field}: "{_short(self.before)}" -> "{_short(self.after)}"'


@dataclass(frozen=True)
class RecordChange:
    """A record, such as "services/nhs-111", with all fields that would change."""

    record: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What would happen. It can be carried out only while the content still has the same `revision`.

    refused: faults; conflicts: records edited on both sides. While there are any, nothing can be imported.
    kept: records that stay as the database has them; those of them in `needed` were not edited there, but other records
    point to them. untouched: tables that the source does not have, and that stay as they are. duplicates: services to
    come that may be there already under another id.
    """

    revision: int
    added: tuple[str, ...] = ()
    changed: tuple[RecordChange, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    refused: tuple[Fault, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    untouched: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    # What is needed to carry it out.
    merge: Merge = field(default_factory=Merge, repr=False)
    answers: tuple[str, ...] = field(default=(), repr=False)  # their ids in the order that people see
    baseline: Mapping[Key, str] | None = field(default=None, repr=False)  # None: the source is not the pack itself

    @property
    def changes_something(self) -> bool:
        """Whether anything would be added, changed or removed."""
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        """One line of counts."""
        counted = ("added", "changed", "removed", "unchanged", "kept", "refused")
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in counted)
        return f"{counts}, {len(self.conflicts)} in conflict{still_needed(self.needed)}"


def still_needed(needed: Collection[str]) -> str:
    """Words behind the counts: how many of the kept records nobody edited; "" where that is none."""
    return f" ({len(needed)} kept only because other records point to them)" if needed else ""


def merge_plan(merge: Merge, stored: Records, **more: Any) -> ImportPlan:
    """The plan of a merge; `stored` has the records before it, `more` the other fields of the plan."""
    changed = (RecordChange(shown_key(key), _differences(stored[key], merge.put[key])) for key in sorted(merge.changed))
    return ImportPlan(
        added=_shown(merge.added),
        changed=tuple(changed),
        removed=_shown(merge.remove),
        unchanged=_shown(merge.unchanged),
        kept=_shown(merge.kept),
        needed=_shown(merge.needed),
        conflicts=tuple(merge.conflicts),
        merge=merge,
        **more,
    )


def _shown(keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(sorted(shown_key(key) for key in keys))


def _differences(before: Record, after: Record) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, _text(before.get(name)), _text(value))
        for name, value in after.items()
        if value != before.get(name)
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _short(text: str) -> str:
    line = text.replace("\n", " / ")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def plan_lines(plan: ImportPlan, most: int = 10) -> Iterator[str]:
    """The plan in lines for people: the counts, then the first `most` of each kind."""
    yield f"This import: {plan}."
    yield from _listed("Refused", [str(fault) for fault in plan.refused], most)
    yield from _listed("Edited on both sides", [str(conflict) for conflict in plan.conflicts], most)
    yield from _listed("To be removed", plan.removed, most)
    changed = [f"{change.record}: {'; '.join(str(one) for one in change.fields)}" for change in plan.changed]
    yield from _listed("To be changed", changed, most)
    yield from _listed("To be added", plan.added, most)
    edited = sorted(set(plan.kept) - set(plan.needed))
    yield from _listed("Kept as the database has it, because it was edited there", edited, most)
    yield from _listed("Kept, because other records still point to it", plan.needed, most)
    doubles = [str(pair) for pair in plan.duplicates]
    yield from _listed("Perhaps there already under another id (nothing is merged)", doubles, most)
    if plan.untouched:
        yield f"Not in this file, and left as they are: {', '.join(plan.untouched)}."


def _listed(title: str, lines: Iterable[str], most: int) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:most])
        if len(lines) > most:
            yield f"  ... and {len(lines) - most} more."
