"""`desk review`: what volunteers should look at again, confirming what is still right, and what people reported."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app.review_export import as_csv
from bot.app.settings import read_settings
from bot.app.wiring import open_store
from bot.content.reviews import COLOURS, Confirmation, Confirmed
from bot.content.store import Store
from bot.skills.freshness import REVIEW_DAYS, freshness
from bot.skills.review_round import NOBODY, REASON_WORDS, TABLES, ReviewItem, counts_by_owner, due_items, review_items

DAY = click.DateTime(["%Y-%m-%d"])
SHOWN = 20
LONGEST_CELL = 300  # characters; the file has the whole text
_AFTER = ", ".join(f"{colour} after {days} days" for colour, days in REVIEW_DAYS.items())


@click.group()
def command() -> None:
    """See what must be looked at again, and confirm what is still right. More: docs/for-volunteers/keep-it-fresh.md"""


@command.command("due")
@click.option("--owner", default="", help=f'Only what this team keeps; "{NOBODY}" for what nobody keeps.')
@click.option("--by", type=DAY, help="What is due on this day or before; today if not given.")
@click.option("--table", type=click.Choice(TABLES), default=None, help="Only answers, or only services.")
@click.option("--most", type=click.IntRange(1), default=SHOWN, show_default=True, help="Show so many.")
@click.option(
    "--csv", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write all of them into this file."
)
def due_command(owner: str, by: datetime | None, table: str | None, most: int, file: Path | None) -> None:
    """List what to check, the most harmful first: reported, near danger, RED."""
    items = due_items(_items(), by.date() if by else _today(), owner, table or "")
    if file:
        _write(file, as_csv(items))
        click.echo(f"Written: {len(items)} records.")
        return
    if not items:
        click.echo("Nothing is due.")
        return
    _show(("Record", "Owner", "Last checked", "What to check", "Where"), [_due_cells(item) for item in items[:most]])
    rest = f" These are the first {most}; see more with --most, or all with --csv FILE." if len(items) > most else ""
    click.echo(f"{len(items)} records are due.{rest}")
    click.echo("Is one right? `desk review confirm RECORD`. Wrong? Mend it in services_data/ or in the database.")


@command.command("owners")
def owners_command() -> None:
    """Count for each team what it keeps and what is due."""
    names = ("records", "due", "never", "expired", "reported")
    counts = counts_by_owner(_items(), _today())
    heads = ("Owner", "Records", "Due", "Never checked", "Expired", "Reported")
    _show(heads, [(owner, *(str(count[name]) for name in names)) for owner, count in counts.items()])


@command.command("confirm")
@click.argument("record")
@click.option("--by", default="", metavar="TEAM", help="The team that looked; it becomes the owner where nobody is.")
@click.option("--on", type=DAY, help="The day somebody looked; today if not given.")
@click.option("--next", "next_on", type=DAY, help="When to look again; by the colour if not given.")
@click.option("--colour", type=click.Choice(COLOURS), help=f"How soon to look again: {_AFTER}.")
@click.option("--doubts-settled", is_flag=True, help="The open doubts are answered, and go.")
def confirm_command(
    record: str, by: str, on: datetime | None, next_on: datetime | None, colour: str | None, doubts_settled: bool
) -> None:
    """Say that RECORD, such as services/nhs-111, was checked by a person and is right."""
    day = on.date() if on else _today()
    if day > _today():
        raise click.UsageError("The day of the check lies in the future. Give the day on which somebody looked.")
    found = Confirmation(day, by.strip(), next_on.date() if next_on else None, colour or "", doubts_settled)
    with open_store(read_settings()) as store:
        confirmed = store.confirm_record(record, found)
        lines = list(_outcome(store, confirmed, day))
    click.echo("\n".join(lines))


@command.command("reports")
@click.option("--all", "resolved", is_flag=True, help="Closed ones too.")
def reports_command(resolved: bool) -> None:
    """List what people said is wrong, the newest first."""
    with open_store(read_settings()) as store:
        reports = store.reports(resolved=resolved)
    if not reports:
        click.echo("There are no such reports.")
        return
    rows = []
    for each in reports:
        told = (
            REASON_WORDS[each.reason]
            if each.resolved_on is None
            else f"{REASON_WORDS[each.reason]} (closed: {each.resolved_by})"
        )
        rows.append(
            (str(each.id), each.reported_on.isoformat(), f"{each.table}/{each.record_id}", told, str(each.times))
        )
    _show(("No.", "Day", "Record", "What is wrong", "Times"), rows)
    click.echo(
        "Looked at one? `desk review confirm RECORD` where the record is right; else mend it, and close the report."
    )


@command.command("close")
@click.argument("number", type=int)
@click.option("--note", required=True, metavar="TEXT", help="What came of it, in a few words.")
def close_command(number: int, note: str) -> None:
    """Close a report by the NUMBER that the list shows. It is deleted 30 days later."""
    with open_store(read_settings()) as store:
        store.close_report(number, note, _today())
    click.echo(f"Report {number} is closed.")


# ---- parts


def _today() -> date:
    return datetime.now(UTC).date()


def _items() -> list[ReviewItem]:
    with open_store(read_settings()) as store:
        return review_items(store.content(), store.reports(), _today())


def _outcome(store: Store, confirmed: Confirmed, day: date) -> Iterator[str]:
    """What a confirmation led to, line by line, and what readers still see."""
    yield f"{confirmed.key} ({confirmed.name}) is confirmed, checked on {day.isoformat()}."
    if confirmed.closed_reports:
        yield f"Reports closed: {confirmed.closed_reports}."
    content, (table, _, record_id) = store.content(), confirmed.key.partition("/")
    record = (content.services if table == "services" else content.answers).get(record_id)
    if record is None:
        yield "It is a draft or no longer running, so that people do not see it."
        return
    due_on = freshness(record.provenance, day).due_on
    yield f"Look again: {due_on.isoformat() if due_on else 'no day is set'}."
    if not record.provenance.verified and record.provenance.review_colour == "RED":
        yield "It is RED, so people still see “Not checked yet”. Is it steady? Confirm again with --colour AMBER or GREEN."
    elif not record.provenance.verified:
        yield "Its source is weak, so people still see “Not checked yet”. Write the page you looked at into its source."
    yield "Now run `desk content export`, which writes it into services_data/."


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror}). Give another name.") from error


def _show(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = Table(show_lines=True)
    for head in heads:
        table.add_column(head, overflow="fold")  # an id that is cut off could not be used
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # as text: brackets are no mark-up here
    Console().print(table)


def _due_cells(item: ReviewItem) -> tuple[str, ...]:
    checked = item.freshness.checked_on
    last = f"{checked.isoformat()} ({item.freshness.state.value})" if checked else "never"
    marks = [
        item.colour,
        *(["near danger"] if item.harmful else []),
        *([f"reported {item.reported}"] * bool(item.reported)),
    ]
    check = "\n".join(item.check) or "Phone, place, times, who it is for."
    return f"{item.key}\n{item.name}", item.owner, f"{last}\n{', '.join(marks)}", _short(check), "\n".join(item.where)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
