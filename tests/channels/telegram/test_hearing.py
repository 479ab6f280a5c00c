"""Which updates the bot feels addressed by, read with the real library from the JSON that Telegram sends."""

import pytest
from telegram import Update, User

from bot.channels.telegram import phrases
from bot.channels.telegram.hearing import hear

BOT = User(7, "Desk", is_bot=True, username="Desk_Bot")


def message(chat_type="private", **content):
    chat = {"id": 5 if chat_type == "private" else -5, "type": chat_type, "title": "G"}
    sender = {"id": 5, "is_bot": False, "first_name": "A", "language_code": "ar"}
    return heard({"message": {"message_id": 1, "date": 1, "chat": chat, "from": sender, **content}})


def heard(content):
    return hear(Update.de_json({"update_id": 1, **content}, None), BOT)


def test_a_private_text_is_taken_as_it_is():
    found = message(text=" I need a doctor ")
    assert (found.text, found.language_hint, found.button, found.start) == ("I need a doctor", "ar", None, False)


@pytest.mark.parametrize(
    ("command", "button"),
    [
        ("/help", "menu:"),
        ("/language", "languages:"),
        ("/city", "cities:"),
        ("/person", "person:"),
        ("/forget please", "forget:"),
        ("/HELP@desk_bot", "menu:"),
    ],
)
def test_commands_become_buttons(command, button):
    assert message(text=command).button == button


def test_start_starts_with_or_without_a_payload():
    assert message(text="/start").start
    assert message(text="/start coventry-ar").start


def test_a_shared_position_is_heard_and_is_no_attachment_that_cannot_be_read():
    found = message(location={"latitude": 52.4081, "longitude": -1.5106})
    assert (found.position, found.text, found.unreadable) == ((52.4081, -1.5106), "", "")


def test_a_position_in_a_group_is_not_heard():
    assert message("group", location={"latitude": 52.4081, "longitude": -1.5106}) is None


def test_an_unknown_command_is_text_like_any_other():
    assert message(text="/intent{}").text == "/intent{}"


@pytest.mark.parametrize("chat_type", ["private", "supergroup"])
def test_a_command_for_another_bot_is_not_heard(chat_type):
    assert message(chat_type, text="/help@other_bot") is None


@pytest.mark.parametrize("text", ["hello all", "/help", "/start", "mail@desk_bot_two", "@desk_botanist hello"])
def test_a_group_message_to_nobody_is_not_heard(text):
    assert message("supergroup", text=text) is None


def test_a_group_message_with_the_name_of_the_bot_is_heard_without_the_name():
    assert message("group", text="@desk_BOT where is a doctor?").text == "where is a doctor?"
    assert message("group", text="/help@Desk_Bot").button == "menu:"
    assert message("group", text="@Desk_Bot").button == "menu:"


def test_a_group_reply_is_heard_only_when_it_answers_the_bot():
    def answered(user_id):
        sender = {"id": user_id, "is_bot": user_id == 7, "first_name": "D"}
        chat = {"id": -5, "type": "group", "title": "G"}
        return {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "x"}

    assert message("group", text="thanks", reply_to_message=answered(7)).text == "thanks"
    assert message("group", text="thanks", reply_to_message=answered(8)) is None


def test_pictures_are_named_as_unreadable_and_their_caption_is_read():
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    found = message(photo=photo, caption="what is this letter")
    assert (found.unreadable, found.text) == (phrases.PICTURE, "what is this letter")
    assert message("group", photo=photo) is None


def test_service_messages_and_other_bots_are_not_heard():
    assert message(new_chat_title="X") is None
    assert message(text="hi", **{"from": {"id": 9, "is_bot": True, "first_name": "B"}}) is None


def test_edited_messages_are_not_heard():
    chat = {"id": 5, "type": "private"}
    assert heard({"edited_message": {"message_id": 1, "date": 1, "edit_date": 2, "chat": chat, "text": "x"}}) is None
