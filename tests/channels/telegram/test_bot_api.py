"""The stand-in Bot API itself, over real HTTP."""

import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
import telegram

from tests.channels.telegram.bot_api.person import Person
from tests.channels.telegram.bot_api.server import BotApi

AMINA = 4242


@pytest.fixture(scope="module")
def api():
    with BotApi() as running:
        yield running


@pytest.fixture
def server(api):
    api.start_anew()
    return api


@pytest.fixture
def call(server):
    """call(method, **fields) -> (status, JSON), as a client without any library does it."""
    with httpx.Client(trust_env=False, timeout=5) as client:

        def send(method, token=server.token, **fields):
            answer = client.post(f"{server.base_url}{token}/{method}", json=fields)
            return answer.status_code, answer.json()

        yield send


def test_the_bot_is_told_who_it_is(call):
    status, answer = call("getMe")
    assert status == 200
    assert answer["result"]["is_bot"] is True
    assert answer["result"]["username"] == "coventry_desk_bot"


def test_an_unknown_token_is_401_and_an_unknown_method_404(call):
    assert call("getMe", token="1:wrong")[0] == 401
    assert call("sendTelepathy")[0] == 404


def test_an_unknown_field_is_400(call):
    status, answer = call("getMe", surprise=1)
    assert (status, answer["ok"]) == (400, False)
    assert "surprise" in answer["description"]


def test_updates_come_again_until_they_are_confirmed(server, call):
    person = Person(server, AMINA)
    first, second = person.say("one"), person.say("two")
    for _again in range(2):
        assert [u["update_id"] for u in call("getUpdates")[1]["result"]] == [first["update_id"], second["update_id"]]
    assert call("getUpdates", limit=1)[1]["result"][0]["message"]["text"] == "one"
    assert call("getUpdates", offset=second["update_id"])[1]["result"][0]["message"]["text"] == "two"
    assert call("getUpdates", offset=second["update_id"] + 1)[1]["result"] == []


def test_a_negative_offset_keeps_only_the_newest_updates(server, call):
    for text in ("one", "two", "three"):
        Person(server, AMINA).say(text)
    assert [u["message"]["text"] for u in call("getUpdates", offset=-2)[1]["result"]] == ["two", "three"]


def test_a_confirmed_update_can_be_repeated_on_request(server, call):
    update = Person(server, AMINA).say("one")
    after = update["update_id"] + 1
    assert call("getUpdates", offset=after)[1]["result"] == []
    server.repeat_last_update()
    assert call("getUpdates", offset=after)[1]["result"][0]["update_id"] == update["update_id"]
    assert call("getUpdates", offset=after)[1]["result"] == []


def test_a_question_for_updates_stays_open_until_one_comes(server, call):
    person = Person(server, AMINA)
    threading.Timer(0.1, person.say, ["late"]).start()
    start = time.monotonic()
    assert call("getUpdates", timeout=4)[1]["result"][0]["message"]["text"] == "late"
    assert 0.09 <= time.monotonic() - start < 3


def test_a_second_poller_ends_the_first_with_409(server, call):
    statuses = []
    first = threading.Thread(target=lambda: statuses.append(call("getUpdates", timeout=4)[0]))
    first.start()
    while not server.world.polls:
        time.sleep(0.005)
    assert call("getUpdates")[0] == 200
    first.join(3)
    assert statuses == [409]


def test_only_the_asked_kinds_of_updates_are_kept(server, call):
    person = Person(server, AMINA)
    call("getUpdates", allowed_updates=["message"])
    sent = person.say("one")
    assert person.edit(sent, "changed") is None
    assert [set(u) for u in call("getUpdates")[1]["result"]] == [{"update_id", "message"}]


