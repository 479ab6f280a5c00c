"""`desk content`: the pack in services_data/ and the database, both ways."""

from pathlib import Path

import click

from bot.app.settings import read_settings
from bot.app.wiring import open_store, pack_folder
from bot.content.packs import export_pack, import_pack


@click.group()
def command() -> None:
    """Move the content pack in and out of the database. Nothing is lost either way."""


@command.command("import")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--keep", type=click.Choice(["database", "pack"]), help="Which side wins where both were edited.")
@click.option(
    "--choose", multiple=True, metavar="RECORD=SIDE", help="The same for one record, as the conflict names it."
)
def import_command(folder: Path | None, keep: str | None, choose: tuple[str, ...]) -> None:
    """Bring a pack into the database, all or nothing. FOLDER: services_data/ if not given."""
    choices = dict(_choice(each) for each in choose)
    settings = read_settings()
    store = open_store(settings)
    try:
        report = import_pack(store, folder or pack_folder(settings), keep, choices, _show_progress)
    finally:
        store.close()
    click.echo(f"Imported: {report}")


@command.command("export")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def export_command(folder: Path | None) -> None:
    """Write the database's content as a pack. FOLDER: services_data/ if not given."""
    settings = read_settings()
    store = open_store(settings)
    try:
        written = export_pack(store, folder or pack_folder(settings))
    finally:
        store.close()
    click.echo(f"Exported: {len(written)} files differ from before." if written else "Exported: nothing differs.")


def _choice(text: str) -> tuple[str, str]:
    record, _, side = text.rpartition("=")
    if not record:
        raise click.UsageError(f"--choose {text}: write it as RECORD=database or RECORD=pack.")
    return record, side


def _show_progress(table: str, done: int, total: int) -> None:
    if total and done:
        click.echo(f"  {done}/{total} {table}", err=True)
