"""What the methods of the Bot API do in the stand-in. Fields arrive checked."""

import time
from collections.abc import Callable
from typing import Any

from tests.channels.telegram.bot_api.errors import ApiError, bad_request
from tests.channels.telegram.bot_api.fields import read_text
from tests.channels.telegram.bot_api.world import Webhook, World

Fields = dict[str, Any]
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def get_updates(world: World, fields: Fields) -> list[dict[str, Any]]:
    """Wait up to `timeout` seconds for updates; a newer call of the same kind ends this one with 409."""
    with world.changed:
        if world.webhook.url:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        world.polls += 1
        mine = world.polls
        world.changed.notify_all()
        if "allowed_updates" in fields:
            world.allowed_updates = fields["allowed_updates"]
        world.confirm_before(fields.get("offset", 0))
        world.changed.wait_for(
            lambda: world.updates or world.repeats or world.polls != mine or world.closing.is_set(),
            timeout=fields.get("timeout", 0),
        )
        if world.polls != mine:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        repeated, world.repeats = world.repeats, []
        return (repeated + world.updates)[: fields.get("limit", 100)]


def set_webhook(world: World, fields: Fields) -> bool:
    """Push updates to an address from now on."""
    if fields.get("drop_pending_updates"):
        world.updates.clear()
    if "allowed_updates" in fields:
        world.allowed_updates = fields["allowed_updates"]
    world.webhook = Webhook(fields.get("url", ""), fields.get("secret_token", ""), fields.get("max_connections", 40))
    return True


def delete_webhook(world: World, fields: Fields) -> bool:
    """Push no more."""
    return set_webhook(world, {**fields, "url": ""})


def get_webhook_info(world: World, _fields: Fields) -> dict[str, Any]:
    """Where updates go, how many wait, and the last trouble."""
    hook = world.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        "max_connections": hook.max_connections,
    }
    if hook.last_error:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return info | ({"allowed_updates": world.allowed_updates} if world.allowed_updates else {})


def send_message(world: World, fields: Fields) -> dict[str, Any]:
    """A text message."""
    text, entities = read_text(fields)
    return world.add_message(fields["chat_id"], _with_extras(world, fields, {"text": text, "entities": entities}))


def send_location(world: World, fields: Fields) -> dict[str, Any]:
    """A point on the map."""
    names = ("latitude", "longitude", "horizontal_accuracy")
    location = {name: fields[name] for name in names if name in fields}
    return world.add_message(fields["chat_id"], _with_extras(world, fields, {"location": location}))


def edit_message_text(world: World, fields: Fields) -> dict[str, Any]:
    """New words, and new buttons or none, for a message of the bot."""
    text, entities = read_text(fields)
    return _edit(world, fields, {"text": text, "entities": entities})


def edit_message_reply_markup(world: World, fields: Fields) -> dict[str, Any]:
    """New buttons, or none, for a message of the bot."""
    return _edit(world, fields, {})


def delete_message(world: World, fields: Fields) -> bool:
    """Take a message of the bot away."""
    world.open_chat(fields["chat_id"])
    try:
        message = world.message(fields["chat_id"], fields["message_id"])
    except ApiError:
        raise bad_request("message to delete not found") from None
    world.messages[fields["chat_id"]].remove(message)
    return True


def answer_callback_query(world: World, fields: Fields) -> bool:
    """Stop the waiting sign on a pressed button; once for each press."""
    press = fields["callback_query_id"]
    if world.presses.get(press, True):
        raise bad_request(TOO_OLD)
    world.presses[press] = True
    return True


def send_chat_action(world: World, fields: Fields) -> bool:
    """Show "typing" or the like."""
    world.open_chat(fields["chat_id"])
    world.actions.append((fields["chat_id"], fields["action"]))
    return True


def set_my_commands(world: World, fields: Fields) -> bool:
    """The menu of commands for people of a language, "" for all others."""
    world.commands[fields.get("language_code", "")] = fields["commands"]
    return True


def set_my_description(world: World, fields: Fields) -> bool:
    """The words of the empty chat."""
    world.descriptions[fields.get("language_code", "")] = fields.get("description", "")
    return True


def set_my_short_description(world: World, fields: Fields) -> bool:
    """The words of the bot's profile."""
    world.short_descriptions[fields.get("language_code", "")] = fields.get("short_description", "")
    return True


def _with_extras(world: World, fields: Fields, content: dict[str, Any]) -> dict[str, Any]:
    markup = fields.get("reply_markup", {})
    extras = {"reply_markup": markup} if "inline_keyboard" in markup else {}  # Telegram shows no other kind again
    if wanted := fields.get("reply_parameters"):
        sent = [message["message_id"] for message in world.messages.get(fields["chat_id"], [])]
        if wanted["message_id"] not in sent and not wanted.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    return {**content, **extras}


def _edit(world: World, fields: Fields, content: dict[str, Any]) -> dict[str, Any]:
    world.open_chat(fields["chat_id"])
    message = world.message(fields["chat_id"], fields["message_id"])
    if content and "text" not in message:
        raise bad_request("there is no text in the message to edit")
    edited = {name: part for name, part in message.items() if name not in ("reply_markup", "edit_date")} | content
    if fields.get("reply_markup", {}).get("inline_keyboard"):
        edited["reply_markup"] = fields["reply_markup"]
    if edited == {name: part for name, part in message.items() if name != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    message.clear()
    message.update(edited, edit_date=int(time.time()))
    return message


ACTIONS: dict[str, Callable[[World, Fields], Any]] = {
    "getMe": lambda world, _fields: (
        world.me
        | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
    ),
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendLocation": send_location,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
}
