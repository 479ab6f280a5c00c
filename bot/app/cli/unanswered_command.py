"""`desk unanswered`: volunteers read, take along and tick off the questions that the desk could not answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app.settings import read_settings
from bot.app.unanswered_export import FORMATS, write_private
from bot.app.wiring import open_store
from bot.content.unanswered import REASONS, KeptQuestion

SHOWN_COLUMNS = ("No.", "Last asked", "Language", "Times", "Reason", "Question", "Nearest answers")


@click.group()
def command() -> None:
    """Read the questions that the desk could not answer, kept without the names and numbers that it found."""


def _which(function: Callable) -> Callable:
    """The options that say which questions are meant."""
    for option in (
        click.option("--language", metavar="CODE", help="Only this language, such as ar or fa-AF."),
        click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only those asked on this day or later."),
        click.option("--reason", type=click.Choice(REASONS), help="Only those kept for this reason."),
        click.option("--all", "resolved", is_flag=True, help="Resolved ones too."),
    ):
        function = option(function)
    return function


@command.command("list")
@_which
def list_command(language: str | None, since: datetime | None, reason: str | None, resolved: bool) -> None:
    """Show them as a table, those asked most often first."""
    questions = _read(language, since, reason, resolved)
    if not questions:
        click.echo("There are no such questions.")
        return
    table = Table()
    for name in SHOWN_COLUMNS:
        table.add_column(name, overflow="fold")  # an id that is cut off could not be used
    for question in questions:
        table.add_row(*(Text(cell) for cell in _cells(question)))  # as text: brackets are no mark-up here
    Console().print(table)
    click.echo(f"{len(questions)} questions. What to do with them: docs/for-volunteers/unanswered-questions.md")


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@_which
def export_command(
    file: Path, force: bool, language: str | None, since: datetime | None, reason: str | None, resolved: bool
) -> None:
    """Write them into FILE, whose name ends in .csv or .jsonl. Only you can read the file; delete it after use."""
    if file.suffix not in FORMATS:
        raise click.UsageError(f"{file.name}: give the file a name that ends in {' or '.join(FORMATS)}.")
    if file.exists() and not force:
        raise click.ClickException(f"{file} is there already. Give another name, or --force to write over it.")
    questions = _read(language, since, reason, resolved)
    try:
        write_private(file, FORMATS[file.suffix](questions))
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written ({error.strerror}). Give another name.") from error
    click.echo(f"Exported: {len(questions)} questions.")


@command.command("resolve")
@click.argument("number", type=int)
@click.option("--answer", metavar="TOPIC/NAME", help="The answer that now answers it.")
@click.option("--note", metavar="TEXT", help="Why it needs no answer, in a few words.")
def resolve_command(number: int, answer: str | None, note: str | None) -> None:
    """Tick off a question by the NUMBER that the list shows. It is deleted 30 days later."""
    if bool(answer) == bool(note):
        raise click.UsageError("Give either --answer TOPIC/NAME or --note TEXT.")
    with open_store(read_settings()) as store:
        if answer and answer not in store.content().answers:
            raise click.ClickException(
                f"There is no answer {answer}. Look for its id in services_data/answers/, and run `desk content import` "
                "where it is new."
            )
        store.resolve_question(number, answer or note, datetime.now(UTC).date())
    click.echo(f"Question {number} is resolved.")


def _read(language: str | None, since: datetime | None, reason: str | None, resolved: bool) -> list[KeptQuestion]:
    day: date | None = since.date() if since else None
    with open_store(read_settings()) as store:
        return store.questions(language=language, since=day, reason=reason, resolved=resolved)


def _cells(question: KeptQuestion) -> tuple[str, ...]:
    nearest = "\n".join(f"{answer} {confidence:.0%}" for answer, confidence in question.nearest)
    text = question.text if question.status == "open" else f"{question.text}\n(resolved: {question.resolved_by})"
    number, times = str(question.id), str(question.times)
    return number, question.asked_on.isoformat(), question.language, times, question.reason, text, nearest
