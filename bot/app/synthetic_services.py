"""Made-up services, as many as are wanted and always the same, for measuring speed. Nobody ever sees them."""

import random
from itertools import product

from bot.content.records import City, Conditions, Content, Phone, Place, Provenance, Schedule, Service, Topic

SEED = 20_261_122
KINDS = {
    "language_classes": ("English class", "ESOL course", "Talking club", "Reading group"),
    "housing": ("Housing advice", "Night shelter", "Homeless drop-in", "Tenants helpline"),
    "money": ("Food bank", "Debt advice", "Baby bank", "Benefits clinic"),
    "health": ("Doctor", "Dentist", "Therapy service", "Health check"),
    "immigration": ("Immigration lawyer", "Asylum advice", "Visa clinic", "Settled status help"),
    "jobs": ("Job club", "Careers advice", "CV workshop", "Work skills"),
    "family": ("Playgroup", "Youth club", "Parents group", "School uniform bank"),
    "community": ("Befriending", "Community centre", "Library", "Allotment"),
}
CITIES = {"coventry": (52.408, -1.51), "birmingham": (52.48, -1.89), "wolverhampton": (52.586, -2.128)}
SPREAD_DEGREES = 0.09  # about 6 miles round the middle of a city
HOURS = ("Mo-Fr 09:00-17:00", "Tu,Th 10:00-14:00", "We 18:00-20:30", "Sa 10:00-13:00", "24/7", "Mo-Fr 13:00-19:00")
OFFERS = (
    "free help with forms and letters",
    "hot meals and warm clothes",
    "a friendly adviser who listens",
    "support after violence or war",
    "courses from beginner level",
    "urgent help when you have no money",
    "somebody to go with you to appointments",
    "computers, printing and wifi",
)
PEOPLE = ("women", "young people", "families", "refugees", "people seeking asylum", "newcomers", "older people", "men")
_SYLLABLES = (
    "ba",
    "cor",
    "dale",
    "el",
    "fen",
    "gra",
    "hol",
    "lin",
    "mar",
    "nor",
    "ash",
    "ton",
    "win",
    "wood",
    "by",
    "ley",
)
_LANGUAGES = ("pl", "ar", "ur", "fa", "uk", "ro", "so", "zh")
_YES_NO = (
    "children_welcome",
    "step_free",
    "interpreter",
    "walk_in",
    "online",
    "referral_needed",
    "papers_asked",
    "free",
)


def synthetic_content(number: int, seed: int = SEED) -> Content:
    """So many services, with topics and cities; revision 0, as in an empty database."""
    chance = random.Random(seed)
    places = ["".join(parts).capitalize() for parts in product(_SYLLABLES, repeat=3)]
    made = (_service(n, chance, places) for n in range(number))
    return Content(
        revision=0,
        answers={},
        services={service.id: service for service in made},
        topics={topic: Topic(topic, topic.replace("_", " ").capitalize()) for topic in KINDS},
        cities={city: City(city, city.capitalize()) for city in CITIES},
    )


def _service(number: int, chance: random.Random, places: list[str]) -> Service:
    topic, city, quarter = chance.choice(list(KINDS)), chance.choice(list(CITIES)), chance.choice(places)
    kind, people = chance.choice(KINDS[topic]), chance.choice(PEOPLE)
    first, second = chance.sample(OFFERS, 2)
    reach = chance.random()
    return Service(
        id=f"service-{number}",
        name=f"{kind} {quarter}",
        organization=f"{chance.choice(places)} {chance.choice(('Trust', 'Project', 'Council', 'Centre'))}",
        description=f"{kind} for {people} in {quarter}: {first}, {second}.",
        topics=(topic,),
        areas=(city if reach < 0.9 else "west_midlands" if reach < 0.97 else "national",),
        phones=(Phone("024 7600 0000", "tel:+442476000000"),) if chance.random() < 0.8 else (),
        places=(_place(city, quarter, chance),) if reach < 0.9 else (),
        schedules=(Schedule("Opening hours", chance.choice(HOURS)),) if chance.random() < 0.8 else (),
        conditions=_conditions(chance, people),
        spoken=tuple(chance.sample(_LANGUAGES, chance.randrange(3))),
        eligibility=f"For {people}",
        provenance=Provenance(verified=chance.random() < 0.7, review_colour="AMBER"),
    )


def _place(city: str, quarter: str, chance: random.Random) -> Place:
    latitude, longitude = (chance.gauss(degrees, SPREAD_DEGREES / 2) for degrees in CITIES[city])
    return Place("", f"1 High Street, {quarter}", "", round(latitude, 6), round(longitude, 6))


def _conditions(chance: random.Random, people: str) -> Conditions:
    known = {name: chance.choice((True, False, None, None)) for name in _YES_NO}
    return Conditions(gender=people if people in ("women", "men") else "", **known)


def synthetic_questions(number: int, seed: int = SEED) -> list[str]:
    """What people might ask for: kinds, offers and people, now and then misspelt or with a place's name."""
    chance = random.Random(seed + 1)
    asked = []
    for _ in range(number):
        kind = chance.choice(chance.choice(list(KINDS.values())))
        words = [kind.lower(), chance.choice(("for", "near me for")), chance.choice(PEOPLE)]
        if chance.random() < 0.5:
            words.append("".join(chance.choices(_SYLLABLES, k=3)))
        if chance.random() < 0.1:
            words[0] = words[0][:3] + words[0][4:]
        asked.append(" ".join(words))
    return asked
