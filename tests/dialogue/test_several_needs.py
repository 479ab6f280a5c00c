"""Whether a message holds two needs, on fixed rankings."""

from bot.dialogue.several_needs import also_meant, separate_needs

DOCTOR, REFUSED, HOSPITAL = "health/register_gp", "health/gp_refused_me", "health/hospital_charges"
ENGLISH, COLLEGE, RENT = "language_classes/free_english", "language_classes/college_cost", "housing/rent_room"
ANSWERS = {DOCTOR, ENGLISH, REFUSED, RENT, HOSPITAL, COLLEGE}
UNSURE = [(DOCTOR, 0.3), (ENGLISH, 0.29)]


def best(*parts, whole=UNSURE):
    return [reading[0][0] for reading in separate_needs(whole, list(parts), ANSWERS)]


def test_two_parts_that_are_clearly_different_answers_are_two_needs_in_their_order():
    assert best([(ENGLISH, 0.8)], [(DOCTOR, 0.5)]) == [ENGLISH, DOCTOR]


def test_a_part_that_is_not_clear_is_no_need():
    assert best([(DOCTOR, 0.9)], [(ENGLISH, 0.49)]) == []


def test_parts_whose_topics_are_clear_are_two_needs_too_and_keep_the_answers_of_their_topic():
    doctor = [(DOCTOR, 0.4), (ENGLISH, 0.1), (REFUSED, 0.2)]
    english = [(ENGLISH, 0.35), (COLLEGE, 0.3)]
    assert separate_needs(UNSURE, [doctor, english], ANSWERS) == [[(DOCTOR, 0.4), (REFUSED, 0.2)], english]


def test_two_parts_on_one_topic_are_two_needs_only_where_both_answers_are_clear():
    assert best([(DOCTOR, 0.9)], [(HOSPITAL, 0.9)]) == [DOCTOR, HOSPITAL]
    assert best([(DOCTOR, 0.9)], [(HOSPITAL, 0.4), (REFUSED, 0.35)]) == []


def test_twins_are_one_need():
    parts = [[(DOCTOR, 0.6), (REFUSED, 0.2)], [(REFUSED, 0.9)]]
    assert best(*parts) == [] and best(*reversed(parts)) == []


def test_the_same_answer_twice_is_one_need():
    assert best([(DOCTOR, 0.9)], [(DOCTOR, 0.9)]) == []


def test_a_greeting_beside_a_question_is_no_need():
    assert best([("greet", 0.99)], [(DOCTOR, 0.9)]) == []


def test_a_message_that_is_clear_as_a_third_thing_is_one_need():
    parts = [[(DOCTOR, 0.9)], [(ENGLISH, 0.9)]]
    assert best(*parts, whole=[(RENT, 0.6), (DOCTOR, 0.1)]) == []


def test_what_the_whole_message_is_clearly_about_comes_first():
    parts = [[(DOCTOR, 0.9)], [(ENGLISH, 0.9)]]
    assert best(*parts, whole=[(ENGLISH, 0.5), (RENT, 0.1)]) == [ENGLISH, DOCTOR]
    assert best(*parts, whole=[(ENGLISH, 0.49), (RENT, 0.1)]) == [DOCTOR, ENGLISH]


def test_the_second_of_three_needs_is_the_next_that_is_no_twin():
    assert best([(DOCTOR, 0.6), (REFUSED, 0.2)], [(REFUSED, 0.9)], [(ENGLISH, 0.9)]) == [DOCTOR, ENGLISH]


def test_a_likely_second_reading_of_another_topic_counts_as_asked_too():
    assert also_meant([(DOCTOR, 0.5), (ENGLISH, 0.3)], ANSWERS) == [ENGLISH]
    assert also_meant([(DOCTOR, 0.5), (ENGLISH, 0.29)], ANSWERS) == []
    assert also_meant([(DOCTOR, 0.5), (REFUSED, 0.4)], ANSWERS) == []
    assert also_meant([(DOCTOR, 0.5), ("greet", 0.4)], ANSWERS) == []
    assert also_meant([], ANSWERS) == []
