"""Checks a feed over HTTP as the validator of Open Referral UK does: all nine addresses, three pages of each collection,
up to ten records of each. It changes nothing and sends nothing but GET."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from bot.app.feeds.schemas import COLLECTIONS, Schemas

FIRST_ANSWER_SECONDS = 10.0  # later than this, the official validator takes a feed for version 1
MEAN_SECONDS = 5.0
RECORDS = 10
LARGEST_BODY = 50_000_000  # bytes
SAME_FAULT = 3  # so many times is one fault of one address told
FRESH = timedelta(days=92)
ADDRESSES = tuple(address for name in COLLECTIONS for address in (f"/{name}", f"/{name}/{{id}}"))
PAGE_FIELDS: dict[str, type] = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}


@dataclass(frozen=True)
class Finding:
    """Something to put right. `kind`: error (the feed is not valid), warning, or advice."""

    kind: str
    address: str
    text: str


@dataclass
class FeedReport:
    """What a check found. `seconds`: how long each request took. `records`: how many were held against a schema."""

    findings: list[Finding] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    records: int = 0
    version: str = ""

    def of(self, kind: str) -> list[Finding]:
        """The findings of a kind."""
        return [finding for finding in self.findings if finding.kind == kind]

    @property
    def mean(self) -> float:
        """Seconds that a request took, on average."""
        return sum(self.seconds) / len(self.seconds) if self.seconds else 0.0

    def add(self, kind: str, address: str, text: str) -> None:
        """Note a finding, unless this address has had the like often enough."""
        finding = Finding(kind, address, text)
        alike = [each for each in self.findings if (each.kind, each.address) == (kind, address)]
        if finding not in alike and len(alike) < SAME_FAULT:
            self.findings.append(finding)


def check_feed(
    base: str,
    client: httpx.Client,
    schemas: Schemas,
    *,
    today: date,
    chance: random.Random,
    clock: Callable[[], float] = time.monotonic,
) -> FeedReport:
    """Check the feed at `base`, the address of its `/`. chance: picks the records. clock: seconds that only grow."""
    return _Check(base.rstrip("/"), client, schemas, today, chance, clock).run()


class _Check:
    """One check under way."""

    def __init__(
        self,
        base: str,
        client: httpx.Client,
        schemas: Schemas,
        today: date,
        chance: random.Random,
        clock: Callable[[], float],
    ) -> None:
        self._base = base
        self._client = client
        self._schemas = schemas
        self._today = today
        self._chance = chance
        self._clock = clock
        self._report = FeedReport()

    def run(self) -> FeedReport:
        """Check everything; what does not answer is a finding, so that one fault does not hide the others."""
        self._about()
        for name in COLLECTIONS:
            records = list(self._pages(name))
            self._records(name, [record for record in records if isinstance(record, dict)])
        if self._report.mean > MEAN_SECONDS:
            self._report.add("warning", "/", f"Requests take {self._report.mean:.1f} seconds on average.")
        return self._report

    def _about(self) -> None:
        body = self._get("/", "/")
        if body is None:
            return
        if self._report.seconds[-1] > FIRST_ANSWER_SECONDS:
            self._report.add("error", "/", f"It took {self._report.seconds[-1]:.1f} seconds; 10 are allowed.")
        for name in ("version", "profile", "openapi_url"):
            if not isinstance(body.get(name), str):
                self._report.add("error", "/", f"{name} is missing.")
        self._report.version = str(body.get("version", ""))
        if "3" not in self._report.version:
            self._report.add("warning", "/", f"The version is {self._report.version!r} and not HSDS-UK-3.0.")

    def _pages(self, name: str) -> Iterator[Any]:
        """The records of the first, the middle and the last page."""
        address = f"/{name}"
        first = self._page(address, 1)
        if first is None:
            return
        pages = first["total_pages"]
        if first["empty"] or not first["contents"]:
            self._report.add("warning", address, "It is empty.")
        yield from first["contents"]
        for number in sorted({(pages + 1) // 2, pages} - {0, 1}):
            page = self._page(address, number)
            yield from page["contents"] if page else []

    def _page(self, address: str, number: int) -> dict[str, Any] | None:
        body = self._get(address, f"{address}?page={number}")
        if body is None:
            return None
        wrong = [name for name, kind in PAGE_FIELDS.items() if type(body.get(name)) is not kind]
        for name in wrong:
            self._report.add("error", address, f"{name} of the page is missing or of the wrong type.")
        if wrong:
            return None
        expected = {
            "page_number": number,
            "first_page": number == 1,
            "last_page": number >= body["total_pages"],
            "empty": not body["contents"],
            "size": len(body["contents"]),
        }
        for name, value in expected.items():
            if body[name] != value and not (name == "size" and body["last_page"]):
                self._report.add("error", address, f"{name} of page {number} is {body[name]}, not {value}.")
        for record in body["contents"]:
            self._against(address, address.strip("/"), record)
        return body

    def _records(self, name: str, listed: list[dict[str, Any]]) -> None:
        """Read up to ten records, picked by chance, each by its own address."""
        address = f"/{name}/{{id}}"
        ids = sorted({record["id"] for record in listed if isinstance(record.get("id"), str)})
        read = []
        for key in self._chance.sample(ids, min(RECORDS, len(ids))):
            record = self._get(address, f"/{name}/{key}")
            if record is None:
                continue
            read.append(record)
            self._against(address, f"{name}/{{id}}", record)
            if record.get("id") != key:
                self._report.add("error", address, f"The record at {key} has the id {record.get('id')}.")
        if name == "services":
            self._fresh(address, read)

    def _fresh(self, address: str, services: list[dict[str, Any]]) -> None:
        oldest = (self._today - FRESH).isoformat()
        stale = sum(str(service.get("assured_date") or "") < oldest for service in services)
        if stale:
            self._report.add(
                "advice", address, f"{stale} of {len(services)} services have no assured_date of the last three months."
            )

    def _against(self, address: str, schema: str, record: Any) -> None:
        self._report.records += 1
        for error in self._schemas[schema].iter_errors(record):
            place = "/".join(map(str, error.absolute_path)) or "the record"
            self._report.add("error", address, f"{place}: {error.message[:200]}")
        for place in _nulls(record):
            self._report.add("warning", address, f"{place} is null; a field without a value is better left out.")

    def _get(self, address: str, path: str) -> Any:
        """The JSON object at a path; None where there is none, which is then a finding."""
        started = self._clock()
        try:
            answer = self._client.get(self._base + path)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._report.add("error", address, f"There is no answer: {type(error).__name__}.")
            return None
        finally:
            self._report.seconds.append(self._clock() - started)
        if answer.status_code != 200:
            self._report.add("error", address, f"The answer is {answer.status_code}, not 200.")
            return None
        if answer.headers.get("access-control-allow-origin") != "*":
            self._report.add(
                "warning", address, "Access-Control-Allow-Origin is not *, so that web pages cannot read it."
            )
        return self._json(address, answer)

    def _json(self, address: str, answer: httpx.Response) -> Any:
        if len(answer.content) > LARGEST_BODY:
            self._report.add("error", address, "The answer has more than 50 MB.")
            return None
        try:
            body = answer.json()
        except ValueError:
            self._report.add("error", address, "The answer is not JSON.")
            return None
        if not isinstance(body, dict):
            self._report.add("error", address, "The answer is not a JSON object.")
            return None
        return body


def _nulls(node: Any, place: str = "") -> Iterator[str]:
    """Where in a record there is null."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in children:
        where = f"{place}/{name}".lstrip("/")
        if child is None:
            yield where
        yield from _nulls(child, where)
