"""All checks of what volunteers edit, put together: the content pack, safety texts, examples and translations."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.checks import check_pack
from bot.content.safety_texts import load_safety
from bot.dialogue.example_checks import check_examples
from bot.errors import ContentError
from bot.skills.translation_checks import check_translations


def check_everything(home: Path) -> list[str]:
    """Every fault as one line: "file:line field: what is wrong and what to do". Empty where all is well."""
    return list(_faults(home))


def _faults(home: Path) -> Iterator[str]:
    pack = home / "services_data"
    yield from (str(fault) for fault in check_pack(pack))
    try:
        load_safety(pack / "safety.yml")
    except ContentError as error:
        yield from str(error).splitlines()
    yield from check_examples(home)
    yield from check_translations(home / "translations")
