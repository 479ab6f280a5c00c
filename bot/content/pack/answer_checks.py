"""The rules that answers must keep. Reading their files is in answer_files.py."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.content import field_rules as rules
from bot.content.faults import Fault
from bot.content.pack.answer_files import POINTS, Entry

Ids = dict[str, set[str]]


def check_answers(entries: list[Entry], ids: Ids) -> list[Fault]:
    """The faults of all answers. `ids` has the known ids by table; what points to a table not named is not checked."""
    faults: list[Fault] = []
    first: dict[str, Entry] = {}
    for entry in entries:
        key = entry.record["id"]
        if key in first:
            other = first[key]
            message = f'"{key}" stands in {other.file}:{other.line} already. Give each answer its own id.'
            faults.append(Fault(entry.file, entry.line_of("id"), "id", message))
        elif key:
            first[key] = entry
        faults += [
            Fault(entry.file, entry.line_of(path), path.partition(".")[0], message)
            for path, message in _check_entry(entry, ids)
        ]
    return faults


def _check_entry(entry: Entry, ids: Ids) -> Iterator[tuple[str, str]]:
    record = entry.record
    yield from _check_id(entry, ids)
    if not record["question"]:
        yield "question", "is empty. Write the question as a person asks it."
    if not record["points"]:
        yield "points", "are missing. An answer needs at least one point."
    for name in POINTS:
        for index, point in enumerate(record[name]):
            yield from _check_point(point, f"{name}.{index}", ids)
    yield from _check_list("audience", record["audience"], set(rules.AUDIENCES), "Use " + ", ".join(rules.AUDIENCES))
    yield from _check_list("services", record["services"], ids.get("services"), "Correct it, or add it to services.csv")
    yield from _check_list("sources", record["sources"], ids.get("sources"), "Correct it, or add it to sources.csv")
    if not record["audience"]:
        yield "audience", "is missing. Write [ALL], or the codes of those whom the answer is for."
    if message := rules.one_of(*rules.COLOURS)(record["review_colour"]):
        yield "review_colour", message
    if record["assured_date"] and (message := rules.past_day(record["assured_date"])):
        yield "assured_date", message


def _check_id(entry: Entry, ids: Ids) -> Iterator[tuple[str, str]]:
    key, topic = entry.record["id"], PurePosixPath(entry.file).stem
    if topic not in ids.get("taxonomy_terms", {topic}):
        yield "", f'its file has the name of an unknown topic, "{topic}". Rename it, or add it to taxonomy_terms.csv.'
    if not key:
        yield "id", "is missing. Write the topic, a stroke and a short name, such as housing/rent_room."
    elif message := rules.answer_id_form(key):
        yield "id", message
    elif not key.startswith(topic + "/"):
        yield "id", f'"{key}" does not start with "{topic}/". Move the answer to the file of its topic.'


def _check_point(point: dict, path: str, ids: Ids) -> Iterator[tuple[str, str]]:
    if not point["text"]:
        yield path, "has an empty entry. Write its text, or delete it."
    if point["city"] and point["city"] not in ids.get("cities", {point["city"]}):
        known = ", ".join(sorted(ids["cities"]))
        yield f"{path}.city", f'has the unknown city "{point["city"]}". Use one of: {known}.'
    groups = [code for code in rules.AUDIENCES if code != "ALL"]  # a line for everybody needs no audience
    advice = f"Use {', '.join(groups)} here, or leave audience out where the line is for everybody"
    for _, message in _check_list("audience", point.get("audience", []), set(groups), advice):
        yield f"{path}.audience", message


def _check_list(name: str, items: list[str], known: set[str] | None, advice: str) -> Iterator[tuple[str, str]]:
    for item in items:
        if known is not None and item not in known:
            yield name, f'"{item}" is not known. {advice}.'
        elif items.count(item) > 1:
            yield name, f'"{item}" stands twice. Keep one of the two.'
