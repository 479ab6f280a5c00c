"""The only place that picks implementations. No function here does work of its own."""

from collections.abc import Callable
from pathlib import Path

from bot.app.model_watch import ModelWatch
from bot.app.settings import Settings
from bot.channels.web.open_referral.routes import Lookups
from bot.content.safety_texts import load_safety
from bot.content.search.index import IndexQuery
from bot.content.store import Store
from bot.dialogue.basic_help import VERDICTS, basic_languages
from bot.dialogue.engine import DialogueEngine
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.training import model_state
from bot.errors import ModelError
from bot.skills.phrases import Phrases
from bot.skills.whereabouts import find_place


def open_store(settings: Settings) -> Store:
    """The migrated database. Raises StoreError."""
    store = Store(settings.database_url).open()
    store.migrate()
    return store


def build_desk(settings: Settings, store: Store) -> FrontDesk:
    """The desk without its assistant: safety texts, buttons and people work already."""
    desk = FrontDesk(store, read_phrases(settings), load_safety(pack_folder(settings) / "safety.yml"))
    desk.basic_help.languages = basic_languages(settings.home / VERDICTS, desk.phrases.languages)
    return desk


def open_to_people(settings: Settings, desk: FrontDesk) -> None:
    """What only a desk does that people use, and none that is tried out or measured: keep unanswered questions."""
    desk.unanswered.keeping = settings.keep_unanswered


def read_phrases(settings: Settings) -> Phrases:
    """The texts in all languages. Raises ContentError."""
    return Phrases(settings.home / "translations")


def pack_folder(settings: Settings) -> Path:
    """The folder of the content pack."""
    return settings.home / "services_data"


def fitting_model(settings: Settings) -> Path:
    """The model for the present data. Raises ModelError where it must be trained first."""
    state = model_state(settings.home, settings.models)
    if not state.exists:
        raise ModelError(f"There is no model that fits: {state.reason}. Run `uv run desk train` first.")
    return state.path


def load_assistant(settings: Settings, desk: FrontDesk, model: Path) -> None:
    """Put the trained assistant behind the desk; takes some seconds. Raises ModelError."""
    desk.engine = load_engine(desk, model)


def load_engine(desk: FrontDesk, model: Path) -> DialogueEngine:
    """The trained assistant, tried out, for the actions of this desk. Raises ModelError."""
    from bot.dialogue.rasa_engine import RasaEngine

    engine = RasaEngine.load(model, desk.action_context)
    engine.try_out()
    desk.directory.encoder = engine.encoder
    return engine


def watch_models(settings: Settings, desk: FrontDesk, model: Path, say: Callable[[str], None]) -> ModelWatch:
    """What brings newly trained models in while the desk runs; `model` is the one it starts with."""

    def put(engine: DialogueEngine) -> None:
        desk.engine = engine

    return ModelWatch(settings.home, settings.models, model, lambda path: load_engine(desk, path), put, say)


def feed_lookups(store: Store) -> Lookups:
    """What the open data feed asks of the rest of the desk."""

    def locate(text: str) -> tuple[float, float] | None:
        place = find_place(text, store.content().gazetteer, store.postcode)
        return (place.latitude, place.longitude) if place else None

    def search(words: str) -> list[str]:
        # All of them, because filters and pages come after; in one order, or a page could repeat what another had.
        found = store.find_services(IndexQuery(words=words, limit=None))
        return [one.service_id for one in sorted(found, key=lambda one: (-one.words, one.service_id))]

    return Lookups(locate, search, store.services_modified)
