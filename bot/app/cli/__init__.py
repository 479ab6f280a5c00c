"""The command line: one module a command, loaded when it is called. `desk --help` is meant to teach the desk."""

import importlib
import sys

import click

from bot.errors import DeskError

COMMANDS = {
    "up": "Set everything up and run the desk.",
    "chat": "Talk to the desk here in the console.",
    "ask": "Ask one question.",
    "train": "Train the assistant on the present examples.",
    "check": "Check all that volunteers edit.",
    "content": "Move the content pack in and out of the database.",
    "services": "Find services, as the desk finds them for people.",
    "review": "See what to look at again, and confirm what is right.",
    "places": "Import postcodes, and look places up.",
    "feed": "Check an Open Referral feed, or take services in.",
    "practices": "Find good ideas of other cities.",
    "unanswered": "Read the questions that the desk could not answer.",
    "translations": "Keep the translation files in step with the English texts.",
    "eval": "Measure how well the desk understands.",
    "bench": "Measure how fast the desk is.",
    "test": "Run the project's tests.",
    "actions": "Serve the actions to `rasa shell`.",
}


class DeskGroup(click.Group):
    """Loads a command's module only when it is needed, and prints each DeskError as one plain sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return importlib.import_module(f"bot.app.cli.{name}_command").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=DeskGroup, epilog="Start with `desk up`. Each command has its own --help. Settings: docs/settings.md.")
@click.version_option(package_name="orientation-desk", prog_name="desk")
def desk() -> None:
    """The orientation desk for newcomers: questions in their language, checked answers, real services."""


def main() -> None:
    """Run the command line; a DeskError ends it with its sentence on the error stream and its exit code."""
    try:
        desk.main(standalone_mode=False)
    except DeskError as error:
        click.echo(f"\n{error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped.", err=True)
        sys.exit(130)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
