"""Reads a neighbour's feed page by page over HTTP, within limits. What was read stays in a folder, so that a run that was
broken off goes on where it stopped. What the pages mean is told in bot/content/feeds/shapes.py."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import httpx

from bot.app.feeds.addresses import Resolve, checked, resolve
from bot.content.feeds.shapes import page_items, read_json, text
from bot.errors import FeedError

Progress = Callable[[int, int], None]  # pages read, pages in all
PAGE_SIZE = 50
STATE = "state.json"
JSON_TYPES = ("application/json", "application/problem+json", "application/ld+json", "text/json")
# A service with one of these is told in full; lists of some publishers leave them out.
PARTS = ("service_at_locations", "phones", "contacts", "schedules", "languages", "attributes", "service_areas")


class _NotThere(FeedError):
    """The neighbour has nothing at this address."""


@dataclass(frozen=True)
class Limits:
    """How much a feed may cost us. Seconds, bytes, numbers."""

    request_seconds: float = 20
    run_seconds: float = 1800
    page_bytes: int = 20_000_000
    feed_bytes: int = 500_000_000
    pages: int = 5000
    redirects: int = 3
    spool_seconds: float = 24 * 3600  # pages older than this are read anew


@dataclass
class FeedReader:
    """Fetches one feed. hosts: names that may be asked. loopback: also http to this machine, for tests."""

    hosts: Collection[str]
    spool: Path
    limits: Limits = field(default_factory=Limits)
    resolve: Resolve = resolve
    loopback: bool = False
    clock: Callable[[], float] = time.time  # seconds since 1970

    def read(self, url: str, progress: Progress = lambda done, total: None) -> list[Any]:
        """All pages of the services of the feed whose API is at `url`, as JSON. Raises FeedError.

        A finished reading that is younger than a day is given again without asking the neighbour.
        """
        services = url.rstrip("/") if url.rstrip("/").endswith("/services") else f"{url.rstrip('/')}/services"
        checked(services, self.hosts, self.resolve, self.loopback)
        try:
            self.spool.mkdir(parents=True, exist_ok=True)
            with self._client() as client:
                return _Reading(self, client, services, progress).pages()
        except OSError as error:
            raise FeedError(f"The folder {self.spool} cannot be used ({error.strerror}); check its rights.") from None

    def forget(self) -> None:
        """Delete what was read."""
        shutil.rmtree(self.spool, ignore_errors=True)

    def _client(self) -> httpx.Client:
        # Proxies of the environment would connect in our place, to an address that nobody checked.
        return httpx.Client(
            trust_env=False, follow_redirects=False, timeout=self.limits.request_seconds, headers=_HEADERS
        )


_HEADERS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "orientation-desk"}


class _Reading:
    """One run. The state tells which feed the pages are of, how many there are, and which were read."""

    def __init__(self, reader: FeedReader, client: httpx.Client, services: str, progress: Progress) -> None:
        self._reader, self._client, self._services, self._progress = reader, client, services, progress
        self._limits = reader.limits
        self._ends = time.monotonic() + reader.limits.run_seconds
        self._bytes = 0

    def pages(self) -> list[Any]:
        """All pages, those read before from the folder."""
        state = self._state()
        done = int(state.get("done", 0))
        if not done or (done < state["total"] and not self._same_as_before(state)):
            state = self._start_anew()
            done = 1
        while done < state["total"]:
            self._progress(done, state["total"])
            self._keep(done + 1, self._page(done + 1)[0])
            done += 1
            self._write(STATE, json.dumps(state | {"done": done}).encode())
        self._progress(done, state["total"])
        return [read_json((self._reader.spool / _page_file(number)).read_bytes()) for number in range(1, done + 1)]

    def _state(self) -> dict[str, Any]:
        """The state of an earlier run of the same feed that is still fresh; else an empty one."""
        try:
            state = json.loads((self._reader.spool / STATE).read_bytes())
        except (OSError, ValueError):
            return {}
        age = self._reader.clock() - state.get("began", 0)
        fresh = state.get("services") == self._services and 0 <= age < self._limits.spool_seconds
        there = all((self._reader.spool / _page_file(number)).exists() for number in range(1, state.get("done", 0) + 1))
        return state if fresh and there else {}

    def _same_as_before(self, state: dict[str, Any]) -> bool:
        """Whether the first page is still as it was; else the pages read before belong to another state of the feed."""
        document, _ = self._page(1)
        return _digest(page_items(document)) == state.get("first") and _pages_of(document) == state["total"]

    def _start_anew(self) -> dict[str, Any]:
        for path in self._reader.spool.glob("page-*.json"):
            path.unlink()
        document, items = self._page(1)
        total = _pages_of(document)
        if total > self._limits.pages:
            raise FeedError(f"The feed has {total} pages, more than {self._limits.pages}; nothing was read.")
        self._keep(1, document)
        state = {
            "services": self._services,
            "began": self._reader.clock(),
            "first": _digest(items),
            "total": total,
            "done": 1,
        }
        self._write(STATE, json.dumps(state).encode())
        return state

    def _page(self, number: int) -> tuple[Any, list[dict[str, Any]]]:
        sign = "&" if urlsplit(self._services).query else "?"
        document = self._fetch(f"{self._services}{sign}page={number}&per_page={PAGE_SIZE}&full=true")
        items = page_items(document)
        if items is None:
            raise FeedError("The address is not that of a list of services; write the address of the feed's API.")
        return document, items

    def _keep(self, number: int, document: Any) -> None:
        """Put a page into the folder, with what the list left out of each service."""
        items = page_items(document) or []
        if items and not any(name in item for item in items for name in PARTS):
            items = [item | self._one(text(item, "id")) for item in items]
        self._write(_page_file(number), json.dumps({"contents": items}).encode())

    def _one(self, own: str) -> dict[str, Any]:
        if not own or own in (".", ".."):
            return {}
        base = self._services.partition("?")[0]
        try:
            document = self._fetch(f"{base}/{quote(own, safe='')}")
        except _NotThere:  # deleted since the list was made; what the list says is all there is
            return {}
        return document if isinstance(document, dict) else {}

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all, so that a run that is broken off leaves no half page."""
        path = self._reader.spool / name
        beside = path.with_suffix(".part")
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)

    def _fetch(self, url: str) -> Any:
        for _ in range(self._limits.redirects + 1):
            target = checked(url, self._reader.hosts, self._reader.resolve, self._reader.loopback)
            request = self._client.build_request(
                "GET",
                target.pinned_url,
                headers={"host": target.host if target.port in (80, 443) else f"{target.host}:{target.port}"},
                extensions={"sni_hostname": target.host},  # the certificate must be that of the name
            )
            try:
                response = self._client.send(request, stream=True)
                try:
                    if not response.has_redirect_location:
                        return self._body(response, target.host)
                    url = urljoin(url, response.headers["location"])
                finally:
                    response.close()
            except httpx.HTTPError as error:
                raise FeedError(
                    f"{target.host} does not answer as it should ({type(error).__name__}); run the same again later, "
                    "it goes on where it stopped."
                ) from None
        raise FeedError(f"The feed sends us from address to address more than {self._limits.redirects} times.")

    def _body(self, response: httpx.Response, host: str) -> Any:
        if response.status_code in (404, 410):
            raise _NotThere(f"{host} has no list of services at this address; write the address of the feed's API.")
        if response.status_code != 200:
            raise FeedError(
                f"{host} answers with {response.status_code}; run the same again later, it goes on where it stopped."
            )
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in JSON_TYPES:
            raise FeedError(f"{host} does not answer with JSON; write the address of the feed's API.")
        # What is packed could unpack to any size.
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise FeedError(f"{host} sends packed pages although we asked for plain ones; ask its publisher.")
        data = bytearray()
        for chunk in response.iter_raw():
            data += chunk
            if len(data) > self._limits.page_bytes or self._bytes + len(data) > self._limits.feed_bytes:
                raise FeedError(f"The feed of {host} is larger than allowed; nothing was taken in.")
            if time.monotonic() > self._ends:
                raise FeedError(f"{host} is too slow; run the same again, it goes on where it stopped.")
        self._bytes += len(data)
        return read_json(bytes(data))


def _pages_of(document: Any) -> int:
    """How many pages the list has: as it says, or one."""
    for name in ("total_pages", "totalPages"):
        if isinstance(document, dict) and isinstance(document.get(name), int):
            return max(1, document[name])
    return 1


def _digest(document: Any) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _page_file(number: int) -> str:
    return f"page-{number:05}.json"
