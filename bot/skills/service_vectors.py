"""Which services are nearest in meaning, out of vectors that were made elsewhere (dialogue/service_meaning.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

NEAREST_SERVICES, NEAREST_ANSWERS = 80, 400
LATER_SERVICE = 0.005  # so much less close counts each later service of an answer, as editors put the best first
# So many vectors are no longer compared in full: the directions in which they differ most choose whom to look at.
MANY, DIRECTIONS, LOOKED_AT, SAMPLE = 20_000, 48, 2_000, 5_000


class Vectors:
    """Vectors of length 1, float32, shape (len(ids), dimension). An id may have several; its nearest one counts."""

    def __init__(self, ids: Sequence[str], matrix: np.ndarray) -> None:
        self.ids = tuple(ids)
        self._matrix = matrix
        self._directions = _directions(matrix) if len(self.ids) > MANY else None
        self._short = None if self._directions is None else matrix @ self._directions

    def nearest(self, vector: np.ndarray, most: int) -> dict[str, float]:
        """Ids and closeness, -1 to 1, of the `most` vectors nearest to `vector`: float32, shape (dimension,), length 1."""
        if not self.ids:
            return {}
        rows, matrix = self._likely(vector)
        closeness = matrix @ vector
        best = _largest(closeness, most)
        found: dict[str, float] = {}
        for place in best[np.argsort(-closeness[best])]:
            found.setdefault(self.ids[rows[place]], float(closeness[place]))
        return found

    def _likely(self, vector: np.ndarray) -> tuple[Sequence[int], np.ndarray]:
        """Rows that may be the nearest, and their vectors; with few vectors, all."""
        if self._directions is None:
            return range(len(self.ids)), self._matrix
        rows = _largest(self._short @ (self._directions.T @ vector), LOOKED_AT)
        return rows, self._matrix[rows]


def _largest(numbers: np.ndarray, most: int) -> np.ndarray:
    most = min(most, len(numbers))
    return np.argpartition(numbers, -most)[-most:]


def _directions(matrix: np.ndarray) -> np.ndarray:
    """The directions in which vectors differ most, with their mean; shape (dimension, DIRECTIONS)."""
    sample = matrix[:: max(1, len(matrix) // SAMPLE)]
    return np.linalg.svd(sample.T @ sample)[0][:, :DIRECTIONS].astype(np.float32)


def _none() -> Vectors:
    return Vectors((), np.zeros((0, 0), np.float32))


@dataclass(frozen=True)
class ServiceVectors:
    """What services are about, in their own words and in the questions whose answers point to them.

    pointers: the services of each answer, best first, by the answer's id.
    """

    services: Vectors
    answers: Vectors = field(default_factory=_none)
    pointers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def own(self, vector: np.ndarray) -> dict[str, float]:
        """How close services are by their own words, by id; the nearest ones only."""
        return self.services.nearest(vector, NEAREST_SERVICES)

    def pointed(self, vector: np.ndarray) -> dict[str, float]:
        """How close services are by the questions of answers that point to them, by id; the nearest ones only."""
        found: dict[str, float] = {}
        for answer, closeness in self.answers.nearest(vector, NEAREST_ANSWERS).items():
            for place, service in enumerate(self.pointers.get(answer, ())):
                found[service] = max(found.get(service, -1.0), closeness - place * LATER_SERVICE)
        return found
