"""A feed is read page by page from a real server, within limits, and goes on where it was broken off."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.app.feeds.fetching import FeedReader, Limits
from bot.app.settings import PROJECT
from bot.content.feeds.shapes import services_of
from bot.errors import FeedError
from tests.content.feeds.feed_examples import page, service

Reply = tuple[int, dict[str, str], bytes]


class Neighbour:
    """A publisher on this machine. `reply` may answer in the place of the ordinary pages; `asked` are all paths."""

    def __init__(self) -> None:
        self.pages = [[service(1), service(2)], [service(3), service(4)], [service(5)]]
        self.asked: list[str] = []
        self.reply: Callable[[str], Reply | None] = lambda path: None
        self.delay = 0.0
        neighbour = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                neighbour.asked.append(self.path)
                time.sleep(neighbour.delay)
                status, headers, body = neighbour.reply(self.path) or neighbour.ordinary(self.path)
                self.send_response(status)
                for name, value in ({"content-type": "application/json"} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/oruk/v3"

    def ordinary(self, path: str) -> Reply:
        parts = urlsplit(path)
        if parts.path != "/oruk/v3/services":
            return 404, {}, b"{}"
        number = int(parse_qs(parts.query)["page"][0])
        body = page(*self.pages[number - 1], number=number, pages=len(self.pages))
        return 200, {}, json.dumps(body).encode()


@pytest.fixture
def neighbour() -> Iterator[Neighbour]:
    one = Neighbour()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield one
    one.server.shutdown()
    one.server.server_close()
    thread.join()


@pytest.fixture
def reader(tmp_path: Path) -> FeedReader:
    return FeedReader({"127.0.0.1"}, tmp_path / "spool", loopback=True)


def names(documents: list) -> list[str]:
    return [one["name"] for one in services_of(documents)]


def test_all_pages_are_read_in_order_and_progress_is_told(neighbour, reader):
    told = []
    assert names(reader.read(neighbour.url, lambda *so_far: told.append(so_far))) == [
        f"Service {n}" for n in range(1, 6)
    ]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_finished_reading_is_given_again_without_asking_until_it_is_forgotten(neighbour, reader):
    first = reader.read(neighbour.url)
    asked = len(neighbour.asked)
    assert reader.read(neighbour.url + "/services") == first and len(neighbour.asked) == asked
    reader.forget()
    reader.read(neighbour.url)
    assert len(neighbour.asked) == 2 * asked


def test_a_reading_older_than_a_day_is_made_anew(neighbour, tmp_path):
    now = 1_000_000.0
    reader = FeedReader({"127.0.0.1"}, tmp_path / "spool", loopback=True, clock=lambda: now)
    reader.read(neighbour.url)
    now += 25 * 3600
    neighbour.pages = [[service(9)]]
    assert names(reader.read(neighbour.url)) == ["Service 9"]


def test_after_an_error_the_next_run_goes_on_where_it_stopped(neighbour, reader):
    neighbour.reply = lambda path: (503, {}, b"") if "page=3" in path else None
    with pytest.raises(FeedError, match="503.*goes on where it stopped"):
        reader.read(neighbour.url)
    neighbour.reply, neighbour.asked = lambda path: None, []
    assert len(names(reader.read(neighbour.url))) == 5
    assert [path for path in neighbour.asked if "page=2" in path] == []


def test_pages_read_before_the_feed_changed_are_not_mixed_with_later_ones(neighbour, reader):
    neighbour.reply = lambda path: (503, {}, b"") if "page=3" in path else None
    with pytest.raises(FeedError):
        reader.read(neighbour.url)
    neighbour.reply = lambda path: None
    neighbour.pages = [[service(7)], [service(8)], [service(9)]]
    assert names(reader.read(neighbour.url)) == ["Service 7", "Service 8", "Service 9"]


def test_services_that_a_list_tells_in_short_are_asked_for_one_by_one(neighbour, reader):
    short = [{"id": f"s {n}/x", "name": f"Service {n}"} for n in (1, 2)]

    def reply(path: str) -> Reply | None:
        if "page=" in path:
            return 200, {}, json.dumps(page(*short)).encode()
        if path == "/oruk/v3/services/s%201%2Fx":
            return 200, {}, json.dumps(service(1, id="s 1/x")).encode()
        return None  # the second was deleted since the list was made

    neighbour.reply = reply
    first, second = services_of(reader.read(neighbour.url))
    assert first["phones"] and "phones" not in second


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((500, {}, b""), "500"),
        ((200, {"content-type": "text/html"}, b"<html>"), "not answer with JSON"),
        ((200, {"content-encoding": "gzip"}, b"\x1f\x8b"), "packed"),
        ((200, {}, b"[" * 5000), "deep"),
        ((200, {}, b"{"), "not JSON"),
        ((200, {}, b'{"a": 1}'), "not that of a list"),
        ((200, {}, b'{"contents": [], "total_pages": 100000}'), "100000 pages"),
        ((200, {}, b'"' + b"x" * 2_000_000 + b'"'), "larger than allowed"),
        ((404, {}, b"{}"), "no list of services"),
    ],
)
def test_an_answer_that_is_no_feed_is_refused_with_a_sentence(neighbour, tmp_path, answer, sentence):
    neighbour.reply = lambda path: answer
    reader = FeedReader({"127.0.0.1"}, tmp_path / "spool", Limits(page_bytes=1_000_000), loopback=True)
    with pytest.raises(FeedError, match=sentence):
        reader.read(neighbour.url)


def test_a_feed_larger_than_allowed_in_all_is_refused(neighbour, tmp_path):
    limits = Limits(feed_bytes=1500)
    with pytest.raises(FeedError, match="larger than allowed"):
        FeedReader({"127.0.0.1"}, tmp_path / "spool", limits, loopback=True).read(neighbour.url)


@pytest.mark.parametrize("limits", [Limits(request_seconds=0.2), Limits(run_seconds=0.2)])
def test_a_neighbour_that_is_too_slow_is_left(neighbour, tmp_path, limits):
    neighbour.delay = 0.5
    with pytest.raises(FeedError, match="goes on where it stopped"):
        FeedReader({"127.0.0.1"}, tmp_path / "spool", limits, loopback=True).read(neighbour.url)


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "https://127.0.0.1/",
        "https://evil.example/",
        "file:///etc/passwd",
        "//10.0.0.1/x",
        "http://user@127.0.0.1/",
    ],
)
def test_a_redirect_to_somewhere_else_is_not_followed(neighbour, reader, to):
    neighbour.reply = lambda path: (302, {"location": to}, b"")
    with pytest.raises(FeedError):
        reader.read(neighbour.url)
    assert len(neighbour.asked) == 1


def test_a_redirect_on_the_same_host_is_followed_but_not_for_ever(neighbour, reader):
    ordinary = neighbour.ordinary
    neighbour.reply = lambda path: (
        ordinary(path.replace("/new/", "/"))
        if "/new/" in path
        else (301, {"location": path.replace("/v3/", "/v3/new/")}, b"")
    )
    assert len(names(reader.read(neighbour.url))) == 5
    reader.forget()
    neighbour.reply = lambda path: (301, {"location": path}, b"")
    with pytest.raises(FeedError, match="from address to address"):
        reader.read(neighbour.url)


def test_a_host_that_is_not_allowed_is_not_asked(neighbour, tmp_path):
    with pytest.raises(FeedError):
        FeedReader(set(), tmp_path / "spool", loopback=True).read(neighbour.url)
    with pytest.raises(FeedError, match="https"):
        FeedReader({"127.0.0.1"}, tmp_path / "spool").read(neighbour.url)
    assert neighbour.asked == []


def test_proxies_of_the_environment_are_not_used(neighbour, reader, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert len(names(reader.read(neighbour.url))) == 5


READ_IN_A_PROCESS = """
import sys
from pathlib import Path
from bot.app.feeds.fetching import FeedReader
FeedReader({"127.0.0.1"}, Path(sys.argv[2]), loopback=True).read(sys.argv[1], lambda done, total: print(done, flush=True))
"""


@pytest.mark.slow
def test_a_run_that_is_killed_in_the_middle_goes_on_where_it_was(neighbour, reader):
    neighbour.pages = [[service(number)] for number in range(12)]
    neighbour.delay = 0.1
    command = [sys.executable, "-c", READ_IN_A_PROCESS, neighbour.url, str(reader.spool)]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    while int(process.stdout.readline()) < 5:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    neighbour.asked.clear()
    assert len(names(reader.read(neighbour.url))) == 12
    assert not [path for path in neighbour.asked if any(f"page={number}&" in path for number in (2, 3, 4, 5))]
