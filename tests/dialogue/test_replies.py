"""Replies made of the project's whole content: every answer, in every language, for every city."""

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.records import Answer, Content, Place, Point, Provenance, Service, Source
from bot.dialogue.buttons import LIMIT_BYTES, read_button
from bot.dialogue.near_replies import NearWriter
from bot.dialogue.replies import CARDS_AT_ONCE, ReplyWriter, emergency_reply, soft_reply
from bot.skills.freshness import freshness, freshness_words

POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


@pytest.fixture(scope="module")
def written(content, phrases):
    """(answer, writer, reply) for every answer, language and city, and for nobody's city."""
    made = []
    for language in phrases.languages:
        for city in (None, *content.cities):
            writer = ReplyWriter(content, phrases, language, city)
            made += [(answer, writer, writer.answer(answer)) for answer in content.answers.values()]
    return made


def where(answer, writer):
    return f"{answer.id} in {writer.language} for {writer.city}"


def ids(reply):
    return [button.id for button in reply.buttons]


# ---- every answer


def test_all_answers_are_there_in_all_languages_and_cities(written, content, phrases):
    assert len(content.answers) >= 128
    assert len(written) == len(content.answers) * len(phrases.languages) * (len(content.cities) + 1)


def test_every_answer_has_a_heading_and_points(written):
    for answer, writer, reply in written:
        assert reply.about == answer.id and reply.heading and reply.points, where(answer, writer)
        assert all(text.strip() for text in (*reply.points, *reply.warnings, *reply.notes)), where(answer, writer)


def test_every_answer_names_its_source_and_when_it_was_checked(written, phrases):
    for answer, writer, reply in written:
        said = phrases.speaker(writer.language)
        notes = "\n".join(reply.notes)
        assert answer.sources, answer.id
        assert all(source.name in notes for source in answer.sources), where(answer, writer)
        told = said("Not checked: rules and numbers may have changed. Ask before you decide.")
        if answer.provenance.checked_on or answer.provenance.verified:
            today = datetime.now(UTC).date()
            told = freshness_words(freshness(answer.provenance, today), writer.language, phrases, today)
        assert told in reply.notes, where(answer, writer)


def test_every_answer_has_a_way_on_and_a_way_to_people(written):
    for answer, writer, reply in written:
        assert {"person:", "not_this:"} <= set(ids(reply)), where(answer, writer)


def test_every_button_of_an_answer_can_be_sent_back_and_has_a_label(written):
    for _answer, _writer, reply in written:
        for button in reply.buttons:
            assert read_button(button.id) and len(button.id.encode()) <= LIMIT_BYTES and button.label.strip()


def test_the_name_of_the_language_is_the_language_of_the_words(written, phrases):
    for answer, writer, reply in written:
        assert reply.language in (writer.language, "en"), where(answer, writer)
        assert reply.direction == phrases.direction(reply.language)
        said = phrases.find("answers", writer.language, answer.question)
        assert (reply.heading, reply.language) == (said.text, said.language), where(answer, writer)


def test_an_answer_that_is_not_translated_says_so_and_a_draft_says_so(written, phrases):
    for answer, writer, reply in written:
        say = phrases.speaker(writer.language)
        missing = say("This answer is not in your language yet. This is the English text.")
        draft = say("This translation is a draft. No native speaker has checked it yet.")
        assert (missing in reply.notes) == (reply.language != writer.language), where(answer, writer)
        if reply.language == writer.language:
            assert (draft in reply.notes) == (not phrases.is_reviewed(writer.language)), where(answer, writer)


def test_the_lines_of_other_cities_are_left_out_and_those_of_the_own_city_are_there(written, phrases):
    for answer, writer, reply in written:
        shown = "\n".join((*reply.points, *reply.warnings))
        for point in (*answer.points, *answer.careful):
            text = phrases.find("answers", writer.language, point.text).text
            is_here = point.city is None or writer.city in (None, point.city)
            assert (text in shown) == is_here, f"{where(answer, writer)}: {text}"


