"""Which services a message calls by name: "CRMC phone number", "where is St Chad's Sanctuary". What it is about: search.

A name that is also an ordinary word ("shelter", "English classes") is no name here: it would be heard in every message.
"""

import re
from collections.abc import Iterable, Mapping

from bot.content.records import Service
from bot.content.search.words import words_of

LONGEST_NAME = 8  # words
# Names of one word that people use without meaning the organization.
ORDINARY = frozenset(
    {
        "bridges",
        "england",
        "haven",
        "hope",
        "mash",
        "nhs",
        "police",
        "refuge",
        "respect",
        "restore",
        "roma",
        "shelter",
        "unseen",
        "well",
    }
)
# Beside these, a name says nothing of whose it is: "Birmingham centre", "Coventry helpline".
_GENERAL_WORDS = """
1 a abuse adult advice adviser advocacy ambulance and arms arrived as asylum at baby bank benefits birmingham
business care centre children childrens city classes client clinic clinics clothes coaching college combined
communities community connection council counselling courses coventry cut day debt department domestic drop
education electricity emergency employed english esol exceptional exploitation find fire food foodbank for
forces free friends fund general good gp group groups health help helpline home homeless homelessness hour
house housing hub immigration in information insurance interview it job jobs labour language law legal level
liaison library line local maths meals men mens mental midlands migration modern money national
navigator needs network newly not now number of office on operators options or own pantry pensions people
pharmacy police power practice prevention project public rape refugee refugees register registered remain
right rights s school seeking self service services sexual shop skills slavery solicitor solutions specialist
start student support supported team the therapy to tuesday uk urgent vouchers walsall wednesday welcome west
with wolverhampton women womens work worker workers young your youth
"""
_GENERAL = frozenset(_GENERAL_WORDS.split())
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_OWNERS_S = re.compile("['\u2019]s\\b")
# Ends of names that people leave out: where it is, and what kind of place.
_SAID_SELDOM = frozenset(
    {"birmingham", "coventry", "wolverhampton", "sparkhill", "walsall", "sandwell", "sanctuary", "community", "project"}
)
_SAID_LESS = frozenset({"uk", "cic", "helpline", "england", "line"})

Names = Mapping[tuple[str, ...], tuple[str, ...]]


def service_names(services: Iterable[Service]) -> Names:
    """The names that services go by, as tuples of words as `words_of` cuts them -> ids of services."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for service in services:
        for name in _names(service):
            found.setdefault(name, {})[service.id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def services_named(text: str, names: Names) -> tuple[tuple[str, ...], str]:
    """The ids of the services with the longest name that stands in the text, and the words beside it; () and the whole
    text where it has none."""
    words = _words(text)
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if ids := names.get(words[start : start + length]):
                return ids, " ".join((*words[:start], *words[start + length :]))
    return (), text


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; "St Chad's" as people type it."""
    return tuple(words_of(_OWNERS_S.sub("s", text)))


def _names(service: Service) -> Iterable[tuple[str, ...]]:
    for name in (service.name, service.organization):
        short = [inside for inside in _IN_BRACKETS.findall(name) if inside.isupper() and " " not in inside]
        for part in (_IN_BRACKETS.sub(" ", name), *short):
            words = _words(part)
            while len(words) > 1 and words[-1] in _SAID_LESS:
                words = words[:-1]
            words = words[1:] if len(words) > 2 and words[0] == "the" else words
            while _is_name(words):
                yield words
                if words[-1] not in _SAID_SELDOM:
                    break
                words = words[:-1]  # "Narthex Sparkhill", and "Narthex"
    if initials := _initials(service):
        yield (initials,)


def _is_name(words: tuple[str, ...]) -> bool:
    if not 0 < len(words) <= LONGEST_NAME or set(words) <= _GENERAL:
        return False
    return len(words) > 1 or (words[0] not in ORDINARY and len(words[0]) > 2)


def _initials(service: Service) -> str:
    """ "crmc" for Coventry Refugee and Migrant Centre, where editors call the service so in its id."""
    short = service.id.partition("-")[0]
    initials = "".join(word[0] for word in words_of(service.organization) if word not in ("and", "of", "the", "s"))
    return short if len(short) > 2 and short == initials else ""
