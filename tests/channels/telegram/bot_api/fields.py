"""What each method of the Bot API takes, and the checks of single fields. Unknown fields are refused."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.channels.telegram.bot_api.entities import BadMarkup, commands_and_mentions, parse_html, utf16_units
from tests.channels.telegram.bot_api.errors import bad_request

Check = Callable[[Any], Any]
LONGEST_TEXT = 4096  # UTF-16 units after the markup is read
LONGEST_CALLBACK = 64  # bytes
MOST_COMMANDS = 100
MOST_BUTTONS = 100
BUTTONS_IN_A_ROW = 8


def parse_fields(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The checked fields of a call. Raises `ApiError` 400 for an unknown, missing or wrong one."""
    known, required = METHODS[method]
    if unknown := sorted(set(given) - set(known)):
        raise bad_request(f"unknown field {unknown[0]} in {method}")
    if missing := [name for name in required if given.get(name) in (None, "")]:
        raise bad_request(f"{missing[0]} is empty")
    return {name: _checked(name, known[name], value) for name, value in given.items()}


def _checked(name: str, check: Check, value: Any) -> Any:
    try:
        return check(value)
    except (ValueError, TypeError, KeyError) as error:
        raise bad_request(f"wrong value of {name}: {error}") from error


def read_text(fields: Mapping[str, Any]) -> tuple[str, list[dict[str, object]]]:
    """The visible text of a message and its entities, within the limits. Raises `ApiError` 400."""
    mode = fields.get("parse_mode", "")
    if mode not in ("", "HTML"):
        raise bad_request("the stand-in knows no parse_mode but HTML")
    try:
        text, entities = parse_html(fields["text"]) if mode else (fields["text"], [])
    except BadMarkup as error:
        raise bad_request(f"can't parse entities: {error}") from error
    if not text.strip():
        raise bad_request("message text is empty")
    if utf16_units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities + commands_and_mentions(text)


def _string(longest: int, shortest: int = 0, pattern: str = "(?s).*") -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not shortest <= utf16_units(value) <= longest:
            raise ValueError(f"not a text of {shortest} to {longest} characters")
        if not re.fullmatch(pattern, value):
            raise ValueError("characters that are not allowed")
        return value

    return check


def _integer(lowest: int, highest: int) -> Check:
    def check(value: Any) -> int:
        number = int(value)
        if isinstance(value, bool) or not lowest <= number <= highest:
            raise ValueError(f"not between {lowest} and {highest}")
        return number

    return check


def _number(lowest: float, highest: float) -> Check:
    def check(value: Any) -> float:
        if not lowest <= float(value) <= highest:
            raise ValueError(f"not between {lowest} and {highest}")
        return float(value)

    return check


def _flag(value: Any) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise ValueError("neither true nor false")
    return str(value).lower() == "true"


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"none of {', '.join(choices)}")
        return value

    return check


