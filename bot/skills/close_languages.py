"""Languages that share most of their words: what tells Persian from Dari, Urdu from Panjabi. Others: language_guess.

Half of all messages in Persian or Dari have no word that the other side would not use; "either" is then the answer. The
telling words lie in language_words/apart/; those in a file named "likely" are only more common on that side.
"""

from bot.skills.language_evidence import read_words

DARI_BEGINNINGS = ("میتان", "نمیتان", "بتان", "میفام", "نمیفام", "بفام", "اولادهای")
CERTAIN = 2.0  # from this balance of words the message is held for one of the two


def telling_words(code: str) -> frozenset[str]:
    """Small words of a language (code as in `word_list`) that its nearest neighbour does not have; few have a list."""
    return read_words(f"apart/{code}")


def dari_or_persian(words: list[str]) -> tuple[str, ...]:
    """("fa-AF",) or ("fa",) where the words tell; both, the likelier first, where they do not.

    words: as `spell` gives them.
    """
    balance = sum(_weight(word) for word in words)
    if abs(balance) >= CERTAIN:
        return ("fa-AF",) if balance > 0 else ("fa",)
    return ("fa-AF", "fa") if balance > 0 else ("fa", "fa-AF")


def _weight(word: str) -> float:
    if word in telling_words("fa-AF") or word.startswith(DARI_BEGINNINGS):
        return 2.0
    if word in telling_words("fa"):
        return -2.0
    return (word in telling_words("fa-AF.likely")) - 0.5 * (word in telling_words("fa.likely"))