def test_an_unverified_point_says_so_in_its_own_line(written, phrases):
    for answer, writer, reply in written:
        mark = f" ({phrases.say(writer.language, 'not checked')})"
        here = [p for p in answer.points if p.city is None or writer.city in (None, p.city)]
        careful = [p for p in answer.careful if p.city is None or writer.city in (None, p.city)]
        for points, texts in ((here, reply.points), (careful, reply.warnings)):
            assert [text.endswith(mark) for text in texts] == [not point.verified for point in points], where(
                answer, writer
            )


def test_an_unverified_answer_says_so(written, phrases):
    for answer, writer, reply in written:
        note = phrases.say(writer.language, "Not checked: rules and numbers may have changed. Ask before you decide.")
        assert (note in reply.notes) == (not answer.provenance.verified), where(answer, writer)


def test_at_most_three_services_are_shown_at_once(written):
    assert max(len(reply.cards) for _, _, reply in written) == CARDS_AT_ONCE


def test_services_of_other_cities_are_never_shown(written, content):
    for answer, writer, reply in written:
        if writer.city:
            for card in reply.cards:
                assert {writer.city, "west_midlands", "national"} & set(content.services[card.id].areas), where(
                    answer, writer
                )


# ---- every service


@pytest.fixture(scope="module")
def cards(content, phrases):
    """(service, language, card) for every service in every language."""
    writers = [ReplyWriter(content, phrases, language) for language in phrases.languages]
    return [
        (service, writer.language, writer.card(service)) for writer in writers for service in content.services.values()
    ]


def test_an_unverified_service_says_so_and_a_verified_one_does_not(cards, phrases):
    assert {service.provenance.verified for service, _, _ in cards} == {True, False}
    for service, language, card in cards:
        doubt = phrases.say(language, "Not checked yet. Call or look at the website before you go.")
        assert card.warnings == (() if service.provenance.verified else (doubt,)), service.id


def test_every_service_names_its_source_or_that_there_is_none(cards, phrases):
    for service, language, card in cards:
        named = service.provenance.source_name or phrases.say(language, "No source known")
        assert named in card.source, service.id


def test_every_number_address_and_link_of_a_card_is_kept_from_turning_round(cards):
    for service, _, card in cards:
        for fact in card.facts:
            assert fact.value.strip() and (fact.ltr or not fact.href), service.id
            assert not fact.href or fact.href.startswith(("tel:", "mailto:", "https:", "http:")), service.id


def test_every_service_can_be_reached_or_says_how_to_get_in(cards):
    for service, _, card in cards:
        assert card.title and card.facts, service.id


