"""`desk test`: the project's tests, as CI runs them."""

import subprocess
import sys

import click

from bot.app.settings import PROJECT


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--quick", is_flag=True, help="Only the unit tests: no model, no browser, under a minute.")
@click.argument("more", nargs=-1, type=click.UNPROCESSED)
def command(quick: bool, more: tuple[str, ...]) -> None:
    """Run the tests; further words go to pytest."""
    chosen = ["-m", "not slow and not browser and not model"] if quick else []
    sys.exit(subprocess.run([sys.executable, "-m", "pytest", *chosen, *more], cwd=PROJECT, check=False).returncode)
