"""All checks of what volunteers edit, put together: the content pack, safety texts, examples and translations."""

from collections.abc import Iterator
from pathlib import Path

from bot.app.safety_coverage import check_coverage
from bot.content.pack.checks import check_pack
from bot.content.safety_texts import SAFETY_FILE, check_safety
from bot.dialogue.basic_help import VERDICTS, check_help
from bot.dialogue.example_checks import check_examples
from bot.errors import ContentError
from bot.skills.languages import read_languages
from bot.skills.translation_checks import check_translations


def check_everything(home: Path) -> list[str]:
    """Every fault as one line: "file:line field: what is wrong and what to do". Empty where all is well."""
    return list(_faults(home))


def _faults(home: Path) -> Iterator[str]:
    pack = home / "services_data"
    yield from (str(fault) for fault in check_pack(pack))
    if not (pack / SAFETY_FILE).exists():  # a pack may be imported without it, but the desk needs it
        yield from (str(fault) for fault in check_safety(pack / SAFETY_FILE))
    yield from check_coverage(home, _spoken(home))
    yield from check_examples(home)
    yield from check_translations(home / "translations")
    yield from check_help(home / VERDICTS, _spoken(home))


def _spoken(home: Path) -> list[str]:
    """The languages of the desk; none where their list has faults, which the check of the translations tells."""
    try:
        return list(read_languages(home / "translations" / "languages.csv"))
    except ContentError:
        return []
