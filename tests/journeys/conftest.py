"""What the journeys share: a person at the real desk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot.dialogue.front_desk import FrontDesk
from tests.journeys.visitor import Visitor


@pytest.fixture
def visit(desk: FrontDesk) -> Iterator[Callable[..., Visitor]]:
    """Lets a person come to the whole desk; `language_hint`: what their phone says of their language."""
    with ExitStack() as stack:
        yield lambda language_hint=None: stack.enter_context(Visitor(desk, language_hint))
