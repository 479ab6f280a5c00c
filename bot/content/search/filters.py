"""The conditions that both databases understand alike, as SQL over `service_index i`. What they mean is in index.py."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import TextClause, text


@lru_cache(maxsize=256)
def prepared(statement: str) -> TextClause:
    """The statement for SQLAlchemy, which takes longer to read one than SQLite to answer it."""
    return text(statement)


def where(given: dict) -> tuple[str, dict]:
    """SQL that can follow "WHERE", and its values. given: as index.py makes it."""
    values = {"wanted": given["wanted"], "refused": given["refused"], "limit": given["limit"]}
    parts = ["(i.no & :wanted) = 0"] if given["wanted"] else []
    if given["refused"]:
        parts.append("(i.no & :refused) <> 0")
    for column, words in (("areas", given["areas"]), ("topics", given["topics"])):
        if words:
            parts.append(_one_of(column, words, values))
    if given["language"]:
        parts.append(_one_of("spoken", [given["language"]], values))
    return " AND ".join(parts) or "1 = 1", values


def _one_of(column: str, words: Iterable[str], values: dict) -> str:
    tests = []
    for number, word in enumerate(words):
        name = f"{column}_{number}"
        values[name] = f"% {_literal(word)} %"
        tests.append(f"i.{column} LIKE :{name} ESCAPE '!'")
    return f"({' OR '.join(tests)})"


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_").replace("\x00", "")
