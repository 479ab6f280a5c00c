"""A small folder of translations with real catalogues."""

from collections.abc import Callable
from pathlib import Path

import pytest

LANGUAGES = """\
code,name,english_name,direction,reviewed_by,reviewed_on
en,English,English,ltr,,
fa,فارسی,Persian,rtl,,
fa-AF,دری,Dari,rtl,Zahra,2026-05-01
uk,Українська,Ukrainian,ltr,,
"""


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    """A folder with four languages and no catalogues yet."""
    folder = tmp_path / "translations"
    folder.mkdir()
    (folder / "languages.csv").write_text(LANGUAGES, encoding="utf-8")
    return folder


@pytest.fixture
def write_catalogue(translations: Path) -> Callable[..., Path]:
    """A function that writes translations/<locale>/LC_MESSAGES/<domain>.po from pairs of English and translation."""

    def write(locale: str, domain: str, pairs: dict[str, str], flags: str = "") -> Path:
        path = translations / locale / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = [f"{flags}msgid {quoted(source)}\nmsgstr {quoted(text)}\n" for source, text in pairs.items()]
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        path.write_text("\n".join([head, *entries]), encoding="utf-8")
        return path

    return write


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
