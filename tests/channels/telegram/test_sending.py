import asyncio

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram.sending import LONGEST_PAUSE, TRIES, Pace, Patience


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self):
        self.now, self.sleeps = 1000.0, []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.sleeps.append(seconds)
        self.now += seconds


def outcome(answers):
    """A request that raises or returns the given answers one after the other."""
    left = iter(answers)

    async def request():
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return request


def insist(clock, answers, chance=lambda: 1.0):
    return asyncio.run(Patience(clock.sleep, chance).insist(outcome(answers)))


def test_a_429_is_waited_out_exactly_as_long_as_telegram_says():
    clock = Clock()
    assert insist(clock, [RetryAfter(37), RetryAfter(5), "sent"]) == "sent"
    assert clock.sleeps == [37, 5]


def test_failures_are_retried_with_growing_pauses_up_to_a_cap():
    clock = Clock()
    assert insist(clock, [TimedOut(), NetworkError("Bad Gateway"), TimedOut(), TimedOut(), "sent"]) == "sent"
    assert clock.sleeps == [1, 2, 4, 8]
    assert max(clock.sleeps) <= LONGEST_PAUSE


def test_pauses_differ_by_chance_but_are_at_least_half():
    clock = Clock()
    insist(clock, [TimedOut(), "sent"], chance=lambda: 0.0)
    assert clock.sleeps == [0.5]


def test_after_the_last_try_the_error_comes_out():
    clock = Clock()
    with pytest.raises(TimedOut):
        insist(clock, [TimedOut()] * (TRIES + 1))
    assert len(clock.sleeps) == TRIES - 1


def test_a_faulty_request_is_not_tried_again():
    clock = Clock()
    with pytest.raises(BadRequest):
        insist(clock, [BadRequest("no"), "sent"])
    assert clock.sleeps == []


def test_a_pace_lets_a_short_burst_through_and_then_one_an_interval_for_each_chat_alone():
    clock = Clock()
    pace = Pace(interval=1.0, burst=3, clock=clock)
    assert [pace.book("a") for _message in range(5)] == [0, 0, 0, 1, 2]
    assert pace.book("b") == 0
    clock.now += 60
    assert pace.book("a") == 0
