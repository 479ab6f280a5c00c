"""From the database into the pack, or into one file: in one form, put in place whole; no unread edit is overwritten."""

import os
import tempfile
from collections import defaultdict
from pathlib import Path

from bot.content.database import writing
from bot.content.pack import records
from bot.content.pack.answer_files import answers_text
from bot.content.pack.baseline import base_entries, mark_database, read_baseline, write_baseline
from bot.content.pack.checks import check_read_pack
from bot.content.pack.csv_files import csv_text
from bot.content.pack.importing import HasEngine
from bot.content.pack.merging import shown_key
from bot.content.pack.reading import answer_paths, read_pack
from bot.content.pack.records import Key, Records
from bot.content.pack.sources import write_file
from bot.content.pack.tables import ANSWERS, TABLES
from bot.content.revision import lock_content
from bot.errors import ContentConflict, ContentError, StoreError


def export_pack(target: HasEngine, folder: Path) -> list[Path]:
    """Write the content of the database into `folder`; returns the files whose text changed.

    Raises ContentConflict where the pack holds edits that were never imported, ContentError where the pack has faults,
    StoreError where the folder cannot be written.
    """
    folder = Path(folder)
    with writing(target.engine) as connection:
        lock_content(connection)
        content = records.database_records(connection)
        _refuse_to_lose(folder, content, read_baseline(connection))
        try:
            changed = _write_files(folder, pack_texts(content))
        except OSError as error:
            raise StoreError(f"The folder {folder} cannot be written ({error.strerror}); check its rights.") from None
        write_baseline(connection, _digests(content))
    return changed


def export_file(target: HasEngine, path: Path) -> None:
    """Write the content of the database into one .xlsx or .json file. Raises ContentError, StoreError.

    The file also gets what each record was, so that its import can tell who edited a record: people in the file, or
    others in the database meanwhile.
    """
    with writing(target.engine) as connection:
        content = records.database_records(connection)
        base = base_entries(mark_database(connection), _digests(content))
    write_file(Path(path), content, base)


def _digests(content: Records) -> dict[Key, str]:
    return {key: records.digest(record) for key, record in content.items()}


def pack_texts(content: Records) -> dict[str, str]:
    """The canonical text of each file of the pack, by its path inside the pack."""
    texts = {}
    for table in TABLES:
        rows = [list(record.values()) for (name, _), record in content.items() if name == table.name]
        texts[table.file] = csv_text([column.name for column in table.columns], rows)
    by_topic = defaultdict(list)
    for (name, key), record in content.items():
        if name == ANSWERS:
            by_topic[records.topic_of(key)].append(record)
    return texts | {f"{ANSWERS}/{topic}.yml": answers_text(answers) for topic, answers in by_topic.items()}


def _refuse_to_lose(folder: Path, content: Records, baseline: dict[Key, str]) -> None:
    if not any((folder / table.file).exists() for table in TABLES):
        return
    pack = read_pack(folder)
    if faults := check_read_pack(pack, folder):
        raise ContentError("\n".join(str(fault) for fault in faults))
    unread = [
        shown_key(key)
        for key, record in records.pack_records(pack).items()
        if records.digest(record) not in (baseline.get(key), records.digest(content.get(key)))
    ]
    if unread:
        advice = "Nothing was exported. Run `desk content import` first."
        lines = [f"{name}: edited in the pack and not imported." for name in unread]
        raise ContentConflict("\n".join([*lines, advice]))


def _write_files(folder: Path, texts: dict[str, str]) -> list[Path]:
    (folder / ANSWERS).mkdir(parents=True, exist_ok=True)
    wanted = {folder / name: text.encode() for name, text in texts.items()}
    changed = [path for path, data in wanted.items() if not path.exists() or path.read_bytes() != data]
    ready: list[Path] = []
    try:
        for path in changed:
            ready.append(_write_beside(path, wanted[path]))
        for temporary, path in zip(ready, changed, strict=True):
            os.replace(temporary, path)
    finally:
        for temporary in ready:
            temporary.unlink(missing_ok=True)  # after a full disk nothing half-written stays behind
    gone = [path for path in answer_paths(folder) if path not in wanted]
    for path in gone:
        path.unlink()
    return changed + gone


def _write_beside(path: Path, data: bytes) -> Path:
    """A finished copy in the same folder, so that a rename alone puts it in place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    return Path(name)
