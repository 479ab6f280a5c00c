"""`desk up`: from an empty machine to a running desk."""

import asyncio
import signal
import sys

import click

from bot.app.server import reserve_port, serve
from bot.app.setting_up import set_up_model, set_up_store
from bot.app.settings import read_settings
from bot.app.wiring import build_desk, load_assistant, open_to_people, watch_models


@click.command()
@click.option("--host", help="Address to listen on. Default: this machine only.")
@click.option("--port", type=int, help="Port of the web page.")
def command(host: str | None, port: int | None) -> None:
    """Create the database, load the content, train the assistant if needed, and run the desk until Ctrl-C.

    Safe to run again at any time: what is there is used, what changed is renewed, and edits are never overwritten.
    """
    # Until the desk is open nothing is under way: a stop may end the set-up at once.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = read_settings(**given)
    with reserve_port(settings) as listening:  # first, because it fails at once and costs nothing
        click.echo("Setting up the desk.")
        store = set_up_store(settings, lambda line: click.echo(f"[1/3] {line}"))
        try:
            model = set_up_model(settings, lambda line: click.echo(f"[2/3] {line}"))
            desk = build_desk(settings, store)
            open_to_people(settings, desk)
            click.echo("[3/3] Loading the assistant.")
            watch = watch_models(settings, desk, model, click.echo)
            load_assistant(settings, desk, model)
            asyncio.run(serve(settings, desk, store, listening, click.echo, watch=watch))
        finally:
            store.close()
    click.echo("The desk is closed. Nothing was lost.")