def _json_value(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value  # forms carry JSON as text, JSON bodies as it is


def _json_list(value: Any) -> list[Any]:
    found = _json_value(value)
    if not isinstance(found, list):
        raise ValueError("not a list")
    return found


def _only(found: Any, known: set[str]) -> dict[str, Any]:
    if not isinstance(found, dict) or set(found) - known:
        raise ValueError(f"not an object with only {', '.join(sorted(known))}")
    return found


def _link_preview(value: Any) -> dict[str, Any]:
    known = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
    return _only(_json_value(value), known)


def _reply_parameters(value: Any) -> dict[str, Any]:
    found = _only(_json_value(value), {"message_id", "chat_id", "allow_sending_without_reply", "quote"})
    int(found["message_id"])
    return found


def _commands(value: Any) -> list[dict[str, str]]:
    commands = _json_list(value)
    if len(commands) > MOST_COMMANDS:
        raise ValueError(f"more than {MOST_COMMANDS} commands")
    for command in commands:
        _only(command, {"command", "description"})
        _string(32, 1, "[a-z0-9_]+")(command["command"])
        _string(256, 1)(command["description"])
    return commands


def _webhook_url(value: Any) -> str:
    parts = urlsplit(_string(2048)(value))
    if value and (parts.scheme, parts.hostname) != ("http", "127.0.0.1") and parts.scheme != "https":
        raise ValueError("an HTTPS URL must be provided for webhook")  # loopback is the stand-in's only exception
    return value


def _inline_keyboard(value: Any) -> dict[str, Any]:
    markup = _only(_json_value(value), {"inline_keyboard"})
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or sum(map(len, rows)) > MOST_BUTTONS:
        raise ValueError(f"not rows of at most {MOST_BUTTONS} buttons")
    for row in rows:
        if not 1 <= len(row) <= BUTTONS_IN_A_ROW:
            raise ValueError(f"a row without buttons or with more than {BUTTONS_IN_A_ROW}")
        for button in row:
            _inline_button(button)
    return markup


def _inline_button(button: Any) -> None:
    _only(button, {"text", "callback_data", "url"})
    if not str(button.get("text", "")).strip():
        raise ValueError("button text is empty")
    if ("callback_data" in button) == ("url" in button):
        raise ValueError("a button needs exactly one of callback_data and url")
    if "url" in button and urlsplit(button["url"]).scheme not in ("http", "https", "tg"):
        raise ValueError("BUTTON_URL_INVALID")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_CALLBACK:
        raise ValueError("BUTTON_DATA_INVALID")


def _reply_markup(value: Any) -> dict[str, Any]:
    markup = _json_value(value)
    if isinstance(markup, dict) and "inline_keyboard" in markup:
        return _inline_keyboard(markup)
    if isinstance(markup, dict) and "keyboard" in markup:
        return _reply_keyboard(markup)
    return _only(markup, {"remove_keyboard", "force_reply", "selective", "input_field_placeholder"})


def _reply_keyboard(markup: dict[str, Any]) -> dict[str, Any]:
    _only(
        markup,
        {"keyboard", "resize_keyboard", "one_time_keyboard", "is_persistent", "input_field_placeholder", "selective"},
    )
    for row in markup["keyboard"]:
        for button in row:
            _only(button, {"text", "request_location", "request_contact"})
            _string(4096, 1)(button["text"])
    return markup


_CHAT = {"chat_id": _integer(-(2**52), 2**52)}
_MESSAGE = {**_CHAT, "message_id": _integer(1, 2**31)}
_LANGUAGE = {"language_code": _string(2, 0, "([a-z]{2})?")}
_TEXT = {"text": _string(100_000), "parse_mode": _string(20), "link_preview_options": _link_preview}
_SENDING = {
    **_CHAT,
    "disable_notification": _flag,
    "protect_content": _flag,
    "reply_parameters": _reply_parameters,
    "reply_markup": _reply_markup,
}
_ACTIONS = ("typing", "upload_photo", "record_voice", "upload_voice", "upload_document", "find_location")

METHODS: dict[str, tuple[dict[str, Check], tuple[str, ...]]] = {
    "getMe": ({}, ()),
    "getUpdates": (
        {
            "offset": _integer(-(2**31), 2**31),
            "limit": _integer(1, 100),
            "timeout": _integer(0, 50),
            "allowed_updates": _json_list,
        },
        (),
    ),
    "setWebhook": (
        {
            "url": _webhook_url,
            "secret_token": _string(256, 1, "[A-Za-z0-9_-]+"),
            "allowed_updates": _json_list,
            "max_connections": _integer(1, 100),
            "drop_pending_updates": _flag,
            "ip_address": _string(64),
        },
        (),
    ),
    "deleteWebhook": ({"drop_pending_updates": _flag}, ()),
    "getWebhookInfo": ({}, ()),
    "sendMessage": ({**_SENDING, **_TEXT}, ("chat_id", "text")),
    "sendLocation": (
        {
            **_SENDING,
            "latitude": _number(-90, 90),
            "longitude": _number(-180, 180),
            "horizontal_accuracy": _number(0, 1500),
        },
        ("chat_id", "latitude", "longitude"),
    ),
    "editMessageText": (
        {**_MESSAGE, **_TEXT, "reply_markup": _inline_keyboard},
        ("chat_id", "message_id", "text"),
    ),
    "editMessageReplyMarkup": ({**_MESSAGE, "reply_markup": _inline_keyboard}, ("chat_id", "message_id")),
    "deleteMessage": (_MESSAGE, ("chat_id", "message_id")),
    "answerCallbackQuery": (
        {
            "callback_query_id": _string(64),
            "text": _string(200),
            "show_alert": _flag,
            "url": _string(2048),
            "cache_time": _integer(0, 2**31),
        },
        ("callback_query_id",),
    ),
    "sendChatAction": ({**_CHAT, "action": _one_of(*_ACTIONS)}, ("chat_id", "action")),
    "setMyCommands": ({"commands": _commands, "scope": _json_value, **_LANGUAGE}, ("commands",)),
    "setMyDescription": ({"description": _string(512), **_LANGUAGE}, ()),
    "setMyShortDescription": ({"short_description": _string(120), **_LANGUAGE}, ()),
}
"""Each method: the check of each field that it takes, and the fields that it cannot do without."""
