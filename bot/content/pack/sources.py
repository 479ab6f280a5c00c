"""Where a pack may lie: a folder, an .xlsx file or a .json file; one way to read and one to write each."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.content.pack.json_file import json_text, read_json
from bot.content.pack.reading import PackText, read_pack
from bot.content.pack.records import Records
from bot.content.spreadsheet.reading import read_spreadsheet
from bot.content.spreadsheet.writing import write_spreadsheet
from bot.errors import ContentError, StoreError

JSON = ".json"
SPREADSHEETS = (".xlsx", ".xlsm", ".xltm", ".xlsb", ".xls")  # all but the first are refused, with what to do
FILES = (JSON, *SPREADSHEETS)


def is_file(source: Path) -> bool:
    """Whether the name is that of one file with the whole pack, and not of a folder."""
    return source.suffix.lower() in FILES and not source.is_dir()


def read_source(source: Path) -> PackText:
    """Read the pack from wherever it is. Raises ContentError for a file that is refused as a whole."""
    if not is_file(source):
        if source.is_file():
            raise ContentError(f"{source.name} is neither a folder, nor an .xlsx or .json file; name one of these.")
        return read_pack(source)
    return read_json(source) if source.suffix.lower() == JSON else read_spreadsheet(source)


def write_file(target: Path, content: Records, base: Mapping[str, str]) -> None:
    """Write an .xlsx or .json file, put in place whole. Raises ContentError for other names, StoreError."""
    suffix = target.suffix.lower()
    if suffix not in (JSON, ".xlsx"):
        raise ContentError(f"{target.name} cannot be written; choose a folder, or a name that ends in .xlsx or .json.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}.", suffix=suffix)
        os.close(handle)
        beside = Path(name)
        try:
            if suffix == JSON:
                beside.write_text(json_text(content, base), encoding="utf-8")
            else:
                write_spreadsheet(beside, content, base)
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"The file {target} cannot be written ({error.strerror}); check its folder.") from None
