"""Follow-ups use what was said: cost, place, times, papers, another city, somebody else, and the person's situation."""

import pytest

pytestmark = pytest.mark.model

DOCTOR, WORK, ROOM = "health/register_gp", "jobs/allowed_to_work", "housing/rent_room"


@pytest.fixture
def after(newcomers):
    """A function that gives a person who has just been shown an answer."""

    def shown(answer: str):
        person = newcomers()
        person.press("answer", answer)
        return person

    return shown


# ---- cost, place, times and papers


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("how much?", "the cost"),
        ("is it free", "the cost"),
        ("where is it?", "the place"),
        ("whats the adress", "the place"),
        ("what time they open", "the times"),
        ("is it open today", "the times"),
        ("what papers i must bring", "papers and how to get in"),
        ("do i need id", "papers and how to get in"),
    ],
)
def test_a_short_question_after_an_answer_gets_what_is_known_of_it(after, text, opening):
    person = after(DOCTOR)
    turn = person.say(text)
    assert (turn.outcome, person.about) == ("answer", [DOCTOR])
    assert turn.replies[0].text == f"This is what I know about {opening}:"
    assert {"near:", "not_this:", "person:"} <= set(person.buttons)


@pytest.mark.parametrize(
    ("text", "language"), [("скільки це коштує", "uk"), ("چقدر پول می‌گیرند؟", "fa"), ("بكم؟", "ar")]
)
def test_a_short_question_is_understood_in_other_languages_too(newcomers, phrases, text, language):
    person = newcomers()
    person.press("language", language)
    person.press("topic", "health")
    person.press("answer", DOCTOR)
    turn = person.say(text)
    assert person.about == [DOCTOR]
    assert turn.replies[0].text == phrases.say(language, "This is what I know about the cost:")


def test_the_facts_are_those_of_the_persons_city(newcomers, content):
    person = newcomers()
    person.press("city", "wolverhampton")
    person.say("where can I learn English for free?")
    person.say("when is it open")
    assert person.about == ["language_classes/free_english"] and person.cards
    near = {"wolverhampton", "west_midlands", "national"}
    assert all(near & set(content.services[each].areas) for each in person.cards)


@pytest.mark.parametrize("text", ["how much?", "where is it?", "for my wife"])
def test_without_an_answer_a_follow_up_is_an_ordinary_message_and_nothing_is_guessed(newcomers, text):
    person = newcomers()
    turn = person.say(text)
    assert turn.outcome != "answer" and person.buttons
    assert not any(key.startswith(("ask_", "for_someone")) for key, _ in turn.ranking)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how much does a bus ticket cost", "transport/bus_ticket"),
        ("how do i pay on the bus", "transport/bus_ticket"),
        ("which documents do i need to show an employer that i can work", "jobs/prove_right_to_work"),
        ("can i see a doctor without papers", "health/register_gp_without_papers"),
        ("i have no papers, can i fix it", "immigration/no_papers_regularise"),
    ],
)
def test_a_question_in_its_own_words_wins_over_a_follow_up_that_it_resembles(newcomers, after, text, answer):
    stranger, reader = newcomers(), after("community/library")
    assert (stranger.say(text).replies[0].about, reader.say(text).replies[0].about) == (answer, answer)


# ---- another city


@pytest.mark.parametrize("text", ["and in Birmingham?", "birmingham", "what about birmigham"])
def test_little_more_than_a_city_gets_the_same_answer_for_it(after, content, text):
    person = after("language_classes/free_english")
    turn = person.say(text)
    assert (turn.outcome, person.about[0]) == ("answer", "language_classes/free_english")
    assert turn.replies[0].text == "Your city is Birmingham."
    assert turn.replies[0].points and not any("Coventry" in point for point in turn.replies[0].points)
    assert all({"birmingham", "west_midlands", "national"} & set(content.services[each].areas) for each in person.cards)


def test_a_city_in_a_sentence_of_its_own_is_only_remembered(after, pack_store):
    person = after(DOCTOR)
    person.say("we have moved last month to Wolverhampton")
    assert person.about == ["change_city"]
    assert pack_store.read_conversation(person.key).city == "wolverhampton"


# ---- more, and not that


def test_more_and_not_that_work_in_words_as_the_buttons_do(after, newcomers):
    person = after(ROOM)
    first = person.cards
    person.say("more")
    assert person.about == [ROOM] and not set(first) & set(person.cards)
    other = newcomers()
    other.say("how do I rent a room?")
    other.say("no, not that")
    assert other.about == ["choices"] and f"answer:{ROOM}" not in other.buttons


# ---- somebody else


