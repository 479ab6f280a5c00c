"""`desk bench`: how fast the desk is on this machine."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

import click

from bot.app.benchmark import measure
from bot.app.session import ready_desk
from bot.app.settings import read_settings


@click.command()
@click.option("--visits", default=32, show_default=True, help="Visits of 15 messages for each measurement.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def command(visits: int, as_json: bool) -> None:
    """Measure start-up, milliseconds a message, messages a second and memory, for the whole path without a network.

    Uses a database of its own in a temporary folder.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(database=f"sqlite:///{Path(folder) / 'bench.db'}")
        started = time.perf_counter()
        with ready_desk(settings) as desk:
            start_up = round(time.perf_counter() - started, 1)
            say = (lambda line: None) if as_json else (lambda line: click.echo(f"measuring: {line}", err=True))
            report = {"start_up_s": start_up, **asyncio.run(measure(desk, desk.engine.encoder, visits, say))}
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
