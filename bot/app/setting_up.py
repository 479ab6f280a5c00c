"""Setting the desk up, step by step: database, content, model. Each step is safe to repeat and says what it does."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bot.app.settings import Settings
from bot.app.wiring import open_store, pack_folder
from bot.content.packs import import_pack
from bot.content.store import Store
from bot.dialogue.training import model_state
from bot.errors import ContentConflict, ContentError, ModelError

Say = Callable[[str], None]


def set_up_store(settings: Settings, say: Say) -> Store:
    """The database with the present content pack; edits in the database are kept.

    Raises StoreError; ContentError where the pack has faults and the database has no content to go on with.
    """
    say(f"Database: {settings.database_url.split('@')[-1]}")
    store = open_store(settings)
    try:
        _load_pack(settings, store, say)
    except BaseException:
        store.close()
        raise
    content = store.content()
    say(f"The desk knows {len(content.answers)} answers and {len(content.services)} services.")
    return store


def _load_pack(settings: Settings, store: Store, say: Say) -> None:
    try:
        report = import_pack(store, pack_folder(settings))
        say(f"Content pack: {report}")
    except ContentConflict as conflict:
        say(
            f"Content pack: not loaded, because both sides were edited. The desk goes on with the database.\n{conflict}"
        )
    except ContentError as faults:
        if store.is_empty():
            raise
        say(f"Content pack: not loaded, because it has faults. The desk goes on with the database.\n{faults}")


def set_up_model(settings: Settings, say: Say) -> Path:
    """A model that fits the present data; trains one in a process of its own where none does. Raises ModelError."""
    state = model_state(settings.home, settings.models)
    if state.exists:
        say(f"Assistant: {state.path.name} fits.")
        return state.path
    say(f"Assistant: training, because {state.reason}. This takes some minutes the first time.")
    # In its own process, so that what training needs in memory is given back before the desk serves.
    environment = {**os.environ, "DESK_HOME": str(settings.home), "DESK_MODELS": str(settings.models)}
    training = [sys.executable, "-m", "bot.app.cli", "train"]
    code = subprocess.run(training, env=environment, check=False).returncode
    if code != 0:
        raise ModelError("The training failed; the reason is above. The desk was not started.")
    trained = model_state(settings.home, settings.models)
    if not trained.exists:
        raise ModelError("nlu/ or domain.yml changed while the assistant was trained. Run `uv run desk up` again.")
    return trained.path
