"""When a follow-up counts: the rule alone, on fixed rankings."""

import pytest

from bot.dialogue.components.follow_ups import FollowUps

RULE = FollowUps(frozenset({"ask_cost", "tell_audience"}), {"tell_audience": 0.6})


def shares(**given: float) -> list[tuple[str, float]]:
    named = {key.replace("__", "/"): share for key, share in given.items()}
    return sorted(named.items(), key=lambda one: -one[1])


def test_after_an_answer_the_likeliest_follow_up_wins():
    ranked = shares(ask_cost=0.6, transport__bus_ticket=0.3, greet=0.1)
    assert RULE.settle(ranked, after_answer=True) == ranked


def test_before_an_answer_the_same_message_is_read_as_if_there_were_no_follow_ups():
    ranked = shares(ask_cost=0.6, transport__bus_ticket=0.3, greet=0.1)
    settled = RULE.settle(ranked, after_answer=False)
    assert [key for key, _ in settled] == ["transport/bus_ticket", "greet"]
    assert [share for _, share in settled] == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize("ordinary", [0.4, 0.41])
def test_an_ordinary_reading_that_is_at_least_as_likely_wins_after_an_answer_too(ordinary):
    ranked = shares(transport__bus_ticket=ordinary, ask_cost=0.4, greet=0.6 - ordinary)
    assert RULE.settle(ranked, after_answer=True)[0][0] == "transport/bus_ticket"
    assert not any(RULE.has(key) for key, _ in RULE.settle(ranked, after_answer=True))


def test_a_clearly_told_situation_counts_before_an_answer_too():
    clear = shares(tell_audience__visa=0.4, tell_audience__eu=0.3, immigration__share_code=0.3)
    assert RULE.settle(clear, after_answer=False) == clear
    faint = shares(tell_audience__visa=0.4, immigration__share_code=0.35, greet=0.25)
    assert RULE.settle(faint, after_answer=False)[0][0] == "immigration/share_code"


def test_a_ranking_without_follow_ups_is_left_alone():
    ranked = shares(greet=0.9, thanks=0.1)
    assert FollowUps().settle(ranked, after_answer=True) == ranked
    assert RULE.settle(ranked, after_answer=False) == ranked


def test_how_sure_a_follow_up_is_counts_all_of_them():
    ranked = shares(ask_cost=0.25, tell_audience__visa=0.2, greet=0.55)
    assert RULE.confidence(ranked) == pytest.approx(0.45)
