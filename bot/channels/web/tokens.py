"""The token by which a browser finds its conversation again, and the key that the desk knows instead of it."""

import hashlib
import re
import secrets

TOKEN_PATTERN = r"^[A-Za-z0-9_-]{22}$"  # 16 bytes as URL-safe base64
_FORM = re.compile(TOKEN_PATTERN[1:-1])


def mint_token() -> str:
    """A new conversation token of 128 random bits."""
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """True for something formed like a token. Whether a conversation belongs to it is not looked at."""
    return bool(_FORM.fullmatch(text))


def conversation_key(token: str) -> str:
    """The pseudonymous key of the conversation. The token cannot be found from it, so nobody who reads the desk's
    database can take over a conversation."""
    return "web-" + hashlib.sha256(token.encode("ascii")).hexdigest()