def test_for_someone_else_shows_the_answer_for_all_and_asks_for_their_situation(after):
    person = after(WORK)
    person.press("audience", "RF")
    turn = person.say("for my wife")
    assert person.about == [WORK, "audience"] and "No papers: no." in turn.replies[0].points
    assert {"audience:AS", "skip:"} <= set(person.buttons)


def test_for_someone_else_asks_for_their_need_where_the_situation_changes_nothing(after):
    person = after(DOCTOR)
    turn = person.say("it is for my son 10 years")
    assert person.about == [DOCTOR] and turn.replies[0].text == "Is it for someone else? Write what they need."


def test_a_need_of_somebody_else_in_its_own_words_is_an_ordinary_question(after):
    person = after(WORK)
    person.say("english class for my wife")
    assert person.about[0].startswith("language_classes/")


# ---- the person's situation


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("i am asylum seeker", "AS"),
        ("i got refugee status", "RF"),
        ("i have a student visa", "VH"),
        ("i have settled status", "EU"),
        ("I don't have papers", "UN"),
        ("я шукач притулку", "AS"),
        ("ویزای کار دارم", "VH"),
        ("ما عندي اوراق", "UN"),
    ],
)
def test_a_situation_that_is_told_shows_the_last_answer_for_it(after, pack_store, text, code):
    person = after(WORK)
    turn = person.say(text)
    assert (turn.outcome, person.about) == ("answer", [WORK])
    assert "audiences:" in person.buttons and len(turn.replies[0].points) == 2
    assert pack_store.read_conversation(person.key).slots["audience"] == code


def test_a_situation_is_kept_for_the_conversation_alone_and_forgotten_with_it(after, pack_store):
    person = after(WORK)
    person.press("audience", "UN")
    person.say("how do I open a bank account?")
    assert person.turn.replies[0].warnings[0] == "If you have no papers: banks check status."
    person.say("forget me")
    assert pack_store.read_conversation(person.key) is None
    person.say("am I allowed to work?")
    assert "Asylum seeker: no, until you get permission." in person.turn.replies[0].points


def test_a_situation_that_is_told_before_any_question_is_kept_and_leads_to_the_topics(newcomers):
    person = newcomers()
    person.say("i am asylum seeker")
    assert person.about == ["audience"] and any(each.startswith("topic:") for each in person.buttons)
    turn = person.say("am I allowed to work?")
    assert person.about == [WORK] and turn.replies[0].points[0] == "Asylum seeker: no, until you get permission."


def test_after_skip_nobody_is_asked_again(after):
    person = after(WORK)
    person.press("skip")
    assert person.about == ["audience"] and "person:" in person.buttons
    person.say("how do I open a bank account?")
    assert person.about == ["everyday/bank_account"]


def test_who_may_be_in_danger_is_not_asked_for_papers(newcomers):
    person = newcomers()
    turn = person.say("will the police tell the home office about me")
    assert turn.replies[0].about == "safety/police_tell_home_office" and "audience" not in person.about


# ---- two needs in one message


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("i need a doctor and english class", "health/", "language_classes/"),
        ("my boss did not pay me and i need a lawyer", "jobs/boss_not_paying", "rights/free_lawyer"),
        ("birth certificate and school for my child", "family/register_birth", "family/school_place"),
        ("how do i open a bank account? where can i learn english for free", "everyday/bank_account", "language_"),
        ("احتاج طبيب اسنان واريد دروس انجليزي مجانية", "health/", "language_classes/"),
    ],
)
def test_two_needs_in_one_message_are_both_offered(newcomers, text, first, second):
    person = newcomers()
    turn = person.say(text)
    assert turn.outcome == "answer" and turn.replies[0].text
    shown, offered = person.about[0], person.buttons[0].removeprefix("answer:")
    assert (shown.startswith(first) and offered.startswith(second)) or (
        shown.startswith(second) and offered.startswith(first)
    )
    person.press("answer", offered)
    assert person.about[0] == offered


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("i am pregnant and have no status", "health/pregnant_without_status"),
        ("my room is cold and the landlord does not answer", "housing/cold_mould_repairs"),
        ("i want open a shop and need money", "business/startup_money"),
        ("where can i do sports and see culture", "community/sports_culture"),
    ],
)
def test_one_need_in_two_halves_stays_one(newcomers, text, answer):
    person = newcomers()
    turn = person.say(text)
    assert person.about[0] == answer and "You also asked" not in turn.replies[0].text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("jobs in wolverhampton", "jobs/cv_find_work"),
        ("school in coventry?", "family/school_place"),
        ("doctor in birmingham", "health/"),
    ],
)
def test_a_question_of_two_words_with_a_city_is_no_question_for_another_city(after, text, answer):
    person = after("community/library")
    person.say(text)
    shown = [*person.about, *(each.removeprefix("answer:") for each in person.buttons)]
    assert "community/library" not in person.about and any(each.startswith(answer) for each in shown)
