"""Keeps TensorFlow out of the desk's process: Rasa imports it for classifiers that our pipeline does not have.

Saves about 250 MB and two seconds at every start (docs/decisions/0004-without-tensorflow.md). The ordinary `rasa`
commands do not pass here and use the real TensorFlow.
"""

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

NAMES = frozenset(("tensorflow", "keras", "tensorflow_addons", "tensorflow_hub", "tensorflow_text"))


class _Nothing(type):
    """The type of everything the stand-in offers: any attribute is another such class, and calling gives the class."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing(name, (), {})

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # As a decorator it leaves the function as it is; else it is a value that nobody may use.
        return args[0] if len(args) == 1 and callable(args[0]) and not kwargs else cls

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls


class _StandIn(ModuleType):
    __path__: list[str] = []
    __version__ = "0.0.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing(name, (), {})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] in NAMES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def keep_tensorflow_out() -> None:
    """From now on `import tensorflow` gives a stand-in. Does nothing where the real one is already imported."""
    if "tensorflow" not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
