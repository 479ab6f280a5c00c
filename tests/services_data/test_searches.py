"""Searches that people might type, over the real data and with the real encoder: does the right service come first?

searches.csv was written before the ranking was tuned, and the ranking was tuned on it; searches_held_out.csv never was.
"""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from bot.dialogue.components.sentence_encoder import encoder_named
from bot.dialogue.service_meaning import service_vectors
from bot.skills.opening_hours import london
from bot.skills.service_search import Filter, ServiceQuery, search_services

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parent
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=london())
TUNED, HELD_OUT = "searches.csv", "searches_held_out.csv"
NAMED_BY_NO_ANSWER = {
    "childline",
    "tell-mama",
    "mankind",
    "the-well",
    "citizens-advice-coventry",
    "birmingham-lgbt",
}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def search(content, pack_store, phrases):
    """A function that gives the ids found for one row, best first."""
    encoder = encoder_named("e5")
    vectors = service_vectors(content, encoder, pack_store, phrases)

    def find(row: dict[str, str]) -> list[str]:
        query = ServiceQuery(
            at=MONDAY,
            text=row["text"],
            meaning=encoder.encode([row["text"]])[0],
            city=row["city"] or None,
            position=tuple(map(float, row["near"].split(";"))) if row["near"] else None,
            filters=frozenset(map(Filter, filter(None, row["filters"].split(";")))),
            language=row["language"],
        )
        return [hit.service.id for hit in search_services(query, content, pack_store.find_services, vectors).hits]

    return find


def wrong(search, name: str, first: int) -> list[str]:
    """The searches of a file of which none of the first results is one of those expected."""
    return [row["text"] for row in rows(name) if not set(search(row)[:first]) & set(row["expected"].split(";"))]


def test_every_expected_service_exists_and_five_languages_ask(content):
    both = rows(TUNED) + rows(HELD_OUT)
    expected = {service for row in both for service in row["expected"].split(";")}
    assert expected <= content.services.keys()
    assert {row["language"] for row in rows(TUNED)} == {row["language"] for row in rows(HELD_OUT)}
    assert len({row["language"] for row in rows(TUNED)}) == 5
    assert (len(rows(TUNED)), len(rows(HELD_OUT))) == (30, 15)
    assert expected >= NAMED_BY_NO_ANSWER


def test_of_30_searches_27_or_more_find_the_right_service_first(search):
    assert len(wrong(search, TUNED, 1)) <= 3, wrong(search, TUNED, 1)


def test_of_30_searches_29_or_more_have_the_right_service_among_the_first_three(search):
    assert len(wrong(search, TUNED, 3)) <= 1, wrong(search, TUNED, 3)


def test_of_15_searches_that_nothing_was_tuned_on_11_or_more_find_the_right_service_first(search):
    assert len(wrong(search, HELD_OUT, 1)) <= 4, wrong(search, HELD_OUT, 1)
    assert len(wrong(search, HELD_OUT, 3)) <= 2, wrong(search, HELD_OUT, 3)
