"""Words of neighbours' taxonomies and areas, and what they are called here. A word that is not listed is reported, never
guessed."""

import re

# Each line: our topic, and names of terms as other publishers write them. Our own names are known without being listed.
TOPICS: dict[str, tuple[str, ...]] = {
    "housing": (
        "housing", "homelessness", "accommodation", "housing advice", "homeless", "housing support", "tenancy support",
        "asylum accommodation", "rough sleeping", "homelessness and housing", "housing and homelessness",
    ),
    "health": (
        "health", "health care", "healthcare", "medical", "mental health", "health and wellbeing", "wellbeing",
        "counselling", "dentist", "gp", "maternity", "health and social care", "public health",
    ),
    "jobs": (
        "jobs", "employment", "employment support", "work", "job search", "careers", "careers advice",
        "employment and training", "volunteering and employment", "jobs and training", "employment advice",
    ),
    "language_classes": (
        "esol", "english classes", "english for speakers of other languages", "english language", "language classes",
        "learning english", "language support", "conversation club",
    ),
    "rights": (
        "rights", "legal advice", "legal", "legal services", "legal aid", "discrimination", "human rights",
        "equality", "advocacy", "law centre",
    ),
    "immigration": (
        "immigration", "asylum", "asylum and immigration", "immigration advice", "refugees", "refugee support",
        "refugees and asylum seekers", "asylum seekers", "asylum seekers and refugees", "eu settlement scheme",
        "migrants", "migrant support",
    ),
    "money": (
        "money", "benefits", "debt", "debt advice", "money advice", "welfare benefits", "welfare rights", "food bank",
        "food banks", "foodbank", "food", "financial support", "benefits advice", "money and debt",
        "money and benefits", "hardship", "fuel poverty", "cost of living",
    ),
    "family": (
        "family", "families", "children and families", "family support", "parenting", "childcare", "schools",
        "education", "young people", "youth", "youth services", "early years", "children", "family hub",
    ),
    "community": (
        "community", "community groups", "community centre", "social groups", "befriending", "faith groups",
        "volunteering", "community support", "clubs and groups", "social activities", "libraries",
    ),
    "safety": (
        "safety", "domestic abuse", "domestic violence", "hate crime", "crime", "victim support", "sexual violence",
        "modern slavery", "human trafficking", "scams", "community safety", "violence against women and girls",
    ),
    "business": ("starting a business", "self employment", "business support", "enterprise", "business start up"),
    "transport": ("transport", "travel", "community transport", "buses", "cycling", "public transport"),
    "everyday": ("everyday life", "digital skills", "digital inclusion", "interpreting and translation"),
}  # fmt: skip
WIDER_AREAS: dict[str, tuple[str, ...]] = {
    "national": (
        "national",
        "nationwide",
        "uk",
        "united kingdom",
        "great britain",
        "england",
        "uk wide",
        "all of the uk",
    ),
    "west_midlands": ("west midlands", "the west midlands", "west midlands combined authority", "west midlands region"),
}
_TOPIC_OF = {word: topic for topic, words in TOPICS.items() for word in words}
_AREA_OF = {word: area for area, words in WIDER_AREAS.items() for word in words}
_CITY_WORDS = re.compile(r"\A(?:city of )?(.+?)(?: city| city council| council| city centre|,? west midlands)?\Z")


def same_words(text: str) -> str:
    """A text for comparing: small letters, "and" for "&", no other signs."""
    return re.sub(r"[\W_]+", " ", text.casefold().replace("&", " and ")).strip()


def topic_of(term: str, own_names: dict[str, str]) -> str:
    """The id of our topic for the name of a term, or "". own_names: ids of our topics by `same_words` of their names."""
    words = same_words(term)
    own = own_names.get(words, "")
    listed = _TOPIC_OF.get(words, "")
    return own or (listed if listed in own_names.values() else "")


def area_of(words: str, cities: dict[str, str]) -> str:
    """The id of a city, "west_midlands", "national" or "". cities: ids by `same_words` of their names."""
    words = same_words(words)
    stripped = _CITY_WORDS.match(words)
    return _AREA_OF.get(words) or cities.get(words) or (cities.get(stripped[1], "") if stripped else "")
