"""Keeps order: the jobs of one chat run one after the other, those of different chats at once. No Telegram here."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from weakref import WeakValueDictionary


class Lanes:
    """Runs jobs as tasks of the running loop, one lane a key. A job must deal with its own errors."""

    def __init__(self) -> None:
        # A lock lives only as long as a job of its lane holds it, so chats that fell silent take no memory.
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()
        self._jobs: set[asyncio.Task[None]] = set()

    def submit(self, lane: Hashable, job: Callable[[], Awaitable[None]]) -> None:
        """Queue a job at the end of its lane and return at once."""
        lock = self._locks.setdefault(lane, asyncio.Lock())
        task = asyncio.create_task(self._run(lock, job))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def drain(self, grace: float) -> bool:
        """Wait for all jobs, at most `grace` seconds, then cancel the rest. True when every job came to its end."""
        if not self._jobs:
            return True
        _done, late = await asyncio.wait(self._jobs, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return not late

    @staticmethod
    async def _run(lock: asyncio.Lock, job: Callable[[], Awaitable[None]]) -> None:
        async with lock:  # asyncio's locks are first come, first served, and tasks start in the order of their making
            await job()
