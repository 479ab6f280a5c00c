"""Reads a Telegram update: who is meant, and what was said, pressed or sent. Nothing is answered or sent here."""

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType

from bot.channels.telegram import phrases

UPDATE_TYPES = ("message", "callback_query")  # edited messages, reactions and the rest never reach the desk
BUTTON_OF_COMMAND = {
    "help": "menu:",
    "language": "languages:",
    "city": "cities:",
    "person": "person:",
    "forget": "forget:",
}
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s|$)")


@dataclass(frozen=True)
class Heard:
    """What one update asks of the desk.

    start: the person pressed Start. button: the id of a pressed button. text: what they wrote.
    unreadable: the phrase that says why a picture, voice message and so on cannot be read; "" where there was none.
    callback: what Telegram wants to have answered after a button press, or None.
    position: latitude and longitude in degrees that the person shared.
    """

    chat_id: int
    language_hint: str | None = None
    start: bool = False
    text: str = ""
    button: str | None = None
    unreadable: str = ""
    callback: str | None = None
    position: tuple[float, float] | None = None


def hear(update: Update, bot: User) -> Heard | None:
    """The update in the desk's terms, or None when it is not meant for the bot."""
    if update.callback_query:
        return _hear_press(update.callback_query)
    if update.message:
        return _hear_message(update.message, bot)
    return None


def _hear_press(query: CallbackQuery) -> Heard | None:
    if not query.message or not query.data:
        return None
    return Heard(query.message.chat.id, query.from_user.language_code, button=query.data, callback=query.id)


def _hear_message(message: Message, bot: User) -> Heard | None:
    sender = message.from_user
    if sender is None or sender.is_bot:
        return None
    private = message.chat.type == ChatType.PRIVATE
    words = message.text or message.caption or ""
    if message.location and private:
        position = (message.location.latitude, message.location.longitude)
        return Heard(message.chat.id, sender.language_code, position=position)
    unreadable = _why_unreadable(message)
    command = _COMMAND.match(words)
    if command and command["bot"] and command["bot"].lower() != (bot.username or "").lower():
        return None
    if not (words or unreadable) or not (private or _addressed(message, words, bot)):
        return None
    about = {"chat_id": message.chat.id, "language_hint": sender.language_code}
    if command and command["name"].lower() == "start":
        return Heard(**about, start=True)
    if command and command["name"].lower() in BUTTON_OF_COMMAND:
        return Heard(**about, button=BUTTON_OF_COMMAND[command["name"].lower()])
    text = words.strip() if private else _mention(bot).sub("", words).strip()
    if not text and not unreadable:
        return Heard(**about, button=BUTTON_OF_COMMAND["help"])  # only the bot's name: show what it can do
    return Heard(**about, text=text, unreadable=unreadable)


def _addressed(message: Message, words: str, bot: User) -> bool:
    """Whether a message in a group is for the bot: it names the bot, or it replies to a message of the bot."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == bot.id:
        return True
    return bool(_mention(bot).search(words))


def _mention(bot: User) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(bot.username or '')}(?!\w)", re.IGNORECASE)


def _why_unreadable(message: Message) -> str:
    if message.voice or message.audio or message.video_note:
        return phrases.VOICE
    if message.sticker or message.dice:
        return phrases.STICKER
    if message.photo or message.video or message.animation or message.document:
        return phrases.PICTURE
    return phrases.OTHER if message.effective_attachment else ""
