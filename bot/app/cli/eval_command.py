"""`desk eval`: how well the desk understands files of messages, and the gate that this makes for every language."""

import asyncio
import json
from pathlib import Path
from typing import TextIO

import click

from bot.app.evaluation import Case, Result, evaluate, read_cases
from bot.app.evaluation_report import report
from bot.app.figures import summarise
from bot.app.gate import FLOORS, judge, read_floors, short_of, write_rows
from bot.app.session import ready_desk
from bot.app.settings import read_settings
from bot.dialogue.basic_help import VERDICTS
from bot.dialogue.front_desk import FrontDesk

SCREEN = "<stdout>"  # how the file is named that click makes of "-"
AT_ONCE = 128  # sentences encoded between two steps of the progress bar


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json",
    "as_json",
    type=click.File("w", encoding="utf-8", lazy=False),  # a file that cannot be written is told before the long part
    help="Write all figures as JSON into this file; with - on the screen, in the place of the tables.",
)
@click.option("--show-misses", is_flag=True, help="List each message whose first reading was wrong.")
@click.option("--gate", is_flag=True, help="Write nlu/languages.csv: full or basic help for each language.")
def command(files: tuple[Path, ...], as_json: TextIO | None, show_misses: bool, gate: bool) -> None:
    """Put every message of FILES through the whole desk and report how it understood them.

    A line of a file is {"text": ..., "lang": ..., "expect": ..., "also_ok": [...], "kind": ..., "script": ...}. `expect`
    is an answer id such as housing/rent_room, emergency/<group>, greet, thanks, change_language, talk_to_human,
    forget_me or out_of_scope. Of a line of the kind "language" only the language is judged.

    Help is measured as if it were full in every language, so that a language can leave basic help again.
    """
    settings = read_settings()
    floors = read_floors(settings.home / FLOORS) if gate else {}
    cases = [case for path in files for case in read_cases(path)]
    with ready_desk(settings) as desk:
        results = _ask(desk, cases)
        rows = judge(results, desk.phrases.languages, floors) if gate else []
    summary = summarise(results)
    if as_json:
        json.dump(summary, as_json, ensure_ascii=False, indent=2)
        as_json.write("\n")
    if not as_json or as_json.name != SCREEN:
        for line in report(summary):
            click.echo(line)
    if show_misses:
        _show_misses(results)
    if gate:
        write_rows(settings.home / VERDICTS, rows)
        _show_verdicts(rows, floors)


def _ask(desk: FrontDesk, cases: list[Case]) -> list[Result]:
    desk.basic_help.languages = frozenset()
    _encode(desk, [case.text for case in cases])
    bar = click.progressbar(length=len(cases), label="Asking   ", file=click.get_text_stream("stderr"))
    with bar:
        return asyncio.run(evaluate(desk, cases, lambda done: bar.update(done - bar.pos)))


def _encode(desk: FrontDesk, texts: list[str]) -> None:
    """Encode all messages in batches on all cores; asked one by one later, the desk finds their vectors ready."""
    bar = click.progressbar(length=len(texts), label="Encoding ", file=click.get_text_stream("stderr"))
    with bar:
        for start in range(0, len(texts), AT_ONCE):
            desk.engine.make_ready(texts[start : start + AT_ONCE], keep=len(texts))
            bar.update(min(AT_ONCE, len(texts) - start))


def _show_misses(results: list[Result]) -> None:
    for result in results:
        if result.case.is_judged and not result.first_right:
            got = ", ".join(result.labels) or "nothing"
            click.echo(f"{result.case.lang}\t{result.case.expect}\t{result.outcome}: {got}\t{result.case.text}")


def _show_verdicts(rows: list[dict[str, str]], floors: dict[str, float]) -> None:
    click.echo(f"\n{VERDICTS} is written.")
    for row in rows:
        why = "; ".join(short_of(row, floors))
        click.echo(f"  {row['language']:8}{row['help']}" + (f" ({why})" if why else ""))
