"""`desk bench`: how fast the desk is on this machine."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

import click

from bot.app.benchmark import measure
from bot.app.benchmark_directory import measure_directory
from bot.app.benchmark_places import measure_postcodes
from bot.app.session import ready_desk
from bot.app.settings import read_settings
from bot.app.wiring import open_store

GROWTH = (1_000, 10_000)  # measured on the way to the number that was asked for


@click.command()
@click.option("--visits", default=32, show_default=True, help="Visits of 15 messages for each measurement.")
@click.option(
    "--directory", "most", type=click.IntRange(1), help="Measure finding in so many made-up services instead."
)
@click.option("--postcodes", type=click.IntRange(1), help="Measure taking in and finding so many made-up postcodes.")
@click.option("--database", default="", help="With --directory: an empty PostgreSQL database to measure beside SQLite.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def command(visits: int, most: int | None, postcodes: int | None, database: str, as_json: bool) -> None:
    """Measure start-up, milliseconds a message, messages a second and memory, for the whole path without a network.

    Uses a database of its own in a temporary folder.
    """
    if most:
        _measure_directory(most, database, as_json)
    elif postcodes:
        _measure_postcodes(postcodes, as_json)
    else:
        _measure_conversations(visits, as_json)


def _measure_directory(most: int, database: str, as_json: bool) -> None:
    numbers = sorted({number for number in GROWTH if number < most} | {most})
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        for url in filter(None, (f"sqlite:///{Path(folder) / 'bench.db'}", database)):
            report[url.split(":")[0].split("+")[0]] = measure_directory(url, numbers, _say(as_json))
    if as_json:
        click.echo(json.dumps(report, indent=2))
        return
    for name, rows in report.items():
        for row in rows:
            kinds = ("text", "near", "full", "full_with_meaning")
            cells = (
                f"{kind.replace('_', ' ')} p50 {row[f'{kind}_ms']['p50']} p95 {row[f'{kind}_ms']['p95']}"
                for kind in kinds
            )
            click.echo(f"{name} {row['services']:>7,} services, index {row['index_s']} s; ms: {'; '.join(cells)}")


def _measure_postcodes(how_many: int, as_json: bool) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(read_settings(database=f"sqlite:///{Path(folder) / 'bench.db'}")) as store,
    ):
        report = measure_postcodes(store, Path(folder), how_many, _say(as_json))
    if as_json:
        click.echo(json.dumps(report, indent=2))
        return
    cells = (
        f"{kind.replace('_', ' ')} p50 {report[f'{kind}_ms']['p50']} p95 {report[f'{kind}_ms']['p95']}"
        for kind in ("postcode", "sector", "place_in_text")
    )
    click.echo(f"{report['postcodes']:,} postcodes in {report['import_s']} s; ms: {'; '.join(cells)}")


def _say(as_json: bool):
    return (lambda line: None) if as_json else (lambda line: click.echo(f"measuring: {line}", err=True))


def _measure_conversations(visits: int, as_json: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(database=f"sqlite:///{Path(folder) / 'bench.db'}")
        started = time.perf_counter()
        with ready_desk(settings) as desk:
            start_up = round(time.perf_counter() - started, 1)
            report = {"start_up_s": start_up, **asyncio.run(measure(desk, desk.engine.encoder, visits, _say(as_json)))}
    if as_json:
        click.echo(json.dumps(report, indent=2))
        return
    click.echo(
        f"start-up {report['start_up_s']} s (with an empty database), memory {report['memory_mb']} MB, "
        f"encoder alone p50 {report['encoder_alone_ms']['p50']} ms"
    )
    for at_once in (1, 8, 32):
        figures = report[f"conversations_{at_once}"]
        cells = ", ".join(
            f"{kind} p50 {figures[f'{kind}_ms']['p50']} p95 {figures[f'{kind}_ms']['p95']} ms"
            for kind in ("all", "text", "button")
        )
        click.echo(f"{at_once:>2} at once: {figures['messages_a_second']} messages/s; {cells}")
