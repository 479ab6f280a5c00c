"""`desk chat`: the console."""

import asyncio

import click

from bot.app.session import ready_desk
from bot.app.settings import read_settings
from bot.channels.console import converse


@click.command()
@click.option("--language", help="Language to begin with, as a BCP 47 code such as ar.")
def command(language: str | None) -> None:
    """Talk to the desk. Type a question or the number of a button; Ctrl-D or two empty lines end it."""
    with ready_desk(read_settings()) as desk:
        asyncio.run(converse(desk, lambda: input("\n> "), click.echo, language))
    click.echo("Goodbye. Nothing of this talk was kept.")
