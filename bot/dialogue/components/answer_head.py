"""The trained head on top of the frozen sentence encoder: numbers in, a ranking out. Knows nothing of Rasa or files of ours."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np

SHARPNESS = 25.0  # how strongly closeness counts
ENOUGH_OF_A_LANGUAGE = 40  # examples; fewer say little about where a language lies
_ROUNDS = 5  # after which languages and labels no longer move


@dataclass
class AnswerHead:
    """A linear head and the examples themselves (nearest neighbours), mixed.

    The encoder puts each language a little apart from the others; `offsets` take that away, so that examples of one
    language count for all. labels: the m answer ids and intents. weights: (m, d), bias: (m,). languages: the l BCP 47
    codes with an offset; offsets: (l, d). mean: (d,), taken off all, because the encoder's vectors lie in one narrow cone.
    examples: (n, d) unit rows, sorted by owner; owners: (n,) index into labels.
    """

    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray
    languages: list[str]
    offsets: np.ndarray
    mean: np.ndarray
    examples: np.ndarray
    owners: np.ndarray
    neighbours_weight: float

    @classmethod
    def fit(
        cls,
        vectors: np.ndarray,
        labels: list[str],
        languages: list[str] | None = None,
        strength: float = 5.0,
        neighbours_weight: float = 0.4,
    ) -> AnswerHead:
        """Fit on vectors (n, d) of any length, with a label and a BCP 47 code ("" or "und": not known) each.

        Deterministic. `strength` scales the unit rows that the linear head sees.
        """
        from sklearn.linear_model import LogisticRegression

        names = sorted(set(labels))
        owners = np.array([names.index(label) for label in labels])
        order = np.argsort(owners, kind="stable")
        owners, rows = owners[order], _unit(vectors[order])
        spoken = [(languages or [""] * len(labels))[n] for n in order]
        codes, offsets = _language_offsets(rows, owners, spoken)
        rows = rows - _offset_of(spoken, codes, offsets)
        mean = rows.mean(axis=0)
        rows = _unit(rows - mean)
        model = LogisticRegression(C=1.0, max_iter=120, tol=1e-3, class_weight="balanced", random_state=1)
        model.fit(rows * strength, owners)
        weights, bias = model.coef_ * strength, model.intercept_
        if len(names) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        arrays = (array.astype(np.float32) for array in (offsets, mean, rows))
        return cls(
            names,
            weights.astype(np.float32),
            bias.astype(np.float32),
            codes,
            *arrays,
            owners.astype(np.int32),
            neighbours_weight,
        )

    def rank(self, vector: np.ndarray, language: str = "") -> list[tuple[str, float]]:
        """All labels with their probabilities (sum 1), best first, for one vector (d,) of any length.

        language: BCP 47 code of the text, "" or any other code where it is not known.
        """
        row = _unit(vector[np.newaxis, :]) - _offset_of([language], self.languages, self.offsets) - self.mean
        row = _unit(row)[0]
        linear = _softmax(self.weights @ row + self.bias)
        mixed = (1 - self.neighbours_weight) * linear + self.neighbours_weight * self._neighbours(row)
        order = np.argsort(-mixed)
        return [(self.labels[index], float(mixed[index])) for index in order]

    def _neighbours(self, row: np.ndarray) -> np.ndarray:
        """Probabilities from the mean closeness of the two nearest examples of each label."""
        closeness = self.examples @ row
        nearest = np.maximum.reduceat(closeness, self._starts)
        others = np.where(closeness == nearest[self.owners], -np.inf, closeness)
        second = np.maximum.reduceat(others, self._starts)
        return _softmax(np.where(np.isfinite(second), (nearest + second) / 2, nearest) * SHARPNESS)

    @cached_property
    def _starts(self) -> np.ndarray:
        """The first row of each label's examples."""
        return np.searchsorted(self.owners, np.arange(len(self.labels)))

    def save(self, path: Path) -> None:
        """Write to one .npz file without pickled objects."""
        np.savez(path, **{field.name: np.array(getattr(self, field.name)) for field in fields(self)})

    @classmethod
    def load(cls, path: Path) -> AnswerHead:
        """Read what `save` wrote. Raises OSError or ValueError for a file that is not one."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                values = {field.name: stored[field.name] for field in fields(cls)}
        except (zipfile.BadZipFile, KeyError) as error:
            raise ValueError(f"{path.name} holds no answer head: {error}") from error
        texts = {name: [str(text) for text in values[name]] for name in ("labels", "languages")}
        return cls(**values | texts | {"neighbours_weight": float(values["neighbours_weight"])})


def _language_offsets(rows: np.ndarray, owners: np.ndarray, spoken: list[str]) -> tuple[list[str], np.ndarray]:
    """Where each language lies beside the others when what is said is taken away: codes (l), offsets (l, d).

    A language whose examples are mostly emergencies must not have "emergency" for its own, so each example counts by
    its distance from the mean of its label, and these means without the languages: both are found in turns.
    """
    counted = Counter(spoken)
    codes = sorted(code for code, count in counted.items() if count >= ENOUGH_OF_A_LANGUAGE and code not in ("", "und"))
    offsets = np.zeros((len(codes), rows.shape[1]))
    of_language = [np.array([one == code for one in spoken]) for code in codes]
    sizes = np.maximum(np.bincount(owners), 1)[:, np.newaxis]
    for _ in range(_ROUNDS if len(codes) > 1 else 0):
        means = np.zeros((len(sizes), rows.shape[1]))
        np.add.at(means, owners, rows - _offset_of(spoken, codes, offsets))
        left = rows - (means / sizes)[owners]
        offsets = np.stack([left[chosen].mean(axis=0) for chosen in of_language])
    return codes, offsets


def _offset_of(spoken: list[str], codes: list[str], offsets: np.ndarray) -> np.ndarray:
    """The offset of each language in `spoken`, zeros where there is none: shape (len(spoken), d)."""
    places = {code: number for number, code in enumerate(codes)}
    padded = np.vstack([offsets, np.zeros((1, offsets.shape[1]), offsets.dtype)])
    return padded[[places.get(code, len(codes)) for code in spoken]]


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
