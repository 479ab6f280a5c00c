"""How fresh a record is, day by day, and how that is said to readers in their language."""

from datetime import date, timedelta

import pytest

from bot.content.records import Provenance
from bot.skills.freshness import (
    GRACE_DAYS,
    REVIEW_DAYS,
    Freshness,
    State,
    freshness,
    freshness_words,
    review_due,
)
from bot.skills.phrases import Phrases

TODAY = date(2026, 11, 22)


def checked(days_ago: int, colour: str = "AMBER", next_review_on: date | None = None) -> Provenance:
    return Provenance(checked_on=TODAY - timedelta(days=days_ago), review_colour=colour, next_review_on=next_review_on)


@pytest.fixture
def some_phrases(tmp_path):
    """Ukrainian and Kurdish that say everything, and Polish that says nothing yet."""
    (tmp_path / "languages.csv").write_text(
        "code,name,english_name,direction,reviewed_by,reviewed_on,says\n"
        "en,English,English,ltr,,,all\nuk,Українська,Ukrainian,ltr,,,all\n"
        "ckb,کوردی,Sorani,rtl,,,all\npl,Polski,Polish,ltr,,,all\n",
        encoding="utf-8",
    )
    texts = {
        "uk": {"Checked {ago}.": "Перевірено {ago}.", "Not checked since {month}.": "Остання перевірка: {month}."},
        "ckb": {"Checked {ago}.": "پشکنرا {ago}.", "Checked on {date}.": "لە {date} پشکنرا."},
        "pl": {"Checked on {date}.": "Sprawdzono {date}."},
    }
    for code, said in texts.items():
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        entries = "".join(f'\nmsgid "{english}"\nmsgstr "{text}"\n' for english, text in said.items())
        (folder / "messages.po").write_text(head + entries, encoding="utf-8")
    return Phrases(tmp_path)


# ---- the state


@pytest.mark.parametrize(("colour", "days"), [*REVIEW_DAYS.items(), ("", 90)])
def test_a_record_is_due_after_the_days_of_its_colour_and_expires_a_month_later(colour, days):
    states = {
        after: freshness(checked(after, colour), TODAY).state
        for after in (0, days - 1, days, days + GRACE_DAYS, days + GRACE_DAYS + 1)
    }
    assert list(states.values()) == [State.FRESH, State.FRESH, State.DUE, State.DUE, State.EXPIRED]


def test_a_planned_day_counts_before_the_days_of_the_colour():
    planned = TODAY + timedelta(days=3)
    assert freshness(checked(300, "RED", planned), TODAY) == Freshness(
        State.FRESH, TODAY - timedelta(days=300), planned
    )
    assert freshness(checked(2, "GREEN", TODAY - timedelta(days=1)), TODAY).state is State.DUE


def test_a_planned_day_that_the_last_check_overtook_is_done_with():
    assert review_due(checked(10, "AMBER", TODAY - timedelta(days=10))) == TODAY + timedelta(days=170)


def test_what_no_person_checked_is_never_fresh_whatever_is_planned():
    assert freshness(Provenance(review_colour="GREEN"), TODAY) == Freshness(State.NEVER)
    planned = TODAY + timedelta(days=9)
    assert freshness(Provenance(next_review_on=planned), TODAY) == Freshness(State.NEVER, None, planned)


def test_nothing_in_the_present_data_claims_a_check_that_never_was(content):
    records = [*content.services.values(), *content.answers.values()]
    states = {freshness(record.provenance, TODAY).state for record in records if not record.provenance.checked_on}
    assert states == {State.NEVER}


# ---- the words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "Checked today."),
        (0, "Checked today."),
        (1, "Checked 1 day ago."),
        (3, "Checked 3 days ago."),
        (21, "Checked 3 weeks ago."),
        (150, "Checked 5 months ago."),
    ],
)
def test_english_says_how_long_ago_in_the_right_plural(days, said, some_phrases):
    fresh = freshness(checked(days, "GREEN"), TODAY)
    assert freshness_words(fresh, "en", some_phrases, TODAY) == said


@pytest.mark.parametrize(("days", "said"), [(1, "1 день тому"), (3, "3 дні тому"), (5, "5 днів тому")])
def test_ukrainian_has_its_three_plurals(days, said, some_phrases):
    assert freshness_words(freshness(checked(days), TODAY), "uk", some_phrases, TODAY) == f"Перевірено {said}."


def test_an_expired_record_tells_the_month_of_the_last_check(some_phrases):
    old = freshness(Provenance(checked_on=date(2025, 5, 4), review_colour="RED"), TODAY)
    assert freshness_words(old, "en", some_phrases, TODAY) == "Not checked since May 2025."
    assert freshness_words(old, "uk", some_phrases, TODAY).startswith("Остання перевірка: травень 2025")


def test_what_no_person_checked_is_said_so(some_phrases):
    assert freshness_words(Freshness(State.NEVER), "en", some_phrases, TODAY) == "No person has checked this yet."


@pytest.mark.parametrize("days", [0, 3, 900])
def test_a_language_that_misses_the_sentence_gets_the_plain_date_and_no_mixed_line(days, some_phrases):
    fresh = freshness(checked(days), TODAY)
    day = (TODAY - timedelta(days=days)).isoformat()
    assert freshness_words(fresh, "pl", some_phrases, TODAY) == f"Sprawdzono {day}."


def test_a_language_without_unicode_words_for_the_past_gets_the_plain_date(some_phrases):
    assert freshness_words(freshness(checked(21), TODAY), "ckb", some_phrases, TODAY) == "لە 2026-11-01 پشکنرا."


def test_every_language_of_the_desk_says_something_for_every_state(phrases):
    for language in phrases.languages:
        for days in (0, 1, 45, 200, 900):
            said = freshness_words(freshness(checked(days), TODAY), language, phrases, TODAY)
            assert said.strip() and "{" not in said, language
