"""A desk ready for one command: store, phrases and trained assistant, opened and closed together."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.app.setting_up import set_up_store
from bot.app.settings import Settings
from bot.app.wiring import build_desk, fitting_model, load_assistant
from bot.dialogue.front_desk import FrontDesk


@contextmanager
def ready_desk(settings: Settings) -> Iterator[FrontDesk]:
    """The whole desk without channels. Raises ModelError when no model fits; the content pack is brought in as `desk up` does."""
    model = fitting_model(settings)
    store = set_up_store(settings, say=lambda line: None)
    try:
        desk = build_desk(settings, store)
        load_assistant(settings, desk, model)
        yield desk
    finally:
        store.close()
