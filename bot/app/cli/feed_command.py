"""`desk feed`: Open Referral feeds, our own and those of neighbours. The work itself is done elsewhere."""

import random
import sys
from datetime import date
from pathlib import Path

import click
import httpx

from bot.app.feeds.schemas import official_schemas, own_schemas
from bot.app.feeds.taking_in import feed_reader, feed_source, read_documents, take_in
from bot.app.feeds.validator import FeedReport, check_feed
from bot.app.settings import read_settings
from bot.app.wiring import open_store
from bot.content.feeds.importing import FeedPlan, known_feeds

SECONDS = 60  # how long one request may take
MOST_SHOWN = 15  # lines of each kind, unless all are asked for


@click.group()
def command() -> None:
    """Check an Open Referral feed, or take a neighbour's services in."""


@command.command("check")
@click.argument("url")
@click.option(
    "--schemas",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the standard's openapi.json and schemas. Without it, the desk's own are used.",
)
def check_command(url: str, folder: Path | None) -> None:
    """Check the feed whose first page is URL, such as https://desk.example/oruk/v3. Ends with 1 if it is not valid."""
    if not url.startswith(("https://", "http://")):
        raise click.UsageError("Give the whole address, with https:// in front.")
    schemas = official_schemas(folder) if folder else own_schemas()
    with httpx.Client(timeout=SECONDS, follow_redirects=True) as client:
        report = check_feed(url, client, schemas, today=date.today(), chance=random.Random())
    _tell(report)
    if report.of("error"):
        sys.exit(1)


def _tell(report: FeedReport) -> None:
    for finding in report.findings:
        click.echo(f"{finding.kind}: {finding.address}: {finding.text}")
    slowest = max(report.seconds, default=0)
    click.echo(
        f"{len(report.of('error'))} errors, {len(report.of('warning'))} warnings. {report.records} records held against "
        f"the schemas in {len(report.seconds)} requests; mean {report.mean:.3f} s, slowest {slowest:.3f} s."
    )


@command.command("import")
@click.argument("name")
@click.option("--file", "file", type=click.Path(path_type=Path), help="A file with the feed, as JSON.")
@click.option("--url", default="", help="The address of the feed's API. Its host must be in DESK_FEED_HOSTS.")
@click.option("--licence", default="", help="Under which licence its publisher gives the data. Remembered.")
@click.option("--apply", is_flag=True, help="Do it. Without this, only what would happen is shown.")
@click.option("--remove-many", is_flag=True, help="Go on although many services are missing in the feed.")
@click.option("--again", is_flag=True, help="Read all pages anew, not from an earlier run of today.")
@click.option("--all", "everything", is_flag=True, help="Show every line.")
def import_command(
    name: str, file: Path | None, url: str, licence: str, apply: bool, remove_many: bool, again: bool, everything: bool
) -> None:
    """Take the services of a neighbour's Open Referral feed in. NAME: a short name for it; ids begin with it.

    Nothing that people edited here is touched. Nobody here has checked what comes in, and people are told so.
    """
    if (file is None) == (not url):
        raise click.UsageError("Give either --file or --url.")
    settings = read_settings()
    store = open_store(settings)
    try:
        source = feed_source(store, name, url, licence)
        reader = feed_reader(settings, name)
        if again:
            reader.forget()
        documents = read_documents(file, url, reader, _show_pages)
        plan = take_in(store, documents, source, apply, remove_many)
    finally:
        store.close()
    if apply:
        reader.forget()
    _show_plan(plan, None if everything else MOST_SHOWN)
    click.echo(f"{plan}." if apply else f"{plan}. Nothing was written; add --apply to do it.")


@command.command("list")
def list_command() -> None:
    """Show the feeds that were taken in, with the day and the licence."""
    store = open_store(read_settings())
    try:
        feeds = known_feeds(store)
    finally:
        store.close()
    for feed in feeds:
        place = feed.url or "from a file"
        click.echo(f"{feed.name}: {feed.services} services, {feed.last_run:%Y-%m-%d}, {feed.licence}, {place}")
    if not feeds:
        click.echo("No feed was taken in yet.")


def _show_pages(done: int, total: int) -> None:
    click.echo(f"  page {done} of {total}", err=True)


def _show_plan(plan: FeedPlan, most: int | None) -> None:
    remarks: dict[str, list[str]] = {}
    for remark in plan.remarks:
        remarks.setdefault(remark.kind, []).append(str(remark))
    groups = {
        name: sorted(getattr(plan, name), key=lambda line: not line.startswith("services/"))
        for name in ("added", "changed", "removed", "kept")
    }
    for name, lines in [*groups.items(), *remarks.items(), ("perhaps here already", plan.duplicates)]:
        if not lines:
            continue
        click.echo(f"{name} ({len(lines)}):")
        for line in lines[:most]:
            click.echo(f"  {line}")
        if most is not None and len(lines) > most:
            click.echo(f"  and {len(lines) - most} more; --all shows them")
