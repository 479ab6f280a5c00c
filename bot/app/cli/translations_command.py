"""`desk translations`: keep the catalogues in step with the English texts."""

import click

from bot.app.settings import read_settings
from bot.skills.extraction import update_catalogues


@click.group()
def command() -> None:
    """Keep the translation files in step with the English texts."""


@command.command()
def update() -> None:
    """Collect all English texts into translations/*.pot and add new ones to every language's .po files."""
    home = read_settings().home
    changed = update_catalogues(home)
    for path in changed:
        click.echo(path.relative_to(home))
    click.echo(f"{len(changed)} files changed." if changed else "All files are up to date.")
