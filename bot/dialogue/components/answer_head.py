"""The trained head on top of the frozen sentence encoder: numbers in, a ranking out. Knows nothing of Rasa or files of ours."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

NEIGHBOURS = 3  # examples of a label that are compared
SHARPNESS = 20.0  # how strongly closeness counts


@dataclass
class AnswerHead:
    """A linear head and the examples themselves (nearest neighbours), mixed.

    labels: the m answer ids and intents. weights: (m, d), bias: (m,). mean: (d,), taken off before neighbours are
    compared, because the encoder's vectors all lie in one narrow cone. examples: (n, d) unit rows, sorted by owner;
    owners: (n,) index into labels.
    """

    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray
    mean: np.ndarray
    examples: np.ndarray
    owners: np.ndarray
    neighbours_weight: float

    @classmethod
    def fit(
        cls, vectors: np.ndarray, labels: list[str], strength: float = 10.0, neighbours_weight: float = 0.3
    ) -> AnswerHead:
        """Fit on vectors (n, d) of any length with one label each. Deterministic. `strength` scales the unit rows."""
        from sklearn.linear_model import LogisticRegression

        names = sorted(set(labels))
        owners = np.array([names.index(label) for label in labels])
        order = np.argsort(owners, kind="stable")
        owners, rows = owners[order], _unit(vectors[order])
        model = LogisticRegression(C=1.0, max_iter=400, class_weight="balanced", random_state=1)
        model.fit(rows * strength, owners)
        weights, bias = model.coef_ * strength, model.intercept_
        if len(names) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        mean = rows.mean(axis=0)
        arrays = (weights, bias, mean, _unit(rows - mean))
        return cls(names, *(array.astype(np.float32) for array in arrays), owners.astype(np.int32), neighbours_weight)

    def rank(self, vector: np.ndarray) -> list[tuple[str, float]]:
        """All labels with their probabilities (sum 1), best first, for one vector (d,) of any length."""
        row = _unit(vector[np.newaxis, :])[0]
        linear = _softmax(self.weights @ row + self.bias)
        mixed = (1 - self.neighbours_weight) * linear + self.neighbours_weight * self._neighbours(row)
        order = np.argsort(-mixed)
        return [(self.labels[index], float(mixed[index])) for index in order]

    def _neighbours(self, row: np.ndarray) -> np.ndarray:
        """Probabilities from the mean closeness of the nearest examples of each label."""
        closeness = np.append(self.examples @ _unit((row - self.mean)[np.newaxis, :])[0], -np.inf)
        nearest = np.partition(closeness[self._rows_of_label], -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        counted = np.isfinite(nearest)
        means = np.where(counted, nearest, 0.0).sum(axis=1) / counted.sum(axis=1)
        return _softmax(means * SHARPNESS)

    @cached_property
    def _rows_of_label(self) -> np.ndarray:
        """For each label the rows of its examples, filled up with -1: shape (m, most examples of a label)."""
        counts = np.bincount(self.owners, minlength=len(self.labels))
        table = np.full((len(self.labels), max(counts.max(), NEIGHBOURS)), -1)
        table[self.owners, np.arange(len(self.owners)) - np.repeat(np.cumsum(counts) - counts, counts)] = np.arange(
            len(self.owners)
        )
        return table

    def save(self, path: Path) -> None:
        """Write to one .npz file without pickled objects."""
        np.savez(
            path,
            labels=np.array(self.labels),
            weights=self.weights,
            bias=self.bias,
            mean=self.mean,
            examples=self.examples,
            owners=self.owners,
            neighbours_weight=np.array(self.neighbours_weight),
        )

    @classmethod
    def load(cls, path: Path) -> AnswerHead:
        """Read what `save` wrote. Raises OSError or ValueError for a file that is not one."""
        try:
            return cls._read(path)
        except (zipfile.BadZipFile, KeyError) as error:
            raise ValueError(f"{path.name} holds no answer head: {error}") from error

    @classmethod
    def _read(cls, path: Path) -> AnswerHead:
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                [str(label) for label in stored["labels"]],
                stored["weights"],
                stored["bias"],
                stored["mean"],
                stored["examples"],
                stored["owners"],
                float(stored["neighbours_weight"]),
            )


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
