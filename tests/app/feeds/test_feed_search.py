"""The search of the open data feed over a real index: every service that fits is counted, and filters come after."""

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.app.wiring import feed_lookups
from bot.channels.web.open_referral.routes import BASE, open_referral_routes
from bot.content.feeds.importing import take_feed_in
from bot.content.feeds.records import FeedSource
from bot.content.search.index import MOST_CANDIDATES
from bot.content.store import Store
from tests.content.feeds.feed_examples import page, service

MANY = MOST_CANDIDATES + 60


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    """The feed of a desk with MANY services for "knitting", of which the last ten are for people from 60."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('feed')}/desk.db") as store:
        store.migrate()
        groups = [
            service(
                number,
                name=f"Knitting {number}",
                **({"eligibility": {"minimum_age": 60}} if number >= MANY - 10 else {}),
            )
            for number in range(MANY)
        ]
        source = FeedSource("walsall", "OGL 3.0")
        take_feed_in(store, [page(*groups, service(MANY))], source, datetime(2026, 6, 1, tzinfo=UTC))
        routes = open_referral_routes(store.content, version="1", lookups=feed_lookups(store))
        yield TestClient(Starlette(routes=routes))


def asked(feed, **params):
    return feed.get(f"{BASE}/services", params=params).json()


def test_a_search_counts_every_service_that_fits(feed):
    assert asked(feed, search="knitting")["total_items"] == MANY


def test_the_pages_of_a_search_hold_each_service_once(feed):
    found = [
        each["id"]
        for number in (1, 2, 3)
        for each in asked(feed, search="knitting", per_page=100, page=number)["contents"]
    ]
    assert len(found) == len(set(found)) == MANY


def test_a_filter_chooses_among_all_that_the_words_find(feed):
    assert asked(feed, search="knitting", minimum_age=60)["total_items"] == 10
