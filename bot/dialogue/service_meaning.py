"""The meaning of services: what is encoded of each, and vectors that are kept so that a restart encodes nothing again.

Finding with them is in skills/service_search.py.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Protocol

import numpy as np

from bot.content.records import Content, Service
from bot.dialogue.components.sentence_encoder import SentenceEncoder
from bot.skills.phrases import Phrases
from bot.skills.service_vectors import ServiceVectors, Vectors

LAYOUT = "1"  # raise it with every change of the encoder, so that no vector of another one is taken
SERVICES, ANSWERS = "services/", "answers/"
_NUMBERS = np.dtype("<f4")


class KeepsVectors(Protocol):
    """A `Store`."""

    def service_vectors(self) -> dict[str, tuple[str, bytes]]: ...

    def keep_service_vectors(self, vectors: Mapping[str, tuple[str, bytes]]) -> None: ...


def service_vectors(
    content: Content, encoder: SentenceEncoder, store: KeepsVectors, phrases: Phrases
) -> ServiceVectors:
    """The vectors of all services, and of the questions that lead to them; only texts that changed are encoded.

    Raises StoreError.
    """
    texts = {SERVICES + key: _service_lines(service) for key, service in content.services.items()}
    texts |= {ANSWERS + key: _questions(answer.question, phrases) for key, answer in content.answers.items()}
    kept = _vectors(texts, encoder, store)
    return ServiceVectors(
        _under(SERVICES, texts, kept, encoder.dimension),
        _under(ANSWERS, texts, kept, encoder.dimension),
        {answer.id: answer.services for answer in content.answers.values()},
    )


def _service_lines(service: Service) -> list[str]:
    lines = [f"{service.name}. {service.description}", service.description]
    return [line for line in dict.fromkeys(lines) if line]


def _questions(question: str, phrases: Phrases) -> list[str]:
    """The question in each language that it is translated into, because languages differ in what is near to what."""
    return list(
        dict.fromkeys(phrases.find("answers", language, question).text for language in ("en", *phrases.languages))
    )


def _vectors(texts: dict[str, list[str]], encoder: SentenceEncoder, store: KeepsVectors) -> dict[str, bytes]:
    before = store.service_vectors()
    wanted = {key: _digest(lines, encoder.dimension) for key, lines in texts.items()}
    kept = {key: before[key] for key, digest in wanted.items() if before.get(key, ("",))[0] == digest}
    new = [key for key in texts if key not in kept]
    lines = [line for key in new for line in texts[key]]
    encoded = iter(encoder.encode(lines).astype(_NUMBERS)) if lines else iter(())
    for key in new:
        kept[key] = (wanted[key], b"".join(next(encoded).tobytes() for _ in texts[key]))
    if kept != before:
        store.keep_service_vectors(kept)
    return {key: vectors for key, (_, vectors) in kept.items()}


def _under(start: str, texts: dict[str, list[str]], kept: dict[str, bytes], dimension: int) -> Vectors:
    keys = [key for key in texts if key.startswith(start)]
    ids = [key.removeprefix(start) for key in keys for _ in texts[key]]
    numbers = np.frombuffer(b"".join(kept[key] for key in keys), _NUMBERS)
    return Vectors(ids, numbers.astype(np.float32).reshape(-1, dimension))


def _digest(lines: list[str], dimension: int) -> str:
    whole = "\n".join([LAYOUT, str(dimension), *lines])
    return blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()
