"""When the words of an emergency are doubted, and which texts are shown in which order. No texts here.

docs/decisions/0006-emergencies.md says how the numbers were found.
"""

from collections.abc import Iterable

from bot.skills.language_guess import Guess
from bot.skills.safety import Signs

DOUBT_BELOW = 0.05  # danger under which the words of an emergency are doubted
DOUBT_BELOW_IN = {"en": 0.15}  # the same where so many examples stand behind it that it is worth more
CHANCE_BELOW = 0.15  # the same where only the words of another language than the message's tell of one: mostly chance
WORRY_FROM = 0.1  # danger from which the person is asked whether they are safe, and no question is kept
TEXTS_AT_ONCE = 2
MEANT_FROM = 0.25  # the model's probability from which a group that no words told of is shown too
WORDS_WEIGH = 0.3  # what words count for beside the model's probability


def doubt_below(guess: Guess, signs: Signs) -> float:
    """The danger under which the words found in a message are doubted."""
    if not guess.sure:
        return DOUBT_BELOW
    own = any(signs.are_in(code) for code in (guess.code, *guess.candidates))
    return DOUBT_BELOW_IN.get(guess.code, DOUBT_BELOW) if own else CHANCE_BELOW


def with_words_of_danger(guess: Guess, signs: Signs) -> Guess:
    """The guess; where it is not sure and the words of danger found are all of one language, that language."""
    found = signs.languages - {"en"}  # English words stand in messages of every language
    if guess.sure or guess.romanised or len(found) != 1:
        return guess
    (code,) = found
    return Guess(code, sure=True)


def groups_to_show(
    matched: tuple[str, ...], ranking: Iterable[tuple[str, float]], meant_from: float = MEANT_FROM
) -> tuple[str, ...]:
    """At most two group ids, the likeliest first.

    matched: groups whose words the message has, most severe first. ranking: (answer, group or intent, probability).
    Where the model says nothing, severity decides.
    """
    meant = {key: probability for key, probability in ranking if key.startswith("emergency/")}
    likely = (key for key, probability in meant.items() if probability >= meant_from and key not in matched)
    weights = {key: WORDS_WEIGH + meant.get(key, 0.0) for key in matched} | {key: meant[key] for key in likely}
    return tuple(sorted(weights, key=lambda key: -weights[key])[:TEXTS_AT_ONCE])