def test_text_is_measured_in_utf16_units_after_the_markup(server, call):
    person = Person(server, AMINA)
    assert call("sendMessage", chat_id=AMINA, text="a" * 4096)[0] == 200
    assert call("sendMessage", chat_id=AMINA, text="a" * 4097)[0] == 400
    assert call("sendMessage", chat_id=AMINA, text="😀" * 2048)[0] == 200
    assert call("sendMessage", chat_id=AMINA, text="😀" * 2049)[0] == 400
    assert call("sendMessage", chat_id=AMINA, text=f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")[0] == 200
    assert person.texts[-1] == "&" * 4096


@pytest.mark.parametrize(
    "faulty",
    [
        "<b>open",
        "a < b",
        "a & b",
        "<p>x</p>",
        "<b><i>x</b></i>",
        "&nbsp;",
        "<a>x</a>",
        "</b>",
        '<a href="tel:999">x</a>',
        '<b class="x">x</b>',
    ],
)
def test_faulty_html_is_400(server, call, faulty):
    Person(server, AMINA)
    status, answer = call("sendMessage", chat_id=AMINA, text=faulty, parse_mode="HTML")
    assert status == 400
    assert "can't parse entities" in answer["description"]


def test_html_becomes_words_and_entities(server, call):
    person = Person(server, AMINA)
    text = '😀 <b>Help</b> at <a href="https://example.org/?a=1&amp;b=2">this &lt;page&gt;</a>'
    call("sendMessage", chat_id=AMINA, text=text, parse_mode="HTML")
    (message,) = person.messages
    assert message.text == "😀 Help at this <page>"
    assert message.bold == ("Help",)
    assert message.links == (("this <page>", "https://example.org/?a=1&b=2"),)


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "é" * 33},
        {"text": "x", "callback_data": ""},
        {"text": "", "callback_data": "a"},
        {"text": "x"},
        {"text": "x", "callback_data": "a", "url": "https://example.org"},
        {"text": "x", "url": "tel:999"},
        {"text": "x", "callback_data": "a", "colour": "red"},
    ],
)
def test_a_button_that_telegram_refuses_is_400(server, call, button):
    Person(server, AMINA)
    assert call("sendMessage", chat_id=AMINA, text="x", reply_markup={"inline_keyboard": [[button]]})[0] == 400


def test_a_button_id_may_have_64_bytes(server, call):
    Person(server, AMINA)
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 32}]]}
    assert call("sendMessage", chat_id=AMINA, text="x", reply_markup=keyboard)[0] == 200


def test_a_press_is_answered_once_with_at_most_200_characters(server, call):
    person = Person(server, AMINA)
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    call("sendMessage", chat_id=AMINA, text="Well?", reply_markup=keyboard)
    press = person.press("Yes")
    assert call("getUpdates")[1]["result"][0]["callback_query"]["data"] == "yes"
    assert call("answerCallbackQuery", callback_query_id=press, text="a" * 201)[0] == 400
    assert not person.was_released(press)
    assert call("answerCallbackQuery", callback_query_id=press)[0] == 200
    assert person.was_released(press)
    assert call("answerCallbackQuery", callback_query_id=press)[0] == 400
    with pytest.raises(AssertionError, match="no button"):
        person.press("No")


def test_a_message_can_be_edited_and_deleted_but_not_edited_to_the_same(server, call):
    person = Person(server, AMINA)
    number = call("sendMessage", chat_id=AMINA, text="one")[1]["result"]["message_id"]
    this = {"chat_id": AMINA, "message_id": number}
    assert call("editMessageText", **this, text="two")[0] == 200
    status, answer = call("editMessageText", **this, text="two")
    assert (status, "message is not modified" in answer["description"]) == (400, True)
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    assert call("editMessageReplyMarkup", **this, reply_markup=keyboard)[0] == 200
    assert (person.texts, person.messages[0].labels) == (["two"], ["More"])
    assert call("deleteMessage", **this)[0] == 200
    assert person.messages == []
    assert call("deleteMessage", **this)[0] == 400


def test_unknown_chats_are_400_and_those_who_blocked_the_bot_403(server, call):
    assert call("sendMessage", chat_id=1, text="x")[0] == 400
    person = Person(server, AMINA)
    person.block_bot()
    assert call("sendMessage", chat_id=AMINA, text="x")[0] == 403
    assert call("sendChatAction", chat_id=AMINA, action="typing")[0] == 403
    person.unblock_bot()
    assert call("sendChatAction", chat_id=AMINA, action="typing")[0] == 200
    assert call("sendChatAction", chat_id=AMINA, action="dancing")[0] == 400
    assert call("sendLocation", chat_id=AMINA, latitude=52.4, longitude=-1.5)[0] == 200
    assert call("sendLocation", chat_id=AMINA, latitude=91, longitude=-1.5)[0] == 400


