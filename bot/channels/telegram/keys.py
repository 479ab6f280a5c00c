"""Turns a Telegram chat into a pseudonymous conversation key. No storage here."""

import hashlib
import hmac

from bot.errors import ChannelError

SHORTEST_SECRET = 16  # bytes


def conversation_key(secret: bytes, chat_id: int) -> str:
    """The key under which the desk knows a chat: "telegram:" and 32 hex digits, the same for the same chat.

    It is a keyed hash, because a plain hash of the few possible chat ids could be undone by trying them all.
    Raises `ChannelError` when the secret is shorter than 16 bytes.
    """
    if len(secret) < SHORTEST_SECRET:
        raise ChannelError(f"Give the desk a secret of at least {SHORTEST_SECRET} bytes, then start it again.")
    return "telegram:" + hmac.new(secret, str(chat_id).encode(), hashlib.sha256).hexdigest()[:32]
