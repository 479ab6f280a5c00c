"""Builds replies out of content, in the person's language. No Rasa, no database and no decisions on what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from bot.content.records import Answer, Content, Point, Service
from bot.content.safety_texts import SafetyGroup, SafetyTexts
from bot.dialogue.buttons import button_id
from bot.dialogue.messages import Button, Card, Fact, Reply
from bot.dialogue.service_cards import ServiceCards
from bot.skills.audiences import depends, is_for, points_for, worth_asking
from bot.skills.eligibility import LeftOut, for_person
from bot.skills.phrases import Phrases, Said
from bot.skills.search import near_before_far, people_to_talk_to, services_for, services_on_topic
from bot.skills.whereabouts import Whereabouts, city_middles, outcode_named

CARDS_AT_ONCE = 3
CHOICES = 3  # the nearest questions that are offered where it is not sure which was asked
ASKED_AT_MOST = 2  # times that a person is asked for their situation; who answers neither does not want to
SOFT_BUTTONS = ("menu", "unsafe", "person")  # what the three labels of the soft text do, in order


@dataclass
class ReplyWriter:
    """Writes for one person: `language` is a BCP 47 code, `city` a city id or None, `audience` a code of their situation
    (AS, RF, VH, EU, UN) or None, `outcode` the first half of their postcode or None, `moment` the time with its zone,
    `here` latitude and longitude in degrees with metres of exactness, where this message told them."""

    content: Content
    phrases: Phrases
    language: str
    city: str | None = None
    audience: str | None = None
    outcode: str | None = None
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    here: Sequence[float] | None = None

    def __post_init__(self) -> None:
        self._say = self.phrases.speaker(self.language)
        self.place = outcode_named(self.outcode, self.content.gazetteer)
        if self.here and self.outcode:
            self.place = Whereabouts("here", self.outcode, self.here[0], self.here[1], self.outcode, int(self.here[2]))
        self.cards = ServiceCards(self.phrases, self.language, self.moment, self.place)
        middles = city_middles(self.content.cities.values(), self.content.gazetteer) if self.place else {}
        self._miles_to_city = {
            city: self.place.miles_to(middle.latitude, middle.longitude) for city, middle in middles.items()
        }

    @classmethod
    def for_slots(cls, content: Content, phrases: Phrases, slots: Mapping[str, Any], moment: datetime) -> Self:
        """A writer for what is known of a conversation: `slots` by their names in domain.yml."""
        about = {name: slots.get(name) for name in ("city", "audience", "outcode", "here")}
        return cls(content, phrases, slots.get("language") or "en", **about, moment=moment)

    # ---- answers and services

    def answer(self, answer: Answer, first: int = 0) -> Reply:
        """An answer with its first services; `first` is the number of services shown before."""
        _ = self._say
        services, left_out = self.services(answer)
        shown = services[first : first + CARDS_AT_ONCE]
        points = [self.point(point) for point in points_for(self.points_here(answer.points), self.audience)]
        careful = [self.point(point) for point in points_for(self.points_here(answer.careful), self.audience)]
        question = self._translated(answer.question)
        translated = question.language == self.language
        return Reply(
            about=answer.id,
            heading=question.text,
            text=self._for_others(answer),
            points=tuple(points),
            warnings=tuple(careful),
            cards=tuple(self.card(service) for service in shown),
            notes=(*self.left_out(left_out), *self._answer_notes(answer, translated)),
            buttons=(*self._audience_button(answer), *self.answer_buttons(len(services) > first + len(shown))),
            language=self.language if translated else "en",
            direction=self.phrases.direction(self.language) if translated else "ltr",
            labels={"careful": _("Careful"), "services": _("Who can help")},
        )

    def more(self, answer: Answer, shown: int) -> tuple[Reply, int]:
        """The next services: first the answer's own, then others on its topic. Returns the reply and the new count."""
        _ = self._say
        named, others = self.services(answer)[0], self.others(answer)
        following = (named + others)[shown : shown + CARDS_AT_ONCE]
        if not following:
            return self.reply(answer.id, _("That is all I have on this."), buttons=self.way_on()), shown
        text = _("More places that can help:") if shown < len(named) else _("Other places for this subject:")
        more_left = len(named) + len(others) > shown + len(following)
        cards = tuple(self.card(service) for service in following)
        return self.reply(answer.id, text, cards=cards, buttons=self.answer_buttons(more_left)), shown + len(following)

    def services(self, answer: Answer) -> tuple[list[Service], list[LeftOut]]:
        """The services of an answer, best first, and those left out because they are surely not for the person."""
        kept, left_out = for_person(services_for(self.content, answer, self.city), self.audience)
        near = near_before_far(kept, self.city, self._miles)
        return sorted(near, key=lambda service: self.cards.is_expired(service.provenance)), left_out

    def others(self, answer: Answer) -> list[Service]:
        """Other services on the topic of an answer."""
        listed = {service.id for service in services_for(self.content, answer, self.city)}
        topic = services_on_topic(self.content, answer.topic, self.city)
        kept, _ = for_person((service for service in topic if service.id not in listed), self.audience)
        return near_before_far(kept, self.city, self._miles)

    def _miles(self, service: Service) -> float | None:
        """How far a service is; of one without a place that works in single cities only, how far the nearest of them."""
        known = self.cards.miles(service)
        if known is not None or self.place is None or not set(service.areas) <= set(self.content.cities):
            return known
        return min((self._miles_to_city[area] for area in service.areas if area in self._miles_to_city), default=None)

    def card(self, service: Service) -> Card:
        """A service as a card."""
        return self.cards.card(service)

    def people(self, text: str, about: str = "talk_to_human") -> Reply:
        """Human contacts for the person's city, under a sentence."""
        cards = tuple(self.card(service) for service in people_to_talk_to(self.content, self.city)[:CARDS_AT_ONCE])
        buttons = (self._city_button(), self.button("menu", self._say("Topics")))
        return self.reply(about, text, cards=cards, buttons=buttons)

    def depends(self, answer: Answer) -> bool:
        """Whether it matters for this answer, as it would be shown here, who asks."""
        return depends(answer, self.points_here((*answer.points, *answer.careful)))

    def ask_audience(self, text: str = "") -> Reply:
        """The one question on a person's situation, which may be skipped."""
        _ = self._say
        question = text or _(
            "Which fits you? It changes this answer. You can skip this. I keep it only for this conversation."
        )
        groups = tuple(self.button("audience", label, code) for code, label in self._audiences().items())
        return self.reply("audience", question, buttons=(*groups, self.button("skip", _("Skip"))))

    def audience_question(self, answer: Answer, asked: int) -> tuple[Reply, ...]:
        """The question below an answer that depends on who asks; `asked`: how often it was asked before."""
        points = self.points_here((*answer.points, *answer.careful))
        wanted = self.audience is None and asked < ASKED_AT_MOST and worth_asking(answer, points)
        return (self.ask_audience(),) if wanted else ()

    def audience_kept(self) -> Reply:
        """What is said to someone who tells their situation before any question."""
        _ = self._say
        return self.menu(_("Thank you. I show what is for you, and forget it after this conversation."), "audience")

    def for_everyone(self) -> str:
        """What is said to someone who leaves their situation open."""
        return self._say("All right. I show everything.")

    def not_safe(self) -> tuple[Reply, ...]:
        """For someone who says "I am not safe": the number to call first, then people."""
        _ = self._say
        lines = (
            _("In danger? Call 999. It is free."),
            _("If you cannot speak, call 999 and then press 55 on a mobile."),
        )
        call = Card(
            id="999", title="", facts=(Fact(_("Emergency"), "999", "tel:999", ltr=True),), language=self.language
        )
        urgent = self.reply("not_safe", "", points=lines, cards=(call,), urgent=True)
        return urgent, self.people(_("These people can help:"), "not_safe")

    def forgotten(self) -> Reply:
        """What is said when all that was kept is removed."""
        _ = self._say
        told = _("I have forgotten you: your language, your city and what you asked. Nothing is kept.")
        return self.sentence("forget_me", told)

    # ---- finding the way

    def menu(self, text: str | None = None, about: str = "menu") -> Reply:
        """All topics as buttons."""
        _ = self._say
        topics = tuple(
            self.button("topic", f"{topic.pictogram} {_(topic.name)}".strip(), topic.id)
            for topic in self.content.topics.values()
            if any(answer.topic == topic.id for answer in self.content.answers.values())
        )
        find = self.button("find", "🔎 " + _("Find a place"))
        people = self.button("person", _("Talk to a person"))
        tongue = self.button("languages", "🌐 " + _("Language"))
        sentence = text or _("Choose a topic, or write your question in your own words.")
        return self.reply(about, sentence, buttons=(*topics, find, people, tongue, self._city_button()))

    def topic(self, topic: str) -> Reply:
        """All questions of a topic as buttons."""
        _ = self._say
        buttons = [self._question(a) for a in self.content.answers.values() if a.topic == topic]
        name = _(self.content.topics[topic].name)
        back = self.button("menu", _("Topics"))
        return self.reply(f"topic/{topic}", _("Questions about {topic}:", topic=name), buttons=(*buttons, back))

    def choices(self, answers: list[Answer]) -> Reply:
        """The nearest questions, none of them forced."""
        _ = self._say
        other = self.button("not_this", _("Not what I meant"))
        buttons = (*(self._question(answer) for answer in answers), other, *self.way_on())
        return self.reply("choices", _("I am not sure what you need. Is it one of these?"), buttons=buttons)

    def unknown(self, text: str | None = None, about: str = "unknown") -> tuple[Reply, ...]:
        """Never a dead end: the topics, and people to talk to."""
        _ = self._say
        sentence = text or _("I do not know this. Choose a topic, or talk to a person.")
        return self.menu(sentence, about), self.people(_("These people can help:"), about)

    def ask_find(self) -> Reply:
        """What to look for in the directory; the next message is that."""
        _ = self._say
        return self.sentence(
            "find", _("What do you look for? Write a few words, such as: baby clothes, lawyer, mosque.")
        )

    def ask_language(self) -> Reply:
        """The languages in their own scripts."""
        buttons = tuple(self.button("language", each.name, each.code) for each in self.phrases.languages.values())
        return self.reply("change_language", self._say("Choose your language:"), buttons=buttons)

    def ask_city(self, text: str = "") -> Reply:
        """The cities, under a sentence."""
        buttons = tuple(self.button("city", self._say(city.name), city.id) for city in self.content.cities.values())
        return self.reply("change_city", text or self._say("Which city are you in?"), buttons=buttons)

    def sentence(self, about: str, text: str, *buttons: Button) -> Reply:
        """One sentence of the interface, already in the person's language."""
        return self.reply(about, text, buttons=buttons or self.way_on())

    # ---- parts

    def reply(self, about: str, text: str, **parts: Any) -> Reply:
        """A reply in the person's language, out of the parts of `Reply`."""
        return Reply(
            about=about, text=text, language=self.language, direction=self.phrases.direction(self.language), **parts
        )

    def button(self, kind: str, label: str, argument: str = "") -> Button:
        """A button of a kind of buttons.py."""
        return Button(button_id(kind, argument), label)

    def _question(self, answer: Answer) -> Button:
        return self.button("answer", self._translated(answer.question).text, answer.id)

    def _city_button(self) -> Button:
        city = self.city_name() or self._say("City")
        return self.button("cities", f"📍 {city}")

    def city_name(self) -> str:
        """The name of the person's city, "" where it is not known."""
        city = self.content.cities.get(self.city or "")
        return self._say(city.name) if city else ""

    def answer_buttons(self, has_more: bool) -> tuple[Button, ...]:
        """What can be pressed below an answer, or below more about it."""
        _ = self._say
        more = (self.button("more", _("More")),) if has_more else ()
        near = self.button("near", "📍 " + _("Near me"))
        return (*more, near, *self.way_on(_("Not what I meant")))

    def way_on(self, not_this: str = "") -> tuple[Button, ...]:
        """The buttons that no reply goes without: back to the topics, or to other readings, and to people."""
        _ = self._say
        other = (self.button("not_this", not_this),) if not_this else (self.button("menu", _("Topics")),)
        return (*other, self.button("person", _("Talk to a person")))

    def _translated(self, text: str) -> Said:
        return self.phrases.find("answers", self.language, text)

    def points_here(self, points: Iterable[Point]) -> list[Point]:
        """The points that hold in the person's city; all where it is not known."""
        return [point for point in points if point.city is None or self.city is None or point.city == self.city]

    def _audiences(self) -> dict[str, str]:
        _ = self._say
        return {
            "AS": _("I asked for asylum"),
            "RF": _("I have refugee status or humanitarian protection"),
            "VH": _("I have a visa"),
            "EU": _("I have EU settled or pre-settled status"),
            "UN": _("I have no papers"),
        }

    def _audience_button(self, answer: Answer) -> tuple[Button, ...]:
        if self.audience is None or not self.depends(answer):
            return ()
        return (self.button("audiences", "✎ " + self._audiences()[self.audience]),)

    def _for_others(self, answer: Answer) -> str:
        if self.audience is None or is_for(answer, self.audience):
            return ""
        return self._say("This answer is mostly for people in another situation than yours. It may still help you.")

    def point(self, point: Point) -> str:
        """A point in the person's language, marked where nobody has checked it."""
        said = self._translated(point.text)
        mark = self._say("not checked")
        return said.text if point.verified else f"{said.text} ({mark})"

    def left_out(self, left_out: list[LeftOut]) -> tuple[str, ...]:
        """Which services are not shown, and why, so that nobody thinks that they do not exist."""
        if not left_out:
            return ()
        names = self.phrases.listed(self.language, (_full_name(each.service) for each in left_out))
        return (self._say("Not shown, because they are for people in another situation: {names}.", names=names),)

    def _answer_notes(self, answer: Answer, translated: bool) -> list[str]:
        _ = self._say
        notes = []
        if self.audience and self.depends(answer):
            yours = self._audiences()[self.audience]
            notes.append(
                _("You told me: “{situation}”. I show what is for you. Not right? Change it.", situation=yours)
            )
        if not translated:
            notes.append(_("This answer is not in your language yet. This is the English text."))
        elif not self.phrases.is_reviewed(self.language):
            notes.append(_("This translation is a draft. No native speaker has checked it yet."))
        if answer.audience_note:
            notes.append(self._translated(answer.audience_note).text)
        names = list(dict.fromkeys(f"{s.name}, {s.date}" if s.date else s.name for s in answer.sources))
        if names:
            notes.append(_("Source: {source}", source="; ".join(names)) + ".")
        doubt = _("Not checked: rules and numbers may have changed. Ask before you decide.")
        checked = answer.provenance.verified or answer.provenance.checked_on
        if checked:
            notes.append(self.cards.checked(answer.provenance))
        if not checked or self.cards.is_expired(answer.provenance):
            notes.append(doubt)
        return notes


