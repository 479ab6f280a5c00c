"""Which language a message is answered in, and the languages offered below an answer where close ones look alike.

Which language a message is in is guessed elsewhere (bot/skills/language_guess.py); nothing is remembered here.
"""

from dataclasses import replace

from bot.content.safety_texts import SafetyGroup, SafetyTexts
from bot.dialogue.buttons import button_id
from bot.dialogue.messages import Button, Reply
from bot.dialogue.replies import emergency_reply, soft_reply
from bot.skills.language_guess import Guess
from bot.skills.languages import own_name, read_by
from bot.skills.phrases import SOURCE_LANGUAGE, Phrases


def spoken_candidates(guess: Guess, phrases: Phrases) -> tuple[str, ...]:
    """The languages of the desk that a message may be in, BCP 47, the likeliest first; () where it speaks none of them."""
    nearest = (phrases.nearest(read_by(code)) for code in guess.candidates or (guess.code,))
    return tuple(dict.fromkeys(code for code in nearest if code))


def language_for(guess: Guess, phrases: Phrases, conversation: str | None, hint: str | None) -> str:
    """The language to answer in: the message's own when sure, else the conversation's, the client's, English.

    conversation, hint: BCP 47 codes, or None. Where a message may as well be in the conversation's language (Persian or
    Dari), that one stays, so that nobody is thrown to and fro between neighbours.
    """
    candidates = spoken_candidates(guess, phrases)
    if conversation in candidates:
        return conversation
    hinted = phrases.nearest(hint)
    if candidates and not guess.romanised and (guess.sure or conversation is None):
        return hinted if hinted in candidates else candidates[0]
    return conversation or hinted or SOURCE_LANGUAGE


def with_candidates(
    replies: tuple[Reply, ...], guess: Guess, phrases: Phrases, conversation: str | None
) -> tuple[Reply, ...]:
    """The same replies with buttons for the languages that the message may be in, where the desk cannot know which.

    Nothing is asked where the conversation's language is one of them: then the message is taken to be in it.
    """
    offered = _offered(guess, spoken_candidates(guess, phrases), conversation)
    if not replies or not offered:
        return replies
    last = replies[-1]
    shown = {button.id for reply in replies for button in reply.buttons}
    buttons = (Button(button_id("language", code), phrases.languages[code].name) for code in offered)
    missing = tuple(button for button in buttons if button.id not in shown)
    if all(button.id == button_id("language", last.language) for button in missing):
        return replies
    note = phrases.say(last.language, "Choose your language:")
    return (*replies[:-1], replace(last, notes=(*last.notes, note), buttons=(*last.buttons, *missing)))


def in_own_language(
    replies: tuple[Reply, ...], guess: Guess, phrases: Phrases, safety: SafetyTexts
) -> tuple[Reply, ...]:
    """The same replies with the safety texts in the message's language, where the desk has nothing else in it."""
    own = phrases.nearest_in_danger(read_by(guess.code))
    if own is None or own in phrases.languages or guess.romanised or not guess.sure:
        return replies  # A wrong language helps nobody; English or the conversation's stays.
    groups = {group.id: group for group in safety.groups}
    return tuple(_safety_in(own, reply, groups.get(reply.about), phrases, safety) for reply in replies)


def _safety_in(language: str, reply: Reply, group: SafetyGroup | None, phrases: Phrases, safety: SafetyTexts) -> Reply:
    if group is not None:
        return replace(emergency_reply(group, phrases, language, {}), buttons=reply.buttons)
    return soft_reply(safety, phrases, language) if reply.about == "soft" else reply


def _offered(guess: Guess, candidates: tuple[str, ...], conversation: str | None) -> tuple[str, ...]:
    if not candidates or conversation in candidates:
        return ()
    if guess.romanised or (guess.sure and len(candidates) > 1):
        return candidates
    # A doubtful message tells nothing against a language that was chosen; the first one of a conversation is answered in
    # the likeliest language, and where that was wrong, English is the way out.
    return () if guess.sure or conversation else tuple(dict.fromkeys((*candidates, SOURCE_LANGUAGE)))


def with_way_back(replies: tuple[Reply, ...], phrases: Phrases, language: str, before: str) -> tuple[Reply, ...]:
    """Tell that this answer is in another language than the conversation, and offer both ways. BCP 47 codes."""
    here, there = phrases.languages[language], phrases.languages[before]
    note = phrases.say(language, "You wrote in {language}, so I answer in it.", language=here.name)
    buttons = (
        Button(button_id("language", language), here.name),
        Button(button_id("language", before), there.name),
    )
    last = replies[-1]
    return (*replies[:-1], replace(last, notes=(*last.notes, note), buttons=(*last.buttons, *buttons)))


def with_apology(replies: tuple[Reply, ...], phrases: Phrases, language: str, code: str) -> tuple[Reply, ...]:
    """Tell that the message was read, but that the desk does not speak its language `code` yet; offer those it speaks."""
    _ = phrases.speaker(language)
    note = _("I can read {language}, but I cannot answer in it yet.", language=own_name(code))
    button = Button(button_id("languages"), "🌐 " + _("Language"))
    last = replies[-1]
    kept = tuple(one for one in last.buttons if one.id != button.id)
    return (*replies[:-1], replace(last, notes=(*last.notes, note), buttons=(*kept, button)))
