"""POST /api/chat: conversations, languages, and that nothing of a message stays behind."""

import hashlib
import json
import logging
import re

import pytest

from bot.dialogue.messages import Reply, Turn, reply_from_dict
from tests.channels.web.stand_in_desk import EMERGENCY, ROOM, BrokenDesk, RecitingDesk

JSON = {"content-type": "application/json"}
CANARY = "zebra-canary-7431"


def ask(client, **message):
    return client.post("/api/chat", json=message).json()


def test_a_first_call_with_nothing_in_it_brings_the_language_picker(client, desk):
    answer = ask(client)
    assert [button["id"] for button in answer["replies"][0]["buttons"]][:2] == ["language:en", "language:ar"]
    assert desk.heard == []


def test_a_reply_arrives_whole(client):
    answer = ask(client, text="I need a room")
    assert reply_from_dict(answer["replies"][0]) == ROOM
    assert answer["outcome"] == "answer"


def test_an_emergency_is_named_as_the_outcome(client):
    answer = ask(client, text="he does not breathe")
    assert answer["outcome"] == "emergency"
    assert reply_from_dict(answer["replies"][1]) == EMERGENCY


def test_a_shared_position_reaches_the_desk_as_numbers(client, desk):
    ask(client, position={"latitude": 52.4081, "longitude": -1.5106})
    assert desk.heard[0].position == (52.4081, -1.5106) and desk.heard[0].text == ""


@pytest.mark.parametrize(
    "position",
    [
        "CV1",
        [52.4, -1.5],
        {"latitude": 52.4},
        {"latitude": "52.4", "longitude": -1.5},
        {"latitude": True, "longitude": -1.5},
        {"latitude": 91, "longitude": -1.5},
        {"latitude": 52.4, "longitude": 1e999},
        {"latitude": 52.4, "longitude": -1.5, "altitude": 3},
    ],
)
def test_a_position_that_is_none_is_refused(client, desk, position):
    answered = client.post("/api/chat", content=json.dumps({"position": position}), headers=JSON)
    assert answered.status_code == 422 and desk.heard == []


def test_a_position_beside_a_text_is_refused(client):
    both = {"text": "near me", "position": {"latitude": 52.4, "longitude": -1.5}}
    assert client.post("/api/chat", json=both).status_code == 422


def test_the_token_has_128_bits_and_is_new_for_each_conversation(client):
    tokens = {ask(client)["conversation"] for _ in range(10)}
    assert len(tokens) == 10
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)


def test_a_conversation_goes_on_under_its_token(client, desk):
    token = ask(client)["conversation"]
    assert ask(client, conversation=token, button="language:ar")["conversation"] == token
    assert ask(client, conversation=token, text="room")["replies"][0]["language"] == "ar"
    assert len({incoming.conversation for incoming in desk.heard}) == 1


@pytest.mark.parametrize(
    "bad", ["", "short", "x" * 23, "../../../../etc/passwd", "web-" + "a" * 64, "ä" * 22, "a" * 21 + "\n"]
)
def test_a_token_that_is_not_well_formed_is_replaced_by_a_new_one(client, bad):
    token = ask(client, conversation=bad)["conversation"]
    assert token != bad
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)


def test_the_desk_knows_only_a_hash_of_the_token(client, desk):
    token = ask(client, text="room")["conversation"]
    assert desk.heard[0].conversation == "web-" + hashlib.sha256(token.encode()).hexdigest()


def test_the_desk_hears_text_and_button_as_they_were_sent(client, desk):
    ask(client, text="  غرفة\n please ", language="ar-SY")
    ask(client, button="answer:housing/rent_room")
    text, button = desk.heard
    assert (text.text, text.button, text.language_hint, text.channel) == ("غرفة\n please", None, "ar-SY", "web")
    assert (button.text, button.button) == ("", "answer:housing/rent_room")


def test_the_browsers_language_is_the_hint_where_the_request_has_none(client, desk):
    client.post("/api/chat", json={"text": "hi"}, headers={"Accept-Language": "de;q=0.5, uk-UA, en;q=0.8"})
    assert desk.heard[0].language_hint == "uk-UA"


def test_a_malformed_language_hint_is_left_out(client, desk):
    client.post("/api/chat", json={"text": "hi", "language": "../../etc"}, headers={"Accept-Language": ""})
    assert desk.heard[0].language_hint is None


def test_half_a_character_and_nul_are_made_storable(client, desk):
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/chat", content=rb'{"text": "a\ud83d b\u0000c"}', headers=headers)
    assert response.status_code == 200
    assert desk.heard[0].text == "a\ufffd bc"


def test_the_language_of_the_page_is_the_one_the_conversation_is_in(client_for):
    turn = Turn((Reply("health/gp", "English stands in."),), "ar", "answer", spoken="ar")
    assert ask(client_for(RecitingDesk(turn)), text="طبيب")["language"] == "ar"


def test_no_cookie_is_ever_set(client):
    for response in (client.get("/"), client.post("/api/chat", json={"text": "room"}), client.get("/api/health")):
        assert "set-cookie" not in response.headers


def test_a_fault_of_the_desk_is_told_kindly_with_the_emergency_number(client_for):
    response = client_for(BrokenDesk()).post("/api/chat", json={"text": "room"})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "It is not your fault" in response.json()["detail"]
    assert "999" in response.json()["detail"]


def test_no_log_holds_a_word_of_a_message_even_when_the_desk_breaks(client_for, client, caplog):
    caplog.set_level(logging.DEBUG)
    broken = client_for(BrokenDesk())
    client.post("/api/chat", json={"text": CANARY})
    broken.post("/api/chat", json={"text": CANARY})
    client.post("/api/chat", json={"text": CANARY * 200})
    client.post("/api/chat", content=f'{{"text": "{CANARY}', headers={"Content-Type": "application/json"})
    assert "RuntimeError" in caplog.text
    assert "zebra" not in caplog.text
