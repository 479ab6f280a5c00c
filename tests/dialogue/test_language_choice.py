"""The language of an answer, and the languages offered below it, on a desk that speaks neighbours."""

import pytest

from bot.dialogue.buttons import button_id
from bot.dialogue.language_choice import in_own_language, language_for, with_candidates
from bot.dialogue.messages import Button, Reply
from bot.dialogue.replies import emergency_reply
from bot.skills.language_guess import identify
from bot.skills.phrases import Phrases

HEADER = "code,name,english_name,direction,reviewed_by,reviewed_on\n"
SPOKEN = {
    "en": "English", "ar": "العربية", "fa": "فارسی", "fa-AF": "دری", "ur": "اردو", "pa": "ਪੰਜਾਬੀ", "hi": "हिन्दी",
    "uk": "Українська", "ru": "Русский",
}  # fmt: skip
DARI = "شفاخانه کجاس؟ اولادم مریض اس"
EITHER = "سلام، وکیل می‌خواهم"
IRANIAN = "واسه بچه‌م بیمارستان میخوام"
SHAHMUKHI = "مینوں وکیل دی لوڑ اے"
ROMANISED_ARABIC = "bidi mohami lal lujou2"
ROMANISED_URDU = "mujhe wakeel chahiye"


@pytest.fixture(scope="module")
def phrases(tmp_path_factory):
    """Phrases of a desk that speaks the neighbours; no catalogues, so that all texts are English."""
    folder = tmp_path_factory.mktemp("neighbours")
    rows = (f"{code},{name},{code},ltr,,\n" for code, name in SPOKEN.items())
    (folder / "languages.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return Phrases(folder)


@pytest.fixture
def answer_in(phrases):
    """A function that gives the language of the answer to a text."""

    def choose(text, conversation=None, hint=None):
        return language_for(identify(text), phrases, conversation, hint)

    return choose


@pytest.fixture
def offered(phrases):
    """A function that gives the languages offered below the answer to a text, in order."""

    def offer(text, conversation=None, *buttons):
        language = language_for(identify(text), phrases, conversation, None)
        reply = Reply("housing/rent_room", text="A room.", language=language, buttons=buttons)
        replies = with_candidates((reply,), identify(text), phrases, conversation)
        assert [each.text for each in replies] == ["A room."]
        return [button.id.partition(":")[2] for button in replies[-1].buttons[len(buttons) :]]

    return offer


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (DARI, "fa-AF"),
        (IRANIAN, "fa"),
        (EITHER, "fa"),
        ("where can i find a lawyer", "en"),
        ("де знайти адвоката", "uk"),
        ("где найти адвоката", "ru"),
    ],
)
def test_the_first_message_is_answered_in_its_own_language(answer_in, text, language):
    assert answer_in(text) == language


@pytest.mark.parametrize("conversation", ["fa", "fa-AF"])
def test_a_message_in_persian_or_dari_never_leaves_either(answer_in, offered, conversation):
    assert answer_in(EITHER, conversation) == conversation
    assert offered(EITHER, conversation) == []


def test_a_message_certainly_in_the_neighbours_language_is_answered_in_it(answer_in):
    assert (answer_in(DARI, "fa"), answer_in(IRANIAN, "fa-AF")) == ("fa-AF", "fa")


def test_the_clients_language_settles_which_of_two_neighbours_it_is(answer_in):
    assert (answer_in(EITHER, hint="fa-AF"), answer_in(EITHER, hint="en")) == ("fa-AF", "fa")


def test_persian_or_dari_is_asked_below_the_answer(offered):
    assert offered(EITHER) == ["fa", "fa-AF"]
    assert offered(EITHER, "en") == ["fa", "fa-AF"]


@pytest.mark.parametrize("text", [DARI, IRANIAN, "where can i find a lawyer", "де знайти адвоката", "ok", "12", "👍"])
def test_nothing_is_asked_where_the_language_is_plain_or_nothing_tells_it(offered, text):
    assert offered(text) == []


def test_panjabi_in_arabic_letters_is_answered_in_urdu_and_offered_both(answer_in, offered):
    assert answer_in(SHAHMUKHI) == "ur"
    assert offered(SHAHMUKHI) == ["ur", "pa"]
    assert answer_in(SHAHMUKHI, "pa") == "pa"


@pytest.mark.parametrize(
    ("text", "languages"), [(ROMANISED_ARABIC, ["ar"]), (ROMANISED_URDU, ["ur", "hi"])], ids=["arabic", "urdu"]
)
def test_a_romanised_message_is_answered_in_english_and_offered_its_own_language(answer_in, offered, text, languages):
    assert answer_in(text) == "en"
    assert offered(text) == languages


def test_a_romanised_message_stays_in_the_conversation_that_has_its_language(answer_in, offered):
    assert answer_in(ROMANISED_ARABIC, "ar") == "ar"
    assert answer_in(ROMANISED_URDU, "hi") == "hi"
    assert offered(ROMANISED_ARABIC, "ar") == offered(ROMANISED_URDU, "hi") == []


@pytest.mark.parametrize("text", ["ok", "12", "Coventry", "👍", "CV1 2AB", "share code", "council tax"])
@pytest.mark.parametrize("conversation", ["ar", "fa-AF", "uk"])
def test_what_everybody_types_never_leaves_the_conversations_language(answer_in, offered, text, conversation):
    assert answer_in(text, conversation) == conversation
    assert offered(text, conversation) == []


def test_a_language_that_is_offered_already_is_not_offered_twice(offered):
    assert offered(EITHER, None, Button(button_id("language", "fa"), "فارسی")) == ["fa-AF"]


def test_the_offer_says_what_the_buttons_are_for(phrases):
    (reply,) = with_candidates((Reply("greet", text="Hello."),), identify(ROMANISED_ARABIC), phrases, None)
    assert reply.notes == ("Choose your language:",)
    assert [button.label for button in reply.buttons] == ["العربية"]


# ---- safety texts in languages in which the desk says nothing else


@pytest.fixture(scope="module")
def project_phrases(project):
    return Phrases(project / "translations")


def test_an_alarm_is_shown_in_the_messages_own_language_even_where_the_desk_says_nothing_else_in_it(
    project_phrases, safety
):
    assert "pl" not in project_phrases.languages
    english = emergency_reply(safety.groups[0], project_phrases, "en", {})
    (shown,) = in_own_language((english,), identify("moje dziecko nie oddycha, pomocy"), project_phrases, safety)
    assert shown.language == "pl" and shown.buttons == english.buttons and shown.urgent
    assert "999" in " ".join(shown.points) and shown.points != english.points


def test_what_is_no_alarm_stays_as_it_is(project_phrases, safety):
    answer = Reply(about="housing/rent_room", text="x", language="en")
    assert in_own_language((answer,), identify("nie mam gdzie mieszkać"), project_phrases, safety) == (answer,)


def test_an_alarm_in_a_language_that_the_desk_speaks_is_left_to_the_conversation(project_phrases, safety):
    english = emergency_reply(safety.groups[0], project_phrases, "en", {})
    guess = identify("дитина не дихає, допоможіть будь ласка")
    assert in_own_language((english,), guess, project_phrases, safety) == (english,)
