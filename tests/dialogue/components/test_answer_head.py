"""The trained head: a ranking of answers for a vector, made of examples."""

import numpy as np
import pytest

from bot.dialogue.components.answer_head import AnswerHead
from bot.dialogue.components.sentence_encoder import CharacterEncoder

EXAMPLES = {
    "housing/rent_room": ["rent a room", "room to rent", "i want to rent a flat", "flat for rent"],
    "health/doctor": ["see a doctor", "find a doctor", "doctor near me"],
    "greet": ["hello", "good morning"],
    "thanks": ["thank you very much"],
}


def fitted(examples=EXAMPLES, **settings) -> AnswerHead:
    texts = [text for texts in examples.values() for text in texts]
    labels = [label for label, texts in examples.items() for _ in texts]
    return AnswerHead.fit(CharacterEncoder().encode(texts), labels, **settings)


def vector(text: str) -> np.ndarray:
    return CharacterEncoder().encode([text])[0]


@pytest.fixture(scope="module")
def head():
    return fitted()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("rent room please", "housing/rent_room"),
        ("a doctor", "health/doctor"),
        ("hello hello", "greet"),
        ("thank you", "thanks"),
    ],
)
def test_the_label_of_the_nearest_examples_is_ranked_first(head, text, label):
    assert head.rank(vector(text))[0][0] == label


@pytest.mark.parametrize("text", ["rent", "", "zzzz", "🏠", "rent a room " * 50], ids=range(5))
def test_a_ranking_has_all_labels_best_first_and_sums_to_one(head, text):
    ranked = head.rank(vector(text))
    assert sorted(label for label, _ in ranked) == sorted(EXAMPLES)
    probabilities = [probability for _, probability in ranked]
    assert probabilities == sorted(probabilities, reverse=True) and min(probabilities) >= 0
    assert sum(probabilities) == pytest.approx(1, abs=1e-5)


def test_the_length_of_a_vector_does_not_matter(head):
    row = vector("rent a flat")
    for (one, small), (other, large) in zip(head.rank(row), head.rank(row * 10), strict=True):
        assert one == other and small == pytest.approx(large, abs=1e-5)


def test_a_vector_of_zeros_is_ranked_without_an_error(head):
    assert sum(probability for _, probability in head.rank(np.zeros(384, np.float32))) == pytest.approx(1, abs=1e-5)


def test_the_same_examples_give_the_same_head(head):
    again = fitted()
    assert again.labels == head.labels
    for name in ("weights", "bias", "offsets", "mean", "examples", "owners"):
        assert np.array_equal(getattr(again, name), getattr(head, name)), name


def test_the_order_of_the_examples_does_not_change_the_ranking(head):
    other = fitted(dict(reversed(EXAMPLES.items())))
    ours, theirs = dict(head.rank(vector("find a flat"))), dict(other.rank(vector("find a flat")))
    assert all(ours[label] == pytest.approx(theirs[label], abs=1e-3) for label in ours)


def test_a_head_comes_back_from_its_file_as_it_was(head, tmp_path):
    head.save(tmp_path / "head.npz")
    assert AnswerHead.load(tmp_path / "head.npz").rank(vector("find a room")) == head.rank(vector("find a room"))


def test_the_file_holds_no_pickled_objects(head, tmp_path):
    head.save(tmp_path / "head.npz")
    with np.load(tmp_path / "head.npz", allow_pickle=False) as stored:
        assert all(stored[name].dtype != object for name in stored.files)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"nothing",
        b"PK\x03\x04 half",
    ],
)
def test_a_file_that_is_not_a_head_is_refused(tmp_path, damage):
    (tmp_path / "head.npz").write_bytes(damage)
    with pytest.raises((OSError, ValueError)):
        AnswerHead.load(tmp_path / "head.npz")


def test_two_labels_are_enough():
    head = fitted({"yes": ["yes", "yes please", "of course yes"], "no": ["no", "no thanks", "never no"]})
    assert head.weights.shape == (2, 384) and head.bias.shape == (2,)
    assert (head.rank(vector("yes please"))[0][0], head.rank(vector("no thanks"))[0][0]) == ("yes", "no")
    assert sum(probability for _, probability in head.rank(vector("yes"))) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_the_linear_part_and_the_neighbours_each_rank_alone(weight):
    head = fitted(neighbours_weight=weight)
    assert head.rank(vector("rent a room"))[0][0] == "housing/rent_room"


def test_more_strength_makes_the_ranking_more_certain():
    weak, strong = fitted(strength=1.0, neighbours_weight=0.0), fitted(strength=20.0, neighbours_weight=0.0)
    assert strong.rank(vector("rent a room"))[0][1] > weak.rank(vector("rent a room"))[0][1]


def in_two_languages(with_offset: bool) -> AnswerHead:
    """Examples whose second half lies a fixed step away from the first, as another language does."""
    random = np.random.default_rng(1)
    meanings = random.normal(size=(4, 384))
    step = random.normal(size=384) * 1.5
    ours = np.repeat(meanings, 20, axis=0) + random.normal(size=(80, 384)) * 0.3
    theirs = np.repeat(meanings[:2], 20, axis=0) + step + random.normal(size=(40, 384)) * 0.3
    labels = [f"topic/{n // 20}" for n in range(80)] + [f"topic/{n // 20}" for n in range(40)]
    languages = ["en"] * 80 + ["xx"] * 40 if with_offset else None
    head = AnswerHead.fit(np.vstack([ours, theirs]), labels, languages)
    head.asked = meanings[3] + step  # a meaning that has examples in the first language only
    return head


def test_what_has_examples_in_one_language_is_found_in_another():
    head = in_two_languages(with_offset=True)
    assert head.languages == ["en", "xx"]
    known, unknown = (dict(head.rank(head.asked, language))["topic/3"] for language in ("xx", ""))
    assert head.rank(head.asked, "xx")[0][0] == "topic/3" and known > unknown


def test_a_language_whose_examples_are_all_of_one_kind_does_not_take_that_kind_for_its_own():
    random = np.random.default_rng(2)
    meanings, step = random.normal(size=(2, 384)), random.normal(size=384)
    ours = np.repeat(meanings, 50, axis=0) + random.normal(size=(100, 384)) * 0.3
    theirs = np.repeat(meanings[:1], 50, axis=0) + step + random.normal(size=(50, 384)) * 0.3
    labels = ["emergency/medical"] * 50 + ["housing/rent"] * 50 + ["emergency/medical"] * 50
    head = AnswerHead.fit(np.vstack([ours, theirs]), labels, ["en"] * 100 + ["xx"] * 50)
    assert head.rank(meanings[0] + step, "xx")[0][0] == "emergency/medical"
    assert head.rank(meanings[1] + step, "xx")[0][0] == "housing/rent"


def test_a_language_with_few_examples_gets_no_place_of_its_own():
    texts = [f"a room number {number}" for number in range(80)]
    head = AnswerHead.fit(CharacterEncoder().encode(texts), ["a", "b"] * 40, ["en"] * 60 + ["xx"] * 20)
    assert head.languages == ["en"]
