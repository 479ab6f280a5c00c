"""Imports modules in a process of its own and tells what our code touched meanwhile. A program, not a test.

Usage: import_probe.py ROOT MODULE...   ROOT: the folder whose Python files count as ours.
Prints a JSON list of [file, line, what was touched]. Python reads the modules themselves; that is not counted.
"""

import importlib
import json
import os
import sys
from pathlib import Path
from types import FrameType

WATCHED = ("open", "os.listdir", "os.scandir", "os.mkdir", "os.putenv", "sqlite3.connect", "subprocess.Popen")
IMPORT_SYSTEM = ("<frozen importlib", os.sep + "importlib" + os.sep)

ROOT = sys.argv[1].rstrip(os.sep) + os.sep
LIBRARIES = sys.prefix + os.sep  # the virtual environment may lie inside the project
touched: list[tuple[str, int, str]] = []


def ours(frame: FrameType | None, through_libraries: bool) -> FrameType | None:
    """The frame of our own code that led here. None where a library did it while it was itself imported."""
    while frame is not None:
        name = frame.f_code.co_filename
        if any(mark in name for mark in IMPORT_SYSTEM):
            return None
        if name.startswith(LIBRARIES) and not through_libraries:
            return None
        if name.startswith(ROOT) and not name.startswith(LIBRARIES):
            return frame
        frame = frame.f_back
    return None


def note(what: str, through_libraries: bool = True) -> None:
    """Remember what our code touched, if it was ours."""
    if frame := ours(sys._getframe(2), through_libraries):
        touched.append((frame.f_code.co_filename.removeprefix(ROOT), frame.f_lineno, what))


def watch(event: str, arguments: tuple) -> None:
    """The audit hook."""
    if event in WATCHED or event.startswith("socket."):
        note(f"{event} {arguments[0] if arguments else ''}")


class WatchedEnvironment(type(os.environ)):
    """The environment, which also tells when it is read. Python itself has no event for that.

    What a library reads while we declare a command with it (click asks for the screen's language) is its own affair.
    """

    def __getitem__(self, name: str) -> str:
        note(f"environment {name}", through_libraries=False)
        return super().__getitem__(name)

    def __iter__(self):
        note("environment", through_libraries=False)
        return super().__iter__()


sys.path.insert(0, ROOT)
os.environ.__class__ = WatchedEnvironment
sys.addaudithook(watch)
for module in sys.argv[2:]:
    importlib.import_module(module)
    if not Path(sys.modules[module].__file__ or ROOT).is_relative_to(ROOT):
        sys.exit(f"{module} was imported from {sys.modules[module].__file__} and not from {ROOT}")
print(json.dumps(touched))
