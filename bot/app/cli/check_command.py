"""`desk check`: every fault in what volunteers edit, all at once, and how many notes there are besides."""

import sys
from datetime import datetime

import click

from bot.app.check_notes import notes_on_pack
from bot.app.checking import check_everything
from bot.app.settings import read_settings
from bot.skills.opening_hours import london


@click.command()
@click.option("--notes", is_flag=True, help="Show what is no fault, but could be better, such as times in words alone.")
def command(notes: bool) -> None:
    """Check services_data/, nlu/ and translations/. Prints file, line, field and what to do; ends with 1 if a fault is found."""
    home = read_settings().home
    faults = check_everything(home)
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo(f"\n{len(faults)} faults. Nothing was changed.", err=True)
        sys.exit(1)
    click.echo("No faults found.")
    _tell(notes_on_pack(home, datetime.now(london()).date()), notes)


def _tell(found: list[str], in_full: bool) -> None:
    """Notes leave the exit code as it is."""
    if in_full:
        for note in found:
            click.echo(note)
    elif found:
        click.echo(f"Notes, which are no faults: {len(found)}. `desk check --notes` shows them.")
