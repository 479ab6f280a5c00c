"""Which desk keeps unanswered questions: the one that is opened to people, and only where the setting is on."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.settings import read_settings
from bot.app.wiring import build_desk, open_store, open_to_people
from bot.content.reports import OPEN_DAYS as REPORT_DAYS
from bot.content.reports import Report
from bot.content.unanswered import OPEN_DAYS, OpenQuestion


@pytest.fixture
def store(tmp_path):
    store = open_store(read_settings(data=tmp_path, database=""))
    yield store
    store.close()


def test_a_desk_that_is_only_tried_out_or_measured_keeps_no_question(store):
    assert build_desk(read_settings(), store).unanswered.keeping is False


@pytest.mark.parametrize(("setting", "keeps"), [(None, True), ("true", True), ("false", False), ("0", False)])
def test_a_desk_that_is_opened_to_people_keeps_questions_as_the_setting_says(store, monkeypatch, setting, keeps):
    monkeypatch.delenv("DESK_KEEP_UNANSWERED", raising=False)
    if setting is not None:
        monkeypatch.setenv("DESK_KEEP_UNANSWERED", setting)
    settings = read_settings()
    desk = build_desk(settings, store)
    open_to_people(settings, desk)
    assert desk.unanswered.keeping is keeps


def test_old_questions_and_reports_are_removed_by_the_clock_of_the_running_desk(store):
    import asyncio

    from bot.app.server import _purge_for_ever

    today = datetime.now(UTC).date()
    store.add_question(OpenQuestion("an old question here", "en", "unknown"), today - timedelta(days=OPEN_DAYS + 2))
    store.add_question(OpenQuestion("a new question here", "en", "unknown"), today)
    store.add_report(Report("services", "old", "phone"), today - timedelta(days=REPORT_DAYS + 2))
    store.add_report(Report("services", "new", "phone"), today)

    async def run() -> None:
        clock = asyncio.create_task(_purge_for_ever(store, 24))
        for _ in range(500):
            await asyncio.sleep(0.01)
            if len(store.questions()) == len(store.reports()) == 1:
                break
        clock.cancel()

    asyncio.run(run())
    assert [kept.text for kept in store.questions()] == ["a new question here"]
    assert [kept.record_id for kept in store.reports()] == ["new"]
