"""What the search index keeps of a service: its words, flags, points and digest. No SQL."""

from dataclasses import dataclass
from hashlib import blake2b

from bot.content.records import Content, Service, Topic
from bot.content.search.words import words_of

LAYOUT = "1"  # raise it where the rows below come out differently, so that every index is made anew
# The bit of each flag in `yes` and `no`. Their order is stored: new ones go to the end.
FLAGS = (
    "free",
    "women_only",
    "children_welcome",
    "step_free",
    "interpreter",
    "by_phone",
    "online",
    "walk_in",
    "no_papers",
    "no_referral",
)
COLUMNS = ("name", "organization", "description", "topics", "rest")
WEIGHTS = (1.0, 0.9, 0.75, 0.5, 0.4)  # how much a word of the question counts in each of them
NAMES = "name organization"


@dataclass(frozen=True)
class IndexRow:
    """One service for the index. `words`: a line for each of COLUMNS; `points`: latitude and longitude in degrees."""

    service_id: str
    digest: str
    yes: int
    no: int
    areas: str
    topics: str
    spoken: str
    words: str
    points: tuple[tuple[float, float], ...]


def flags_of(service: Service) -> dict[str, bool | None]:
    """What is known of each of FLAGS; None: not known."""
    known = service.conditions
    return {
        "free": known.free,
        "women_only": known.gender == "women" if known.gender else None,
        "children_welcome": known.children_welcome,
        "step_free": known.step_free,
        "interpreter": known.interpreter,
        "by_phone": known.by_phone if known.by_phone is not None else (bool(service.phones) or None),
        "online": known.online,
        "walk_in": known.walk_in,
        "no_papers": _opposite(known.papers_asked),
        "no_referral": _opposite(known.referral_needed),
    }


def _opposite(value: bool | None) -> bool | None:
    return None if value is None else not value


def digest_of(service: Service) -> str:
    """The same for two readings of an unchanged service, another after any change."""
    return blake2b(repr(service).encode("utf-8", "replace"), digest_size=16).hexdigest()


def layout_of(content: Content) -> str:
    """The same as long as rows come out the same for unchanged services: topics' names are part of their words."""
    names = [(topic.id, topic.name) for topic in content.topics.values()]
    return blake2b(repr((LAYOUT, names)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def index_row(service: Service, digest: str, topics: dict[str, Topic]) -> IndexRow:
    """The row of a service; `topics` by id, for their names."""
    flags = flags_of(service)
    return IndexRow(
        service_id=service.id,
        digest=digest,
        yes=bits(name for name in FLAGS if flags[name] is True),
        no=bits(name for name in FLAGS if flags[name] is False),
        areas=_spaced(service.areas),
        topics=_spaced(service.topics),
        spoken=_spaced(service.spoken),
        words=_words(service, topics),
        points=tuple(
            dict.fromkeys(
                (place.latitude, place.longitude)
                for place in service.places
                if place.latitude is not None and place.longitude is not None
            )
        ),
    )


def bits(names) -> int:
    """The bits of some of FLAGS, as one number. Raises ValueError for a name that is none of them."""
    return sum(1 << FLAGS.index(name) for name in names)


def _spaced(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} " if words else " "


def _words(service: Service, topics: dict[str, Topic]) -> str:
    named = [topics[topic] for topic in service.topics if topic in topics]
    places = " ".join(f"{place.name} {place.address} {place.postal_code}" for place in service.places)
    rest = (service.languages, service.eligibility, service.how_to_access, places, " ".join(service.areas))
    texts = (
        f"{service.name} {service.id}",
        service.organization,
        service.description,
        " ".join(topic.name for topic in named),
        " ".join(rest),
    )
    return "\n".join(" ".join(words_of(text)) for text in texts)
