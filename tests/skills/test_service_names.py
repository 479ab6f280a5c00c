"""A service that is called by its name is known by it, and ordinary words call nobody."""

import pytest

from bot.skills.service_names import service_names, services_named


@pytest.fixture(scope="module")
def names(content):
    return service_names(content.services.values())


@pytest.mark.parametrize(
    "text, expected",
    [
        ("CRMC phone number", "crmc-advice"),
        ("where is St Chad's Sanctuary", "st-chads-sanctuary"),
        ("where is st chads", "st-chads-sanctuary"),
        ("St Chads Sanctuary", "st-chads-sanctuary"),
        ("Narthex", "narthex-sparkhill"),
        ("carriers of hope", "carriers-of-hope-clients"),
        ("Migrant Help number", "migrant-help"),
        ("what is brushstrokes", "brushstrokes"),
        ("good shepherd", "good-shepherd"),
        ("Samaritans", "samaritans"),
        ("number of citizens advice birmingham please", "citizens-advice-birmingham"),
        ("the haven wolverhampton", "haven-wolverhampton"),
        ("what is tell mama", "tell-mama"),
        ("رقم هاتف CRMC", "crmc-advice"),
        ("яка адреса Meridian Practice", "meridian-practice"),
    ],
)
def test_a_name_is_known_in_a_sentence_of_any_language(names, text, expected):
    found, _ = services_named(text, names)
    assert (expected in found) if expected else found == ()


@pytest.mark.parametrize(
    "text",
    [
        "i need shelter tonight",
        "english classes near me",
        "do i have the right to remain here",
        "help for refugees",
        "food bank in coventry",
        "i want respect at work",
        "women's advocacy",
        "immigration clinic",
        "i hope to study here",
        "my operation went well",
        "they hate us because we are Roma",
        "",
        "\u202e\x00🙂",
    ],
)
def test_ordinary_words_are_nobodys_name(names, text):
    assert services_named(text, names) == ((), text)


def test_the_longest_name_counts(names):
    found = services_named("citizens advice coventry opening times", names)
    assert found == (("citizens-advice-coventry",), "opening times")


def test_most_services_have_a_name_that_calls_them(content, names):
    called = {service for ids in names.values() for service in ids}
    assert len(called) > 0.75 * len(content.services)