def test_commands_and_descriptions_have_limits(server, call):
    commands = [{"command": f"c{number}", "description": "x"} for number in range(101)]
    assert call("setMyCommands", commands=commands)[0] == 400
    assert call("setMyCommands", commands=commands[:100])[0] == 200
    assert call("setMyCommands", commands=[{"command": "Big", "description": "x"}])[0] == 400
    assert call("setMyDescription", description="a" * 513)[0] == 400
    assert call("setMyDescription", description="a" * 512, language_code="ar")[0] == 200
    assert call("setMyShortDescription", short_description="a" * 121)[0] == 400
    assert call("setMyShortDescription", short_description="a" * 120)[0] == 200
    assert call("setMyDescription", description="a", language_code="ckb")[0] == 400
    assert (len(server.world.commands[""]), server.world.descriptions["ar"]) == (100, "a" * 512)


def test_ordered_faults_come_as_often_as_ordered(server, call):
    Person(server, AMINA)
    server.fail("sendMessage", 429, retry_after=7, chat_id=AMINA)
    server.fail("sendMessage", 502, chat_id=AMINA, times=2)
    status, answer = call("sendMessage", chat_id=AMINA, text="x")
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    assert [call("sendMessage", chat_id=AMINA, text="x")[0] for _try in range(3)] == [502, 502, 200]
    assert [made.code for made in server.calls("sendMessage", AMINA)] == [429, 502, 502, 200]


def test_a_fault_can_hang_or_come_after_the_deed_or_garble_the_answer(server, call):
    person = Person(server, AMINA)
    server.fail("sendMessage", 500, afterwards=True)
    assert call("sendMessage", chat_id=AMINA, text="done")[0] == 500
    assert person.texts == ["done"]
    server.fail("getMe", hang=0.2)
    start = time.monotonic()
    assert call("getMe")[0] == 200
    assert time.monotonic() - start >= 0.2
    server.fail("getMe", garbled=True)
    with pytest.raises(json.JSONDecodeError):
        call("getMe")


def test_a_webhook_gets_each_update_with_the_secret_until_it_takes_it(server, call):
    seen, answers = [], iter([500, 200, 200])

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((body["message"]["text"], self.headers["X-Telegram-Bot-Api-Secret-Token"]))
            self.send_response(next(answers))
            self.end_headers()

        def log_message(self, *_words):
            pass

    hook = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{hook.server_port}/hook"
        assert call("setWebhook", url=url, secret_token="s3cret")[0] == 200
        assert call("getUpdates")[0] == 409
        Person(server, AMINA).say("one")
        Person(server, AMINA).say("two")
        _wait_until(lambda: call("getWebhookInfo")[1]["result"]["pending_update_count"] == 0)
    finally:
        hook.shutdown()
        hook.server_close()
    assert seen == [("one", "s3cret"), ("one", "s3cret"), ("two", "s3cret")]
    info = call("getWebhookInfo")[1]["result"]
    assert (info["url"], "500" in info["last_error_message"]) == (url, True)
    assert call("deleteWebhook")[0] == 200
    assert call("getUpdates")[0] == 200


def test_a_webhook_outside_loopback_needs_https(call):
    assert call("setWebhook", url="http://example.org/hook")[0] == 400
    assert call("setWebhook", url="http://127.0.0.1.example.org/hook")[0] == 400
    assert call("setWebhook", url="https://127.0.0.1/hook", secret_token="not allowed")[0] == 400


def test_what_people_send_is_read_by_a_real_client_library(server):
    async def read():
        async with telegram.Bot(server.token, base_url=server.base_url) as bot:
            person = Person(server, AMINA, language_code="ar")
            person.say("/start@coventry_desk_bot now")
            for kind in ("photo", "voice", "sticker", "document", "location"):
                person.send(kind)
            await bot.send_message(AMINA, "<b>Well?</b>", parse_mode="HTML", reply_markup=_yes())
            person.press("Yes")
            return await bot.get_updates()

    updates = asyncio.run(read())
    assert updates[0].message.parse_entities(["bot_command"]).popitem()[1] == "/start@coventry_desk_bot"
    assert all(update.message.effective_attachment for update in updates[1:6])
    assert (updates[6].callback_query.data, updates[6].callback_query.message.text) == ("yes", "Well?")


def _yes():
    return telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Yes", callback_data="yes")]])


def _wait_until(true, within=5.0):
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
