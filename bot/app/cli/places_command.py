"""`desk places`: postcodes in, and what the desk understands of a place."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app.settings import read_settings
from bot.app.wiring import open_store
from bot.content.postcodes.importing import PostcodeReport, import_postcodes
from bot.skills.whereabouts import find_place


@click.group()
def command() -> None:
    """Import postcodes, and look places up. Without an import the desk knows the first halves of postcodes here."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_command(file: Path) -> None:
    """Take in all postcodes of FILE, in place of those before.

    FILE: the zip of Code-Point Open (Ordnance Survey) or of the ONS Postcode Directory as it was downloaded, or one CSV
    file out of it. People can go on using the desk meanwhile. If it is stopped, start it again: it goes on.
    """
    with open_store(read_settings()) as store:
        report = import_postcodes(store, file, datetime.now(UTC), _show_progress)
    click.echo(_told(report))
    click.echo(f"SHA-256 of the file: {report.checksum}")


@command.command("find")
@click.argument("words", nargs=-1, required=True)
def find_command(words: tuple[str, ...]) -> None:
    """Show which place the desk understands in WORDS, such as "b18 5" or "near coventary station"."""
    with open_store(read_settings()) as store:
        gazetteer = store.content().gazetteer
        if not gazetteer:
            raise click.ClickException("There are no places in the database yet. Run `desk content import` first.")
        place = find_place(" ".join(words), gazetteer, store.postcode)
    if place is None:
        click.echo("No place, or more than one.")
        return
    click.echo(f"{place.name} ({place.kind})")
    click.echo(f"{place.latitude:.4f}, {place.longitude:.4f}, right to about {place.exactness} metres")
    click.echo(f"Kept of a person: {place.outcode or 'nothing, it is too far away'}")


def _told(report: PostcodeReport) -> str:
    found = f"{report.postcodes:,} postcodes"
    if report.was_there:
        return f"This file is imported already: {found} ({report.kind})."
    again = (
        f" It went on after row {report.begun_at:,}, where an earlier import was stopped." if report.begun_at else ""
    )
    left_out = report.rows - report.postcodes
    return f"Imported: {found} ({report.kind}); {left_out:,} rows have no position, or no postcode in use.{again}"


def _show_progress(rows: int, share: float) -> None:
    click.echo(f"  {rows:,} rows, {share:.0%}", err=True)
