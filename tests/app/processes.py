"""Real processes of `desk` for tests: one that runs to its end, and `desk up` that runs until a test stops it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

DESK = Path(sys.executable).with_name("desk")
LONGEST = 120  # seconds that any command here may take


def environment(data: Path, more: Mapping[str, str]) -> dict[str, str]:
    """An environment with a data folder of its own and nothing of the developer's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    bare = {"DESK_DATA": str(data), "DESK_DATABASE": "", "DESK_PORT": "0", "TELEGRAM_BOT_TOKEN": "", "PYTHONUTF8": "1"}
    return {**kept, **bare, **more}


def desk(*words: str, data: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess:
    """Run a command to its end. `typed`: what stands on its input. `settings`: more of the environment."""
    return subprocess.run(
        [str(DESK), *words],
        env=environment(data, settings),
        input=typed,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


@dataclass
class Up:
    """A running `desk up`. `lines`: what it has said so far on both streams."""

    process: subprocess.Popen
    lines: list[str] = field(default_factory=list)
    address: str = ""

    def stop(self, sign: signal.Signals, within: float) -> int:
        """Send a signal and wait; the exit code. Raises TimeoutExpired where it goes on for longer."""
        self.process.send_signal(sign)
        return self.process.wait(within)

    def left_running(self) -> bool:
        """Whether any process that it started is still there."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@contextlib.contextmanager
def desk_up(data: Path, **settings: str) -> Iterator[Up]:
    """`desk up` in a session of its own, once it is open; it is killed at the end where the test did not stop it."""
    process = subprocess.Popen(
        [str(DESK), "up"],
        env=environment(data, settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    up, is_open = Up(process), threading.Event()

    def listen() -> None:
        for line in process.stdout:
            up.lines.append(line.rstrip("\n"))
            if found := re.search(r"The desk is open:\s+(http://\S+)", line):
                up.address = found[1].rstrip("/")
            if "To stop:" in line:
                is_open.set()
        is_open.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        assert is_open.wait(LONGEST), up.lines
        assert up.address, up.lines
        assert httpx.get(up.address + "/api/health", timeout=LONGEST).status_code == 200
        yield up
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        listener.join(10)
        process.stdout.close()
