"""What tests of several layers share: the project's own content, phrases and safety texts, and the trained assistant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.packs import import_pack
from bot.content.records import Content
from bot.content.safety_texts import SafetyTexts, load_safety
from bot.content.store import Store
from bot.dialogue.action_context import ActionContext
from bot.dialogue.front_desk import FrontDesk
from bot.dialogue.training import model_state, train
from bot.skills.phrases import Phrases


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own folder."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def pack_store(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open store in an SQLite file of its own that holds the project's content pack. For the whole session: only
    read its content, or write conversations under keys of your own."""
    folder = tmp_path_factory.mktemp("pack_store")
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, project / "services_data")
        yield store


@pytest.fixture(scope="session")
def content(pack_store: Store) -> Content:
    """All that the desk knows."""
    return pack_store.content()


@pytest.fixture(scope="session")
def phrases(project: Path) -> Phrases:
    """The project's own catalogues."""
    return Phrases(project / "translations")


@pytest.fixture(scope="session")
def safety(project: Path) -> SafetyTexts:
    """The project's own safety texts."""
    return load_safety(project / "services_data" / "safety.yml")


@pytest.fixture(scope="session")
def trained_engine(project: Path, pack_store: Store, phrases: Phrases, safety: SafetyTexts):
    """The Rasa engine with the model that fits the project's data; trains it, in about two minutes, if there is none."""
    from bot.dialogue.rasa_engine import RasaEngine

    state = model_state(project, project / "models")
    model = state.path if state.exists else train(project, project / "models", progress=lambda line: None)
    return RasaEngine.load(model, ActionContext(pack_store.content, phrases, safety))


@pytest.fixture(scope="session")
def desk(pack_store: Store, phrases: Phrases, safety: SafetyTexts, trained_engine) -> FrontDesk:
    """The whole desk with its assistant, without channels. For the whole session: talk under a key of your own."""
    return FrontDesk(pack_store, phrases, safety, trained_engine)
