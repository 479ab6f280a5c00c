"""How one value stands in a CSV cell and in the database: two functions for each kind, inverse to each other."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class CellKind:
    """`to_value` makes the value for the database from a cell; `to_text` makes the one canonical cell from a value."""

    to_value: Callable[[str], Any]
    to_text: Callable[[Any], str]


def tidy(text: str) -> str:
    """The text without spaces at the ends of its lines, with plain line ends, in Unicode's composed form."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _empty_or(convert: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: convert(text) if text else None


def _none_or(convert: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None else convert(value)


TEXT = CellKind(tidy, lambda value: tidy(value or ""))
FLAG = CellKind(_empty_or(lambda text: text == "yes"), _none_or(lambda value: "yes" if value else "no"))
DEGREES = CellKind(_empty_or(float), _none_or(lambda value: format(value, ".10f").rstrip("0").rstrip(".")))
WHOLE = CellKind(_empty_or(int), _none_or(str))
DAY = CellKind(_empty_or(date.fromisoformat), _none_or(date.isoformat))
