"""`desk eval`: how well the desk understands a file of messages."""

import asyncio
import json
from pathlib import Path
from typing import Any

import click

from bot.app.evaluation import evaluate, read_cases, summarise
from bot.app.session import ready_desk
from bot.app.settings import read_settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.option("--show-misses", is_flag=True, help="List each message whose first reading was wrong.")
def command(files: tuple[Path, ...], as_json: bool, show_misses: bool) -> None:
    """Put every message of FILES through the whole desk and report how it understood them.

    A line of a file is {"text": ..., "lang": ..., "expect": ..., "also_ok": [...]}. `expect` is an answer id such as
    housing/rent_room, emergency/<group>, greet, thanks, change_language, talk_to_human, forget_me or out_of_scope.
    """
    cases = [case for path in files for case in read_cases(path)]
    bar = click.progressbar(length=len(cases), label="Asking", file=click.get_text_stream("stderr"))
    with ready_desk(read_settings()) as desk, bar:
        results = asyncio.run(evaluate(desk, cases, lambda done: bar.update(done - bar.pos)))
    summary = summarise(results)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        _print(summary)
    if show_misses:
        for result in results:
            if result.case.expect and not result.first_right:
                got = ", ".join(result.labels) or "nothing"
                click.echo(f"{result.case.lang}\t{result.case.expect}\t{result.outcome}: {got}\t{result.case.text}")


def _print(summary: dict[str, Any]) -> None:
    click.echo(
        f"{'':24}{'messages':>9}{'top-1':>8}{'shown':>8}{'top-3':>8}{'topic':>8}{'language':>10}{'alarm':>8}{'false':>7}"
    )
    rows = [("all", summary), *summary["by_kind"].items(), *summary["by_language"].items()]
    for name, row in rows:
        shares = (
            row["top1"],
            row["shown_right"],
            row["top3"],
            row["topic_accuracy"],
            row["language_accuracy"],
            row["emergency_recall"],
        )
        cells = [f"{share:.1%}" if share is not None else "-" for share in shares]
        click.echo(
            f"{name:24}{row['total']:>9}{cells[0]:>8}{cells[1]:>8}{cells[2]:>8}{cells[3]:>8}{cells[4]:>10}{cells[5]:>8}"
            f"{row['false_alarms']:>7}"
        )
    click.echo(f"\nms a message: p50 {summary['p50_ms']}, p95 {summary['p95_ms']}. Outcomes: {summary['outcomes']}")
    click.echo(
        "How answers came: "
        + "; ".join(
            f"{row['outcome']} {row['messages']} (first right {row['top1']:.0%}, among three {row['top3']:.0%})"
            for row in summary["reliability"]
        )
    )
    for row in summary["confusions"][:10]:
        click.echo(f"  {row['times']} x {row['expected']} read as {row['got']}")
