"""Pushes waiting updates to the bot's webhook, one after the other, each until it is taken."""

import threading
import time

import httpx

from tests.channels.telegram.bot_api.world import World

PAUSE = 0.05  # seconds before a refused update is pushed again; Telegram waits longer and longer
PATIENCE = 5.0  # seconds for the bot to answer


def push_updates(world: World) -> None:
    """Run until the stand-in closes; meant for a thread of its own."""
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        while not world.closing.is_set():
            with world.changed:
                world.changed.wait_for(lambda: (world.webhook.url and world.updates) or world.closing.is_set())
                if world.closing.is_set():
                    return
                update, hook = world.updates[0], world.webhook
            headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret_token} if hook.secret_token else {}
            trouble = _push(client, hook.url, update, headers)
            with world.changed:
                if not trouble:
                    world.confirm_before(update["update_id"] + 1)
                else:
                    hook.last_error, hook.last_error_at = trouble, int(time.time())
            if trouble:
                world.closing.wait(PAUSE)


def start_pushing(world: World) -> None:
    """Push in a thread of its own, which ends when the world closes."""
    threading.Thread(target=push_updates, args=(world,), name="webhook", daemon=True).start()


def _push(client: httpx.Client, url: str, update: dict[str, object], headers: dict[str, str]) -> str:
    """ "" when the bot took the update, otherwise what Telegram would tell about it."""
    try:
        answer = client.post(url, json=update, headers=headers)
    except httpx.HTTPError:
        return "Connection refused or timed out"
    return "" if answer.is_success else f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