def _full_name(service: Service) -> str:
    """ "English classes (St Chad's Sanctuary)": many services have the same name."""
    return service.name if service.organization in ("", service.name) else f"{service.name} ({service.organization})"


def emergency_reply(group: SafetyGroup, phrases: Phrases, language: str, questions: dict[str, str]) -> Reply:
    """The fixed safety text of a group. Needs no database and no model; English lines stand in for missing ones.

    questions: answer id to question in English, for the buttons to related answers; may be empty.
    """
    lines = [phrases.find("safety", language, line) for line in group.text]
    language_of_text = language if all(line.language == language for line in lines) else "en"
    related = [(answer, questions[answer]) for answer in group.answers if answer in questions]
    buttons = [Button(button_id("answer", a), phrases.find("answers", language, text).text) for a, text in related]
    buttons.append(Button(button_id("person"), phrases.say(language, "Talk to a person")))
    facts = tuple(
        Fact(
            phrases.find("safety", language, number.label).text,
            number.number,
            f"tel:{number.number.replace(' ', '')}",
            True,
        )
        for number in group.numbers
    )
    doubt = phrases.say(language, "Part of this text is not checked yet. 999 is always right in danger.")
    direction = phrases.direction(language_of_text)
    return Reply(
        about=group.id,
        points=tuple(line.text for line in lines),
        cards=(Card(id=group.id, title="", facts=facts, language=language_of_text, direction=direction),)
        if facts
        else (),
        notes=(doubt,) if group.unverified else (),
        buttons=tuple(buttons),
        urgent=True,
        language=language_of_text,
        direction=direction,
    )


def soft_reply(texts: SafetyTexts, phrases: Phrases, language: str) -> Reply:
    """A kind question where a message sounds worried, without alarm; the number to call stands in it all the same."""
    said = phrases.find("safety", language, texts.soft.text)
    labels = [phrases.find("safety", language, label).text for label in texts.soft.buttons]
    buttons = tuple(Button(button_id(kind), label) for kind, label in zip(SOFT_BUTTONS, labels, strict=True))
    return Reply(
        about="soft",
        text=said.text,
        points=(phrases.say(said.language, "In danger? Call 999. It is free."),),
        buttons=buttons,
        language=said.language,
        direction=phrases.direction(said.language),
    )
