"""`desk check`: every fault in what volunteers edit, all at once."""

import sys

import click

from bot.app.checking import check_everything
from bot.app.settings import read_settings


@click.command()
def command() -> None:
    """Check services_data/, nlu/ and translations/. Prints file, line, field and what to do; ends with 1 if a fault is found."""
    faults = check_everything(read_settings().home)
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo(f"\n{len(faults)} faults. Nothing was changed.", err=True)
        sys.exit(1)
    click.echo("No faults found.")
