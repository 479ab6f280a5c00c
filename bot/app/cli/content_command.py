"""`desk content`: the pack in services_data/ and the database, both ways; and services that are there twice."""

import sys
from pathlib import Path

import click

from bot.app.settings import read_settings
from bot.app.wiring import open_store, pack_folder
from bot.content.completeness import completeness
from bot.content.packs import (
    ImportReport,
    apply_import,
    check_plan,
    export_file,
    export_pack,
    import_pack,
    is_file,
    plan_import,
    plan_lines,
)
from bot.content.service_merge import list_duplicates, merge_services, plan_service_merge
from bot.content.store import Store

LOOK_FIRST = "Look at it with --dry-run, then run it again with --yes. Nothing was imported."


@click.group()
def command() -> None:
    """Move the content pack in and out of the database. Nothing is lost either way."""


@command.command("import")
@click.argument("source", metavar="[FROM]", required=False, type=click.Path(path_type=Path))
@click.option("--keep", type=click.Choice(["database", "pack"]), help="Which side wins where both were edited.")
@click.option(
    "--choose", multiple=True, metavar="RECORD=SIDE", help="The same for one record, as the conflict names it."
)
@click.option("--dry-run", is_flag=True, help="Only show what would be added, changed and removed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--show", default=10, show_default=True, metavar="N", help="So many of each kind are shown.")
def import_command(
    source: Path | None, keep: str | None, choose: tuple[str, ...], dry_run: bool, yes: bool, show: int
) -> None:
    """Bring a pack into the database, all or nothing. FROM: a folder, or an .xlsx or .json file; else services_data/.

    A file, and a folder that would remove something, is shown first, and you are asked.
    """
    choices = dict(_choice(each) for each in choose)
    settings = read_settings()
    source = source or pack_folder(settings)
    # A program that runs this cannot be asked; of the pack itself it always meant yes.
    if not (dry_run or yes or _can_ask()) and is_file(source):
        raise click.UsageError(LOOK_FIRST)  # a file was changed by somebody whom nobody has read yet
    with open_store(settings) as store:
        if dry_run:
            _show_plan(store, source, keep, choices, show)
            return
        if yes or not _can_ask():
            report = import_pack(store, source, keep, choices, _show_progress)
        else:
            report = _ask_and_import(store, source, keep, choices, show)
    click.echo(f"Imported: {report}")


def _show_plan(store: Store, source: Path, keep: str | None, choices: dict[str, str], show: int) -> None:
    plan = plan_import(store, source, keep, choices)
    check_plan(plan)
    click.echo("\n".join([*plan_lines(plan, show), "Nothing was imported: this was a dry run."]))


def _ask_and_import(store: Store, source: Path, keep: str | None, choices: dict[str, str], show: int) -> ImportReport:
    plan = plan_import(store, source, keep, choices)
    check_plan(plan)
    if plan.changes_something and (plan.removed or is_file(source)):
        click.echo("\n".join(plan_lines(plan, show)))
        click.confirm("Do it?", abort=True)
    return apply_import(store, plan, _show_progress)


@command.command("export")
@click.argument("target", metavar="[TO]", required=False, type=click.Path(path_type=Path))
@click.option("--to", "also", metavar="TO", type=click.Path(path_type=Path), help="The same as TO.")
def export_command(target: Path | None, also: Path | None) -> None:
    """Write the database's content as a pack. TO: a folder, or a name that ends in .xlsx or .json; else services_data/.

    The .xlsx file is for volunteers: a sheet a table. It has no answers. The .json file has everything.
    """
    if target and also:
        raise click.UsageError("Name only one place to write to.")
    settings = read_settings()
    target = target or also or pack_folder(settings)
    with open_store(settings) as store:
        if is_file(target):
            export_file(store, target)
            click.echo(f"Exported: {target}")
            return
        written = export_pack(store, target)
    click.echo(f"Exported: {len(written)} files differ from before." if written else "Exported: nothing differs.")


@command.command("duplicates")
def duplicates_command() -> None:
    """Show services that may be there twice: same number, page or place, and a like name. Nothing is changed."""
    with open_store(read_settings()) as store:
        pairs = list_duplicates(store)
    for pair in pairs:
        click.echo(str(pair))
    advice = "Look at both. `desk content merge KEEP DROP` makes one of two."
    click.echo(advice if pairs else "No service seems to be there twice.")


@command.command("merge")
@click.argument("keep")
@click.argument("drop")
@click.option("--yes", is_flag=True, help="Do not ask.")
def merge_command(keep: str, drop: str, yes: bool) -> None:
    """Make the service DROP part of the service KEEP, after showing what that means."""
    with open_store(read_settings()) as store:
        plan = plan_service_merge(store, keep, drop)
        click.echo(str(plan))
        if not yes:
            click.confirm("Do it?", abort=True)
        merge_services(store, plan)
    click.echo("Merged. `desk content export` writes it into the pack.")


@command.command("figures")
def figures_command() -> None:
    """Count how much is known of the services that are shown."""
    with open_store(read_settings()) as store:
        services = store.content().services.values()
    for name, count in completeness(services).items():
        click.echo(f"{count:5} of {len(services)}  {name}")


def _choice(text: str) -> tuple[str, str]:
    record, _, side = text.rpartition("=")
    if not record:
        raise click.UsageError(f"--choose {text}: write it as RECORD=database or RECORD=pack.")
    return record, side


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _show_progress(table: str, done: int, total: int) -> None:
    if total and done:
        click.echo(f"  {done}/{total} {table}", err=True)
