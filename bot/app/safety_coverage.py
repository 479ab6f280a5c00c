"""Whether each language of the desk has all that a person in danger needs: trigger words, and every fixed safety text.

What the files hold is checked elsewhere (bot/content/safety_texts.py, bot/skills/translation_checks.py).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.content.safety_texts import SAFETY_FILE, TRIGGERS_FOLDER, check_texts
from bot.errors import ContentError
from bot.skills.extraction import extract_template
from bot.skills.languages import to_gettext
from bot.skills.phrases import SOURCE_LANGUAGE, read_catalogue


def check_coverage(home: Path, languages: Iterable[str]) -> Iterator[str]:
    """Faults of the languages with these codes as "file:line: what is wrong; what to do"."""
    languages = list(languages)
    pack = home / "services_data"
    for code in languages:
        spellings = {code, code.split("-")[0]}  # Persian triggers hold the words of Dari too
        if not any((pack / TRIGGERS_FOLDER / f"{each}.yml").exists() for each in spellings):
            name = f"{pack.name}/{TRIGGERS_FOLDER}/{code}.yml"
            yield f"{name}: is missing. Write it like en.yml, or remove {code} from translations/languages.csv."
    if check_texts(pack / SAFETY_FILE):
        return  # its own faults come first; without it nobody knows which texts there must be
    texts = [str(message.id) for message in extract_template(home, "safety") if message.id]
    for code in languages:
        if code != SOURCE_LANGUAGE:
            yield from _untranslated(
                home / "translations" / to_gettext(code) / "LC_MESSAGES" / "safety.po", code, texts
            )


def _untranslated(path: Path, code: str, texts: list[str]) -> Iterator[str]:
    name = "/".join(path.parts[-4:])
    try:
        catalogue = read_catalogue(path, code)
    except (ContentError, OSError):
        return  # told by the check of the translations
    for text in texts:
        message = catalogue.get(text)
        if message is None:
            yield f"{name}:1 safety: has no entry for {text!r}. Run `desk translations update` and translate it."
        elif not message.string:
            yield f"{name}:{message.lineno} safety: {text!r} is not translated. Write it after msgstr."
        elif message.fuzzy:
            yield f"{name}:{message.lineno} safety: {text!r} is marked fuzzy. Check it, then remove the mark."
