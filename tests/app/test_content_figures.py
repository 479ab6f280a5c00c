"""`desk content figures` as a volunteer meets it: a real process over a real database."""

from pathlib import Path

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store
from tests.app.processes import desk

pytestmark = pytest.mark.slow
PACK = Path(__file__).parents[2] / "services_data"


def test_the_figures_tell_of_how_many_services_what_is_known(tmp_path):
    folder = tmp_path / "var"
    with Store(f"sqlite:///{folder / 'desk.db'}") as store:
        store.migrate()
        import_pack(store, PACK)
        shown = store.content().services.values()
    ended = desk("content", "figures", data=folder)
    assert ended.returncode == 0
    with_phone = sum(bool(service.phones) for service in shown)
    assert f"{with_phone:5} of {len(shown)}  phone number" in ended.stdout.splitlines()
    assert with_phone >= 106
