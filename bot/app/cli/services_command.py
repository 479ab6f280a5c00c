"""`desk services`: find services as the desk finds them for people, and see why each came where it came."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import click

from bot.app.settings import read_settings
from bot.app.wiring import open_store, read_phrases
from bot.content.records import Content
from bot.content.store import Store
from bot.dialogue.components.sentence_encoder import encoder_named
from bot.dialogue.service_meaning import service_vectors
from bot.skills.freshness import freshness, freshness_words
from bot.skills.opening_hours import london
from bot.skills.opening_words import sentence
from bot.skills.phrases import Phrases
from bot.skills.service_filters import Filter
from bot.skills.service_search import Found, Hit, ServiceQuery, search_services
from bot.skills.whereabouts import distance_words, find_place

ENCODER = "e5"
SPOKEN_AT_DESK = "en"  # volunteers read the results in English
MOMENTS = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])
WHY = {
    "NAME": "it is named",
    "WORDS": "it holds the words",
    "MEANING": "it means about the same",
    "TOPIC": "it is on the topic",
    "NEAR": "it is near",
    "CITY": "it is for this city",
    "OPEN_NOW": "it is open now",
    "SPEAKS": "the language is spoken there",
    "FOR_YOU": "it is for these people",
}
LEFT_OUT = {"audience": "it is for other people"}
WIDENED = {"distance": "further away", "city": "in other cities", "hours": "at other times"}


def _wishes(command):
    """An option for each filter."""
    for wish in reversed(Filter):
        words = wish.value.replace("_", " ")
        option = f"--{wish.value.replace('_', '-')}"
        command = click.option(option, wish.value, is_flag=True, help=f"Only {words}, or perhaps {words}.")(command)
    return command


@click.command()
@click.argument("words", nargs=-1)
@click.option("--near", metavar="PLACE", help='A postcode, its beginning, or a place: "CV1", "Bilston".')
@click.option("--within", type=click.FloatRange(0), metavar="MILES", help="No further away than this.")
@click.option("--city", help="City id: coventry, birmingham or wolverhampton.")
@click.option("--topic", "topics", multiple=True, help="Topic id, such as housing; several are possible.")
@click.option("--audience", type=click.Choice(["AS", "RF", "VH", "EU", "UN"]), help="Whom it must be for.")
@click.option("--language", metavar="CODE", help="What the person speaks, such as pl.")
@click.option("--at", type=MOMENTS, help="At this time in England, such as 2026-11-23T10:00; now if not given.")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True, help="Show so many.")
@click.option("--json", "as_json", is_flag=True, help="Print ids, scores and reasons as JSON.")
@_wishes
def command(words: tuple[str, ...], near: str | None, at: datetime | None, as_json: bool, **asked) -> None:
    """Find services by WORDS in any language, place and wishes; say why each was found, and what was left out."""
    settings = read_settings()
    with open_store(settings) as store:
        content = store.content()
        if not content.services:
            raise click.ClickException("There are no services in the database yet. Run `desk content import` first.")
        _check(content, asked["city"], asked["topics"])
        phrases = read_phrases(settings)
        query = _query(" ".join(words), _position(near, content, store), at, asked)
        found = _search(query, content, store, phrases)
    if as_json:
        click.echo(json.dumps(_as_data(found), ensure_ascii=False, indent=2))
    else:
        _print(found, query, phrases)


def _check(content: Content, city: str | None, topics: tuple[str, ...]) -> None:
    for given, option, known in [
        (city, "--city", content.cities),
        *((topic, "--topic", content.topics) for topic in topics),
    ]:
        if given and given not in known:
            raise click.BadParameter(f"{given!r} is not known. Use one of: {', '.join(known)}.", param_hint=option)


def _position(near: str | None, content: Content, store: Store) -> tuple[float, float] | None:
    if near is None:
        return None
    place = find_place(near, content.gazetteer, store.postcode)
    if place is None:
        raise click.BadParameter(f"{near!r} is no place that is known, or several.", param_hint="--near")
    click.echo(f"Near {place.name} ({place.kind}).", err=True)
    return place.latitude, place.longitude


def _query(text: str, position: tuple[float, float] | None, at: datetime | None, asked: dict) -> ServiceQuery:
    return ServiceQuery(
        at=at.replace(tzinfo=london()) if at else datetime.now(UTC),
        text=text,
        topics=asked["topics"],
        city=asked["city"],
        position=position,
        within_miles=asked["within"] if position else None,
        audience=asked["audience"],
        filters=frozenset(wish for wish in Filter if asked[wish.value]),
        language=asked["language"],
        limit=asked["limit"],
    )


def _search(query: ServiceQuery, content: Content, store: Store, phrases: Phrases) -> Found:
    if not query.text:
        return search_services(query, content, store.find_services)
    encoder = encoder_named(ENCODER)
    vectors = service_vectors(content, encoder, store, phrases)
    query = replace(query, meaning=encoder.encode([query.text])[0])
    return search_services(query, content, store.find_services, vectors)


def _print(found: Found, query: ServiceQuery, phrases: Phrases) -> None:
    if found.widened:
        click.echo(f"Nothing fits all of it. These are {' and '.join(WIDENED[code] for code in found.widened)}:\n")
    if not found.hits:
        click.echo("Nothing was found.")
    for number, hit in enumerate(found.hits, 1):
        click.echo("\n".join(_lines(number, hit, query, phrases)))
    for left in found.left_out:
        why = LEFT_OUT.get(left.reason, f"it is not: {left.reason.replace('_', ' ')}")
        click.echo(f"Left out: {left.service.name} ({left.service.id}), because {why}.")


def _lines(number: int, hit: Hit, query: ServiceQuery, phrases: Phrases) -> list[str]:
    service, today = hit.service, query.at.astimezone(london()).date()
    lines = [f"{number:>2}. {service.name}, {service.organization}  [{service.id}, {hit.score:.2f}]"]
    if hit.miles is not None:
        lines.append(distance_words(hit.miles, phrases, SPOKEN_AT_DESK))
    lines.append(sentence(hit.opening, query.at, phrases, SPOKEN_AT_DESK))
    lines.append(freshness_words(freshness(service.provenance, today), SPOKEN_AT_DESK, phrases, today))
    lines.append(f"Why: {'; '.join(_why(code) for code in hit.reasons) or 'nothing else fits better'}.")
    return [lines[0], *(f"    {line}" for line in lines[1:] if line)]


def _why(code: str) -> str:
    if code.startswith("UNSURE_"):
        return f"nobody knows whether it is: {code.removeprefix('UNSURE_').lower().replace('_', ' ')}"
    return WHY.get(code, f"it is: {code.lower().replace('_', ' ')}")


def _as_data(found: Found) -> dict:
    return {
        "hits": [
            {
                "id": hit.service.id,
                "name": hit.service.name,
                "score": hit.score,
                "miles": hit.miles and round(hit.miles, 2),
                "open": hit.opening.open,
                "reasons": hit.reasons,
            }
            for hit in found.hits
        ],
        "left_out": [{"id": left.service.id, "reason": left.reason} for left in found.left_out],
        "widened": found.widened,
    }
