"""`desk ask`: one question, one answer, as a person or a script reads it."""

import asyncio
import json
import secrets
from collections.abc import Iterable

import click

from bot.app.session import ready_desk
from bot.app.settings import read_settings
from bot.channels.console import print_turn
from bot.dialogue.buttons import button_id
from bot.dialogue.engine import Desk
from bot.dialogue.messages import Incoming, Turn, to_dict


@click.command()
@click.argument("text")
@click.option("--city", help="City id: coventry, birmingham or wolverhampton.")
@click.option("--language", help="Language to answer in, as a BCP 47 code such as ar. Without it: the question's own.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole turn as JSON: ids, confidences, replies.")
def command(text: str, city: str | None, language: str | None, as_json: bool) -> None:
    """Ask one question; nothing is remembered afterwards."""
    with ready_desk(read_settings()) as desk:
        _check(city, "--city", desk.cities)
        _check(language, "--language", desk.phrases.languages)
        turn = asyncio.run(_ask(desk, text, city, language))
    if as_json:
        click.echo(json.dumps(to_dict(turn), ensure_ascii=False, indent=2))
    else:
        print_turn(turn, click.echo)


def _check(given: str | None, option: str, known: Iterable[str]) -> None:
    if given and given not in known:
        raise click.BadParameter(f"{given!r} is not known. Use one of: {', '.join(known)}.", param_hint=option)


async def _ask(desk: Desk, text: str, city: str | None, language: str | None) -> Turn:
    conversation = f"ask-{secrets.token_hex(8)}"
    try:
        if city:
            await desk.handle(Incoming(conversation, button=button_id("city", city)))
        return await desk.handle(Incoming(conversation, text, language=language))
    finally:
        await desk.forget(conversation)
