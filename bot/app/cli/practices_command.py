"""`desk practices`: good ideas of other cities, by words, theme and place."""

import click

from bot.app.settings import read_settings
from bot.app.wiring import open_store
from bot.content.pack.tables import THEMES
from bot.content.records import Practice
from bot.skills.practices import find_practices

NOT_TOLD = "not told in the source"


@click.command()
@click.argument("words", nargs=-1)
@click.option("--theme", type=click.Choice(THEMES), help="Only this theme.")
@click.option("--city", default="", metavar="NAME", help="Only this city; a small slip in the name is forgiven.")
@click.option("--country", default="", metavar="NAME", help="Only this country.")
def command(words: tuple[str, ...], theme: str | None, city: str, country: str) -> None:
    """Find good ideas of other cities; WORDS: any words, such as orientation desk. Without words: all.

    Ideas stand in services_data/practices.csv; they show here after `desk content import`.
    """
    with open_store(read_settings()) as store:
        practices = store.content().practices
    if not practices:
        raise click.ClickException("There are no ideas in the database yet. Run `desk content import` first.")
    found = find_practices(practices.values(), " ".join(words), city, country, theme or "")
    if not found:
        click.echo("No idea fits. Try fewer words, or leave out the theme, the city or the country.")
        return
    for practice in found:
        click.echo(_shown(practice) + "\n")
    click.echo(f"{len(found)} of {len(practices)} ideas.")


def _shown(practice: Practice) -> str:
    source = f"{practice.source} {practice.source_url}".strip()
    when = f", {practice.year}" if practice.year else ""
    return "\n".join(
        (
            click.style(practice.title, bold=True),
            f"  {practice.city}, {practice.country} ({practice.theme}{when})",
            f"  {practice.what}",
            f"  Signs that it works: {practice.evidence or NOT_TOLD}",
            f"  Whom to ask: {practice.contact or NOT_TOLD}",
            f"  Source: {source}",
        )
    )
