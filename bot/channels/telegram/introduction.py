"""Tells Telegram what the bot is: its menu of commands and its descriptions, in each language. No conversation here."""

import logging
from collections.abc import Callable, Iterable

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram import phrases
from bot.channels.telegram.sending import Patience

LOG = logging.getLogger(__name__)
Say = Callable[[str, str], str]  # (BCP 47 code, English sentence) -> the sentence in that language, else in English


async def introduce(bot: Bot, patience: Patience, say: Say, languages: Iterable[str]) -> None:
    """Set commands and descriptions: in English for everybody, and in each language that has them translated.

    A failure is only logged, since the bot can be talked to without them.
    """
    try:
        await _introduce_in(bot, patience, say, "en", telegram_code=None)
        for language in filter(_known_to_telegram, languages):
            if language != "en" and say(language, phrases.DESCRIPTION) != phrases.DESCRIPTION:
                await _introduce_in(bot, patience, say, language, telegram_code=language)
    except TelegramError as error:
        LOG.warning("Telegram did not take the menu of commands (%s); the bot works without it.", type(error).__name__)


async def _introduce_in(bot: Bot, patience: Patience, say: Say, language: str, telegram_code: str | None) -> None:
    commands = [(name, say(language, text)[:256]) for name, text in phrases.COMMANDS]
    description = say(language, phrases.DESCRIPTION)[:512]
    short = say(language, phrases.SHORT_DESCRIPTION)[:120]
    await patience.insist(lambda: bot.set_my_commands(commands, language_code=telegram_code))
    await patience.insist(lambda: bot.set_my_description(description, language_code=telegram_code))
    await patience.insist(lambda: bot.set_my_short_description(short, language_code=telegram_code))


def _known_to_telegram(language: str) -> bool:
    return len(language) == 2 and language.isascii() and language.isalpha()  # it takes ISO 639-1 codes only