@pytest.fixture(scope="module")
def locations(project):
    """The rows of locations.csv by service id."""
    with (project / "services_data" / "locations.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    with (project / "services_data" / "services_at_location.csv").open(encoding="utf-8", newline="") as file:
        links = list(csv.DictReader(file))
    found: dict[str, list[dict[str, str]]] = {}
    for link in links:
        found.setdefault(link["service_id"], []).append(rows[link["location_id"]])
    return found


def test_no_address_of_a_confidential_place_is_ever_shown(cards, locations, phrases):
    hidden = {service for service, rows in locations.items() if any(row["confidential"] == "yes" for row in rows)}
    assert len(hidden) >= 10
    for service, language, card in cards:
        if service.id in hidden:
            assert phrases.say(language, "Address") not in [fact.label for fact in card.facts], service.id
            shown = " ".join((card.body, card.subtitle, *(fact.value for fact in card.facts)))
            assert not POSTCODE.search(shown), service.id


def test_every_address_shown_is_one_of_a_place_that_is_not_confidential(cards, locations, phrases):
    count = 0
    for service, language, card in cards:
        label = phrases.say(language, "Address")
        open_places = [row for row in locations.get(service.id, []) if row["confidential"] == "no"]
        allowed = [", ".join(filter(None, (row["address_1"], row["city"], row["postal_code"]))) for row in open_places]
        for fact in (fact for fact in card.facts if fact.label == label):
            count += 1
            assert fact.value in allowed, f"{service.id}: {fact.value}"
    assert count > 10


# ---- more, near me, and finding the way


@pytest.mark.parametrize("city", [None, "birmingham", "coventry", "wolverhampton"])
def test_more_goes_on_without_repeating_until_it_says_that_is_all(content, phrases, city):
    writer = ReplyWriter(content, phrases, "en", city)
    for answer in content.answers.values():
        seen = [card.id for card in writer.answer(answer).cards]
        shown, reply = CARDS_AT_ONCE, None
        for _step in range(100):
            reply, shown = writer.more(answer, shown)
            if not reply.cards:
                break
            seen += [card.id for card in reply.cards]
            assert "person:" in ids(reply)
        assert reply.text == "That is all I have on this." and ids(reply) == ["menu:", "person:"], answer.id
        assert len(seen) == len(set(seen)), answer.id


def test_a_more_button_is_there_only_where_more_is_left(content, phrases):
    writer = ReplyWriter(content, phrases, "en", "coventry")
    for answer in content.answers.values():
        shown, reply = CARDS_AT_ONCE, None
        while True:
            reply, shown = writer.more(answer, shown)
            if not reply.cards or "more:" not in ids(reply):
                break
        assert not writer.more(answer, shown)[0].cards, answer.id


@pytest.mark.parametrize("city", ["birmingham", "coventry", "wolverhampton"])
def test_near_me_shows_services_of_the_city_or_says_that_there_is_none(content, phrases, city):
    writer = ReplyWriter(content, phrases, "en", city)
    name = content.cities[city].name
    for answer in content.answers.values():
        reply = NearWriter(writer).near(answer)
        here = [city in content.services[card.id].areas for card in reply.cards]
        if reply.text == f"In {name}:":
            assert here and all(here), answer.id
        else:
            assert reply.text.startswith(f"I know no place for this in {name}."), answer.id
            assert reply.cards, answer.id
            if "These people" not in reply.text:
                assert not any(here), answer.id


def test_the_menu_shows_every_topic_that_has_answers_and_the_ways_on(content, phrases):
    for language in phrases.languages:
        reply = ReplyWriter(content, phrases, language).menu()
        topics = {f"topic:{answer.topic}" for answer in content.answers.values()}
        assert {"find:", "person:", "languages:", "cities:"} == set(ids(reply)) - topics
        assert topics <= set(ids(reply))


def test_every_topic_lists_its_questions_and_the_way_back(content, phrases):
    for language in phrases.languages:
        for topic in {answer.topic for answer in content.answers.values()}:
            reply = ReplyWriter(content, phrases, language).topic(topic)
            wanted = [f"answer:{answer.id}" for answer in content.answers.values() if answer.topic == topic]
            assert ids(reply) == [*wanted, "menu:"]
            assert all(len(button_id.encode()) <= LIMIT_BYTES for button_id in ids(reply))


def test_what_is_not_known_leads_to_topics_and_to_people_with_numbers(content, phrases):
    for city in (None, *content.cities):
        menu, people = ReplyWriter(content, phrases, "en", city).unknown()
        assert menu.about == people.about == "unknown"
        assert any(button.id.startswith("topic:") for button in menu.buttons)
        assert people.cards and all(any(fact.href.startswith("tel:") for fact in card.facts) for card in people.cards)


def test_choices_force_nothing(content, phrases):
    some = list(content.answers.values())[:3]
    reply = ReplyWriter(content, phrases, "en").choices(some)
    assert ids(reply) == [*(f"answer:{answer.id}" for answer in some), "not_this:", "menu:", "person:"]


def test_languages_are_offered_by_their_own_names(content, phrases):
    reply = ReplyWriter(content, phrases, "en").ask_language()
    assert [(button.id, button.label) for button in reply.buttons] == [
        (f"language:{each.code}", each.name) for each in phrases.languages.values()
    ]


# ---- single records


@pytest.fixture
def small():
    """Content with one answer and one service, all of whose parts are known."""
    three_weeks_ago = datetime.now(UTC).date() - timedelta(days=21)
    checked = Provenance("https://example.org", "Example list", "2026-01-31", three_weeks_ago, "GREEN", "", True)
    service = Service(
        "s", "Same name", "Same name", areas=("national",), places=(Place("Hall", "", "CV1 1AA"),), provenance=checked
    )
    answer = Answer(
        "housing/x",
        "housing",
        "Question?",
        (Point("Only one.", verified=True),),
        services=("s",),
        sources=(Source("A", "Example list", "", "2026"), Source("A2", "Example list", "", "2026")),
        provenance=checked,
    )
    return Content(1, {answer.id: answer}, {"s": service}, {}, {})


def test_a_checked_record_says_when_it_was_checked(small, phrases):
    reply = ReplyWriter(small, phrases, "en").answer(small.answers["housing/x"])
    assert reply.notes == ("Source: Example list, 2026.", "Checked 3 weeks ago.")
    assert reply.cards[0].source == "Source: Example list, 2026-01-31. Checked 3 weeks ago."
    assert reply.cards[0].warnings == ()


def test_a_record_that_nobody_looked_at_for_too_long_says_since_when_and_warns(small, phrases):
    old = replace(small.services["s"].provenance, checked_on=date(2020, 5, 4))
    answer = replace(small.answers["housing/x"], provenance=old)
    content = replace(small, answers={answer.id: answer}, services={"s": replace(small.services["s"], provenance=old)})
    reply = ReplyWriter(content, phrases, "en").answer(answer)
    doubt = "Not checked: rules and numbers may have changed. Ask before you decide."
    assert reply.notes[-2:] == ("Not checked since May 2020.", doubt)
    assert reply.cards[0].source.endswith("Not checked since May 2020.")
    assert reply.cards[0].warnings == ("Nobody has checked this for a long time. Call before you go.",)


def test_a_service_named_like_its_organization_is_named_once(small, phrases):
    assert ReplyWriter(small, phrases, "en").card(small.services["s"]).subtitle == ""


def test_a_place_with_only_a_postcode_shows_the_postcode(small, phrases):
    assert [fact.value for fact in ReplyWriter(small, phrases, "en").card(small.services["s"]).facts] == ["CV1 1AA"]


def test_a_service_without_a_source_says_so(small, phrases):
    bare = replace(small.services["s"], provenance=Provenance())
    card = ReplyWriter(small, phrases, "en").card(bare)
    assert card.source == "No source known. No person has checked this yet." and card.warnings


# ---- safety texts


def test_every_emergency_shows_all_its_lines_and_numbers_in_every_language(safety, phrases, content):
    questions = {answer.id: answer.question for answer in content.answers.values()}
    for language in phrases.languages:
        for group in safety.groups:
            reply = emergency_reply(group, phrases, language, questions)
            assert reply.urgent and reply.about == group.id and len(reply.points) == len(group.text)
            facts = [fact for card in reply.cards for fact in card.facts]
            assert [fact.value for fact in facts] == [number.number for number in group.numbers]
            for fact in facts:
                assert fact.href == "tel:" + fact.value.replace(" ", "") and any(
                    fact.value in line for line in reply.points
                )
            assert ids(reply)[-1] == "person:" and reply.direction == phrases.direction(reply.language)


def test_every_answer_that_an_emergency_offers_exists(safety, content):
    for group in safety.groups:
        assert [answer for answer in group.answers if answer not in content.answers] == [], group.id


def test_an_emergency_needs_no_content(safety, phrases):
    assert ids(emergency_reply(safety.groups[0], phrases, "en", {})) == ["person:"]


def test_a_text_of_which_a_line_is_not_translated_is_not_called_translated(safety, phrases):
    strange = replace(safety.groups[0], text=(*safety.groups[0].text, "A line that nobody translated."))
    assert emergency_reply(strange, phrases, "ar", {}).language == "en"


def test_the_card_of_an_emergency_has_the_direction_of_its_language(safety, phrases):
    for language in phrases.languages:
        reply = emergency_reply(safety.groups[0], phrases, language, {})
        assert all(card.direction == phrases.direction(card.language) for card in reply.cards), language


def test_the_soft_question_has_its_three_ways_on_and_each_can_be_pressed(safety, phrases):
    for language in phrases.languages:
        reply = soft_reply(safety, phrases, language)
        assert len(reply.buttons) == 3 and reply.text
        assert all(read_button(button.id) and button.label for button in reply.buttons)
