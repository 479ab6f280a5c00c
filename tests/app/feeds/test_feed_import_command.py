"""`desk feed import` and `desk feed list` as the person who runs the desk meets them: real processes and a real file."""

import json

import pytest

from tests.app.processes import desk
from tests.content.feeds.feed_examples import food, page, service

pytestmark = pytest.mark.slow
LICENCE = ("--licence", "OGL 3.0")


@pytest.fixture
def feed(tmp_path):
    """A file with a feed."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(page(food(), service(1, name="Example refuge"), service(2, id=None))))
    return path


def taken_in(ended) -> str:
    assert ended.returncode == 0, ended.stderr
    return " ".join(ended.stdout.split())


def failed_plainly(ended, words: str) -> None:
    assert ended.returncode > 0
    assert words in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_feed_is_shown_first_then_taken_in_and_then_listed(feed, tmp_path):
    run = ("feed", "import", "walsall", "--file", str(feed))
    shown = taken_in(desk(*run, *LICENCE, data=tmp_path))
    assert "services/walsall-service-1" in shown and "Nothing was written; add --apply to do it." in shown
    assert 'refused (1): service "Service 2": has no id.' in shown
    assert taken_in(desk("feed", "list", data=tmp_path)) == "No feed was taken in yet."
    assert "2 services" not in taken_in(desk(*run, *LICENCE, "--apply", data=tmp_path))
    assert "walsall: 2 services" in taken_in(desk("feed", "list", data=tmp_path))
    again = taken_in(desk(*run, "--apply", data=tmp_path))
    assert "0 added, 0 changed, 0 removed" in again


def test_a_feed_without_a_licence_is_refused(feed, tmp_path):
    ended = desk("feed", "import", "walsall", "--file", str(feed), data=tmp_path)
    failed_plainly(ended, "under which licence")


def test_a_host_that_is_not_in_the_settings_is_refused(tmp_path):
    run = ("feed", "import", "walsall", "--url", "https://feed.example.org/oruk/v3", *LICENCE)
    failed_plainly(desk(*run, data=tmp_path), "add it to DESK_FEED_HOSTS")
    inside = ("feed", "import", "walsall", "--url", "https://127.0.0.1/", *LICENCE)
    failed_plainly(desk(*inside, data=tmp_path, DESK_FEED_HOSTS="127.0.0.1"), "not allowed")


@pytest.mark.parametrize("words", [(), ("--file", "x.json", "--url", "https://feed.example.org")])
def test_either_a_file_or_an_address_is_asked_for(words, tmp_path):
    failed_plainly(desk("feed", "import", "walsall", *words, *LICENCE, data=tmp_path), "either --file or --url")


def test_a_file_that_is_not_there_and_a_bad_name_are_told_in_a_sentence(feed, tmp_path):
    failed_plainly(desk("feed", "import", "a", "--file", "gone.json", *LICENCE, data=tmp_path), "cannot be read")
    failed_plainly(desk("feed", "import", "../a", "--file", str(feed), *LICENCE, data=tmp_path), "not a good name")
