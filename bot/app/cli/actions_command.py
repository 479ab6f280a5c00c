"""`desk actions`: the same actions over HTTP, for the ordinary `rasa shell` and `rasa run`."""

import click

from bot.app.server import serve_actions
from bot.app.settings import read_settings


@click.command()
@click.option("--port", default=5055, show_default=True, help="Port on this machine; nlu/endpoints.yml names it.")
def command(port: int) -> None:
    """Serve the actions to `rasa shell` in another window. On this machine only."""
    serve_actions(read_settings(), port, click.echo)
