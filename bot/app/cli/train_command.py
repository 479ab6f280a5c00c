"""`desk train`: make a model for the present data."""

import time

import click

from bot.app.settings import read_settings
from bot.dialogue.training import mark_as_newest, model_state, train


@click.command()
@click.option("--force", is_flag=True, help="Train even if the model at hand fits.")
def command(force: bool) -> None:
    """Train the assistant on domain.yml and nlu/. Without changes there is nothing to do."""
    settings = read_settings()
    state = model_state(settings.home, settings.models)
    if state.exists and not force:
        mark_as_newest(state.path)
        click.echo(f"The model {state.path.name} fits the present data. Use --force to train it anew.")
        return
    click.echo(f"Training, because {state.reason or 'you asked for it'}.")
    started = time.monotonic()
    path = train(
        settings.home, settings.models, lambda step: click.echo(f"  {time.monotonic() - started:5.0f} s  {step}")
    )
    click.echo(f"Trained {path.name} in {time.monotonic() - started:.0f} s.")
