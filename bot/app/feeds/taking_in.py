"""One neighbour's feed from a file or an address into the database, for the command line. What is taken in and what is
left out is decided in bot/content/."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app.feeds.fetching import FeedReader, Progress
from bot.app.settings import Settings
from bot.content.feeds.importing import FeedPlan, known_feeds, plan_feed, take_feed_in
from bot.content.feeds.records import FeedSource
from bot.content.feeds.shapes import LARGEST_FILE, read_json
from bot.content.store import Store
from bot.errors import FeedError
from bot.skills.languages import english_name


def feed_source(store: Store, name: str, url: str, licence: str) -> FeedSource:
    """The publisher; what is not given is as it was the last time. Raises FeedError."""
    source = FeedSource(name, licence, url)
    known = next((feed for feed in known_feeds(store) if feed.name == name), None)
    if not (licence or (known and known.licence)):
        raise FeedError(
            "Nobody knows yet under which licence this feed may be used. Ask its publisher, then write it with "
            '--licence, such as --licence "OGL 3.0".'
        )
    if known and url and known.url and url != known.url:
        raise FeedError(f"The feed {name} was read from {known.url} before; give another feed another name.")
    return FeedSource(source.name, licence or known.licence, url or (known.url if known else ""))


def feed_reader(settings: Settings, name: str) -> FeedReader:
    """What fetches the feed with this name."""
    return FeedReader(settings.allowed_feed_hosts, settings.data / "feeds" / name)


def read_documents(file: Path | None, url: str, reader: FeedReader, progress: Progress) -> list[Any]:
    """All pages of the feed. Raises FeedError."""
    if file is None:
        return reader.read(url, progress)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise FeedError(
                f"{file} is larger than {LARGEST_FILE // 1_000_000} MB; ask its publisher for a smaller one."
            )
        return [read_json(file.read_bytes())]
    except OSError as error:
        raise FeedError(f"{file} cannot be read ({error.strerror}); check its name.") from None


def take_in(store: Store, documents: list[Any], source: FeedSource, apply: bool, remove_many: bool) -> FeedPlan:
    """Take a feed in, or only say what would happen. Raises FeedError, StoreError."""
    options = {"language_name": english_name, "remove_many": remove_many}
    if apply:
        return take_feed_in(store, documents, source, datetime.now(UTC), **options)
    return plan_feed(store, documents, source, **options)
