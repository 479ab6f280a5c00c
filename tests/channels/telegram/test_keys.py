import pytest

from bot.channels.telegram.keys import conversation_key
from bot.errors import ChannelError

SECRET = b"a secret of the tests only"


def test_a_chat_keeps_its_key_and_others_have_another():
    assert conversation_key(SECRET, 4242) == conversation_key(SECRET, 4242)
    assert conversation_key(SECRET, 4242) != conversation_key(SECRET, -4242)
    assert conversation_key(SECRET, 4242) != conversation_key(b"another secret of the tests", 4242)


def test_the_key_does_not_show_the_chat_id():
    assert "4242" not in conversation_key(SECRET, 4242).replace("telegram:", "")
    assert len(conversation_key(SECRET, 4242)) == len("telegram:") + 32


def test_a_short_secret_is_refused_with_what_to_do():
    with pytest.raises(ChannelError, match="at least 16 bytes"):
        conversation_key(b"short", 4242)
