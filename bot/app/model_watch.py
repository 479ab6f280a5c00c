"""A newly trained model comes in while the desk runs: it is noticed, loaded beside the old one, tried, and then put in place.

Training is `desk train` in another process. What the model says is not looked at here.
"""

import asyncio
import contextlib
import gc
import logging
from collections.abc import Callable
from pathlib import Path

from bot.dialogue.engine import DialogueEngine
from bot.dialogue.training import ModelState, code_digest, model_state
from bot.errors import DeskError, ModelError

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 2.0
LET_GO_AFTER_SECONDS = 1.0  # by then the messages under way have their answers
Stamp = tuple[str, int, int]  # name, time of writing in nanoseconds, size: another file has another stamp


class ModelWatch:
    """Watches a folder of models for the one that fits the data in `home`.

    load: makes an engine of a model file and tries it, on another thread; raises ModelError for a damaged one.
    put: puts the engine in place, on the thread of the conversations. say: told of each change in one line.
    in_use: the model file that is loaded at the start; make this object before it is loaded.
    every: seconds between two looks. code: tells the desk's own code as it is on the disk.
    """

    def __init__(
        self,
        home: Path,
        models: Path,
        in_use: Path,
        load: Callable[[Path], DialogueEngine],
        put: Callable[[DialogueEngine], None],
        say: Callable[[str], None],
        every: float = LOOK_EVERY_SECONDS,
        code: Callable[[], str] = code_digest,
    ) -> None:
        self._home, self._models, self._load, self._put, self._say = home, models, load, put, say
        self._every, self._code_now = every, code
        self._seen: frozenset[Stamp] = frozenset()  # so that what was trained while the desk started is found too
        self._in_use = _stamp(in_use)
        self._code = code()
        self._told = ""
        self._asked = asyncio.Event()

    def check_now(self) -> None:
        """Look at once, also where the folder seems unchanged. To be called on the thread of the conversations."""
        self._asked.set()

    async def run(self) -> None:
        """Look again and again until cancelled. Whatever is wrong with a model, the one in use stays."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), self._every)
            asked = self._asked.is_set()
            self._asked.clear()
            try:
                await self._look(asked)
                self._told = ""
            except (DeskError, OSError) as error:  # a file that is being written now may be whole at the next look
                if str(error) != self._told:
                    log.error("No new model could be looked for; the desk goes on with the one it has. %s", error)
                self._told = str(error)
            except Exception as error:  # the watch must outlive whatever a half-done update does to a model
                cause = type(error).__name__
                log.error("A new model could not be taken (%s); the desk goes on with the old one.", cause)

    async def _look(self, asked: bool) -> None:
        folder = self._folder()
        if folder == self._seen and not asked:
            return
        state = await asyncio.to_thread(model_state, self._home, self._models)
        is_news, self._seen = bool(folder - self._seen), folder
        stamp = _stamp(state.path) if state.exists else None
        if stamp is not None and stamp != self._in_use:
            await self._take(state.path, stamp)
        elif asked or (is_news and stamp is None):
            self._say(_nothing_new(state))

    async def _take(self, model: Path, stamp: Stamp) -> None:
        if self._code_now() != self._code:
            self._say(f"{model.name} was trained with another version of the desk's code. Restart the desk to use it.")
            return
        try:
            engine = await asyncio.to_thread(self._load, model)
        except ModelError as error:
            log.error("%s The desk goes on with the model it has.", error)
            return
        self._put(engine)  # one assignment: whoever is being answered keeps the old model to the end
        self._in_use = stamp
        self._say(f"The newly trained {model.name} answers now.")
        await asyncio.sleep(LET_GO_AFTER_SECONDS)
        # Rasa's objects point at each other in circles, so the old model goes only when Python looks for such.
        gc.collect()

    def _folder(self) -> frozenset[Stamp]:
        """The stamps of all models; a look costs less than a tenth of a millisecond."""
        stamps = (_stamp(path) for path in self._models.glob("desk-*.tar.gz"))
        return frozenset(stamp for stamp in stamps if stamp)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:  # it was removed between two looks, or is not there yet
        return None
    return path.name, found.st_mtime_ns, found.st_size


def _nothing_new(state: ModelState) -> str:
    if state.exists:
        return f"{state.path.name} is in use already: it is the model that fits the present data."
    return f"No model fits the present data: {state.reason}. Run `uv run desk train`; the old model answers meanwhile."
