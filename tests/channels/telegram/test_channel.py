"""Journeys: people with Telegram in hand talk to the channel over real HTTP. Only the desk is a small stand-in."""

import asyncio
import logging
import socket
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram import phrases
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.keys import conversation_key
from bot.dialogue.messages import Button, Card, Fact, Reply, Turn
from bot.errors import ChannelAway, ChannelError
from tests.channels.telegram.bot_api.person import Person
from tests.channels.telegram.bot_api.server import BotApi

SECRET = b"a secret of the tests only"
AMINA, BILAL, GROUP = 424_242_017, 424_242_018, -424_242_019
CARD = Card(
    "law-centre",
    "Law Centre",
    facts=(
        Fact("Phone", "024 7683 4025", "tel:+442476834025", ltr=True),
        Fact("Website", "lawcentre.example", "https://lawcentre.example/help", ltr=True),
    ),
)
LANGUAGES = (Button("language:ar", "العربية"), Button("language:en", "English"), Button("language:so", "Soomaali"))


class SmallDesk:
    """Answers by a few fixed rules and keeps what it was asked: the desk's protocol without the desk's knowledge."""

    def __init__(self):
        self.heard, self.welcomed, self.gates, self.spoken = [], [], {}, {}

    async def welcome(self, conversation, language_hint=None):
        self.welcomed.append((conversation, language_hint))
        picker = Reply("languages", text="Choose your language", buttons=LANGUAGES)
        return Turn((picker, Reply("greet", text="I am the desk.")))

    async def handle(self, incoming):
        self.heard.append(incoming)
        if gate := self.gates.get(incoming.text):
            await gate.wait()
        asked = incoming.button or incoming.text
        if asked.startswith("language:"):
            self.spoken[incoming.conversation] = asked.removeprefix("language:")
        spoken = self.spoken.get(incoming.conversation, "en")
        return Turn(self._replies(asked), outcome="answer", spoken=spoken)

    async def forget(self, conversation):
        self.heard = [incoming for incoming in self.heard if incoming.conversation != conversation]

    def _replies(self, asked):
        if asked == "language:ar":
            text = "اتصل على 024 7683 4025 في أي وقت"
            return (Reply("phone", text=text, language="ar", direction="rtl", cards=(CARD,)),)
        if asked == "I need a lawyer":
            return (Reply("legal/lawyer", heading="A lawyer", text="It is <free>.", cards=(CARD,)),)
        if asked == "tell me everything":
            return (Reply("long", points=tuple(f"Point {n}. " + "word " * 50 for n in range(40)), buttons=LANGUAGES),)
        if asked == "my child is not breathing":
            return (Reply("menu", text="Menu"), Reply("emergency/medical", text="Call 999 now.", urgent=True))
        if asked == "break":
            raise ValueError(f"the desk broke on {asked}")
        return (Reply("echo", text=f"You: {asked}"),)


def say(language, message):
    """The phrases in English, and in "Arabic" for the tests."""
    return f"مرحبا. {message}" if language == "ar" else message


def emergency_line(_language):
    return "In danger? Call 999 or 112."


@asynccontextmanager
async def running(server, desk, **settings):
    channel = TelegramChannel(
        server.token,
        desk,
        secret=SECRET,
        say=say,
        emergency_line=emergency_line,
        base_url=server.base_url,
        **{"timeout": 2.0, "poll_seconds": 5, **settings},
    )
    await channel.start()
    try:
        yield channel
    finally:
        await channel.stop(grace=2)


@pytest.fixture(scope="module")
def api():
    with BotApi() as running:
        yield running


@pytest.fixture
def server(api):
    api.start_anew()
    return api


@pytest.fixture
def desk():
    return SmallDesk()


def journey(server, desk, steps, **settings):
    """Run the coroutine function `steps()` while the channel runs."""

    async def run():
        async with running(server, desk, **settings):
            await steps()

    asyncio.run(run())


async def sleep_less(seconds):
    """A tenth of each pause, where a test is not about how long the channel waits."""
    await asyncio.sleep(seconds / 10)


async def until(true, within=5.0):
    end = asyncio.get_running_loop().time() + within
    while not true():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.01)


def test_start_shows_the_language_buttons(server, desk):
    amina = Person(server, AMINA, language_code="ar")

    async def steps():
        amina.say("/start")
        picker, greeting = await amina.receives(2)
        assert picker.rows == (("العربية", "English"), ("Soomaali",))
        assert greeting.text == "I am the desk."

    journey(server, desk, steps)
    assert desk.welcomed == [(conversation_key(SECRET, AMINA), "ar")]


def test_a_question_is_answered_with_a_card_and_its_link(server, desk):
    amina = Person(server, AMINA, language_code="so")

    async def steps():
        amina.say("I need a lawyer")
        (answer,) = await amina.receives(1)
        assert answer.text == (
            "A lawyer\n\nIt is <free>.\n\nLaw Centre\nPhone: 024 7683 4025\nWebsite: lawcentre.example"
        )
        assert answer.links == (("lawcentre.example", "https://lawcentre.example/help"),)
        assert answer.bold == ("A lawyer", "Law Centre")

    journey(server, desk, steps)
    (incoming,) = desk.heard
    assert (incoming.text, incoming.button, incoming.language_hint) == ("I need a lawyer", None, "so")
    assert (incoming.channel, incoming.conversation) == ("telegram", conversation_key(SECRET, AMINA))


def test_a_pressed_button_is_released_before_the_answer_and_its_phone_number_is_isolated(server, desk):
    amina = Person(server, AMINA)
    server.fail("answerCallbackQuery", hang=0.3)

    async def steps():
        amina.say("/start")
        await amina.receives(2)
        press = amina.press("العربية")
        answer = (await amina.receives(3))[-1]
        assert amina.was_released(press)
        assert "اتصل على \u2066024 7683 4025\u2069 في" in answer.text

    journey(server, desk, steps)
    assert (desk.heard[0].button, desk.heard[0].text) == ("language:ar", "")
    released, answered = server.calls("answerCallbackQuery")[0], server.calls("sendMessage")[-1]
    assert released.at < answered.at


def test_a_refused_release_of_a_button_does_not_cost_the_answer(server, desk):
    amina = Person(server, AMINA)
    server.fail("answerCallbackQuery", 400)

    async def steps():
        amina.say("/start")
        await amina.receives(2)
        amina.press("English")
        assert (await amina.receives(3))[-1].text == "You: language:en"

    journey(server, desk, steps)


def test_a_button_of_a_busy_chat_is_released_at_once(server, desk):
    amina = Person(server, AMINA)

    async def steps():
        desk.gates["slow"] = asyncio.Event()
        amina.say("/start")
        await amina.receives(2)
        amina.say("slow")
        press = amina.press("English")
        await until(lambda: amina.was_released(press))
        assert len(amina.messages) == 2
        desk.gates["slow"].set()
        assert [message.text for message in await amina.receives(4)][2:] == ["You: slow", "You: language:en"]

    journey(server, desk, steps)


def test_commands_reach_the_desk_as_buttons(server, desk):
    amina = Person(server, AMINA)

    async def steps():
        for command in ("/help", "/language", "/city", "/person", "/forget"):
            amina.say(command)
        await amina.receives(5)

    journey(server, desk, steps, sleep=sleep_less)
    assert [incoming.button for incoming in desk.heard] == ["menu:", "languages:", "cities:", "person:", "forget:"]


def test_a_long_answer_comes_in_several_messages_with_the_buttons_under_the_last(server, desk):
    amina = Person(server, AMINA)

    async def steps():
        amina.say("tell me everything")
        messages = await amina.receives(3)
        assert [len(message.labels) for message in messages] == [0, 0, 3]
        whole = "\n".join(message.text for message in messages)
        assert [line.split(".")[0] for line in whole.split("\n")] == [f"• Point {n}" for n in range(40)]

    journey(server, desk, steps)


def test_an_urgent_reply_is_the_first_thing_to_read(server, desk):
    amina = Person(server, AMINA)

    async def steps():
        amina.say("my child is not breathing")
        first, second = await amina.receives(2)
        assert (first.text, first.bold) == ("🚨 Call 999 now.", ("🚨 Call 999 now.",))
        assert second.text == "Menu"

    journey(server, desk, steps)


def test_a_429_makes_that_chat_wait_and_no_other(server, desk):
    amina, bilal = Person(server, AMINA), Person(server, BILAL)
    server.fail("sendMessage", 429, retry_after=1, chat_id=AMINA)

    async def steps():
        amina.say("one")
        await until(lambda: server.calls("sendMessage", AMINA))
        bilal.say("two")
        await bilal.receives(1, within=0.9)
        assert amina.messages == []
        assert (await amina.receives(1))[0].text == "You: one"

    journey(server, desk, steps)
    refused, taken = server.calls("sendMessage", AMINA)
    assert taken.at - refused.at >= 1


def test_server_errors_and_timeouts_are_overcome(server, desk):
    amina = Person(server, AMINA)
    server.fail("sendMessage", 502)
    server.fail("sendMessage", hang=1.0, code=500)

    async def steps():
        amina.say("one")
        assert (await amina.receives(1))[0].text == "You: one"

    journey(server, desk, steps, timeout=0.5, sleep=sleep_less)
    assert len(server.calls("sendMessage")) >= 2


def test_a_person_who_blocked_the_bot_gets_nothing_more_and_no_error_is_logged(server, desk, caplog):
    amina, bilal = Person(server, AMINA), Person(server, BILAL)

    async def steps():
        amina.block_bot()
        amina.say("tell me everything")
        amina.say("and more")
        await until(lambda: server.calls("sendMessage", AMINA))
        bilal.say("hello")
        await bilal.receives(1)
        assert len(server.calls("sendMessage", AMINA)) == 1
        amina.unblock_bot()
        amina.say("I am back")
        assert (await amina.receives(1))[0].text == "You: I am back"

    journey(server, desk, steps)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_two_chats_run_at_once_and_each_keeps_its_order(server, desk):
    amina, bilal = Person(server, AMINA), Person(server, BILAL)

    async def steps():
        desk.gates["a0"] = asyncio.Event()
        for number in range(3):
            amina.say(f"a{number}")
            bilal.say(f"b{number}")
        await bilal.receives(3)
        assert amina.messages == []
        desk.gates["a0"].set()
        await amina.receives(3)

    journey(server, desk, steps)
    assert amina.texts == ["You: a0", "You: a1", "You: a2"]
    assert bilal.texts == ["You: b0", "You: b1", "You: b2"]


def test_in_a_group_the_bot_answers_only_when_it_is_meant(server, desk):
    amina = Person(server, GROUP, user_id=AMINA)

    async def steps():
        for aside in ("hello all", "/help", "/help@another_bot"):
            amina.say(aside)
        amina.say("@Coventry_Desk_Bot I need a lawyer")
        (answer,) = await amina.receives(1)
        amina.say("thank you", reply_to=answer)
        assert (await amina.receives(2))[-1].text == "You: thank you"

    journey(server, desk, steps)
    assert [incoming.text for incoming in desk.heard] == ["I need a lawyer", "thank you"]


def test_edited_messages_get_no_second_answer(server, desk):
    amina = Person(server, AMINA)

    async def steps():
        sent = amina.say("one")
        await amina.receives(1)
        amina.edit(sent, "one and a half")
        amina.say("two")
        await amina.receives(2)

    journey(server, desk, steps)
    assert amina.texts == ["You: one", "You: two"]


def test_a_shared_position_reaches_the_desk(server, desk):
    amina = Person(server, AMINA, language_code="ar")

    async def steps():
        amina.send("location")
        await amina.receives(1)

    journey(server, desk, steps)
    assert len(desk.heard) == 1 and len(desk.heard[0].position) == 2


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [("photo", phrases.PICTURE), ("voice", phrases.VOICE), ("sticker", phrases.STICKER)],
)
def test_what_cannot_be_read_gets_a_kind_phrase_in_the_language_of_the_person(server, desk, kind, phrase):
    amina, bilal = Person(server, AMINA, language_code="ar"), Person(server, BILAL, language_code="en")

    async def steps():
        amina.send(kind)
        bilal.send(kind)
        assert (await amina.receives(1))[0].text == say("ar", phrase)
        assert (await bilal.receives(1))[0].text == phrase

    journey(server, desk, steps)
    assert desk.heard == []


def test_the_phrase_comes_in_the_language_that_was_chosen_in_the_chat(server, desk):
    amina = Person(server, AMINA, language_code="en")

    async def steps():
        amina.say("language:ar")
        await amina.receives(1)
        amina.send("voice")
        assert (await amina.receives(2))[-1].text == say("ar", phrases.VOICE)

    journey(server, desk, steps)


def test_an_answer_that_is_not_translated_does_not_change_the_language_of_the_phrases(server, desk):
    amina = Person(server, AMINA, language_code="en")

    async def steps():
        amina.say("language:ar")
        await amina.receives(1)
        amina.say("an answer in English")
        await amina.receives(2)
        amina.send("voice")
        assert (await amina.receives(3))[-1].text == say("ar", phrases.VOICE)

    journey(server, desk, steps)


def test_the_caption_of_a_picture_is_answered_first(server, desk):
    amina = Person(server, AMINA)

    async def steps():
        amina.send("photo", caption="what is this letter")
        assert [message.text for message in await amina.receives(2)] == ["You: what is this letter", phrases.PICTURE]

    journey(server, desk, steps)


def test_when_the_desk_fails_the_person_gets_a_kind_reply_with_the_emergency_number(server, desk, caplog):
    amina = Person(server, AMINA)

    async def steps():
        amina.say("break")
        amina.say("one")
        sorry, answer = await amina.receives(2)
        assert sorry.text == f"{phrases.TROUBLE}\nIn danger? Call 999 or 112."
        assert answer.text == "You: one"

    journey(server, desk, steps)
    assert "ValueError at test_channel.py" in caplog.text
    assert "the desk broke" not in caplog.text


def test_when_telegram_refuses_a_message_the_person_still_gets_the_emergency_number(server, desk):
    amina = Person(server, AMINA)
    server.fail("sendMessage", 400)

    async def steps():
        amina.say("one")
        assert "999" in (await amina.receives(1))[0].text

    journey(server, desk, steps)


def test_the_menu_and_the_descriptions_are_set_for_all_and_for_each_language(server, desk):
    async def steps():
        await until(lambda: "ar" in server.world.short_descriptions)

    journey(server, desk, steps, languages=("en", "ar", "ckb", "pl"))
    assert [command["command"] for command in server.world.commands[""]] == [
        "start",
        "help",
        "language",
        "city",
        "person",
        "forget",
    ]
    assert set(server.world.commands) == {"", "ar"}, "Polish is not translated, and Telegram knows no code ckb"
    assert server.world.descriptions == {"": phrases.DESCRIPTION, "ar": say("ar", phrases.DESCRIPTION)}


def test_messages_written_while_the_desk_was_down_are_answered_when_it_is_back(server, desk):
    amina = Person(server, AMINA)
    amina.say("before")

    async def steps():
        assert (await amina.receives(1))[0].text == "You: before"

    journey(server, desk, steps)
    amina.say("meanwhile")

    async def more_steps():
        assert (await amina.receives(2))[-1].text == "You: meanwhile"

    journey(server, desk, more_steps)


def test_stopping_finishes_the_answers_under_way_and_confirms_them(server, desk):
    amina = Person(server, AMINA)

    async def run():
        desk.gates["slow"] = asyncio.Event()
        async with running(server, desk):
            amina.say("slow")
            await until(lambda: desk.heard)
            asyncio.get_running_loop().call_later(0.2, desk.gates["slow"].set)
        assert amina.texts == ["You: slow"]
        assert len(asyncio.all_tasks()) == 1, "nothing of the channel goes on after the stop"

    asyncio.run(run())
    assert server.world.updates == []


def test_another_program_with_the_same_bot_is_named_in_the_log_and_outlived(server, desk, caplog):
    amina = Person(server, AMINA)
    server.fail("getUpdates", 409)

    async def steps():
        amina.say("one")
        await amina.receives(1)

    journey(server, desk, steps)
    assert "Another program uses the same Telegram bot" in caplog.text


@pytest.mark.parametrize("token", ["", "123:wrong"])
def test_an_invalid_token_is_refused_in_a_plain_sentence_without_the_token(server, desk, token):
    channel = TelegramChannel(
        token, desk, secret=SECRET, say=say, emergency_line=emergency_line, base_url=server.base_url
    )
    with pytest.raises(ChannelError, match="copy it again from @BotFather") as refused:
        asyncio.run(channel.start())
    assert "wrong" not in str(refused.value)
    assert not isinstance(refused.value, ChannelAway), "trying again would not help"
    assert refused.value.__suppress_context__


def test_without_a_network_the_start_fails_in_a_plain_sentence(desk):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    async def run():
        channel = TelegramChannel(
            "1:token",
            desk,
            secret=SECRET,
            say=say,
            emergency_line=emergency_line,
            base_url=f"http://127.0.0.1:{port}/bot",
            timeout=1,
        )
        with pytest.raises(ChannelAway, match="check the internet connection"):
            await channel.start()
        await channel.stop()

    asyncio.run(run())


@pytest.mark.parametrize("fault", [{"code": 502}, {"code": 429, "retry_after": 9}, {"hang": 1.0}], ids=str)
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
def test_a_channel_that_could_not_start_while_telegram_was_away_starts_when_it_is_back(server, desk, method, fault):
    amina = Person(server, AMINA)
    server.fail(method, **fault)

    async def run():
        channel = TelegramChannel(
            server.token,
            desk,
            secret=SECRET,
            say=say,
            emergency_line=emergency_line,
            base_url=server.base_url,
            timeout=0.5,
            poll_seconds=5,
        )
        with pytest.raises(ChannelAway, match="Telegram does not answer"):
            await channel.start()
        await channel.start()
        amina.say("one")
        assert (await amina.receives(1))[0].text == "You: one"
        await channel.stop(grace=2)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
def test_a_start_that_is_called_off_leaves_nothing_behind_after_the_stop(server, desk, method):
    server.fail(method, hang=30)

    async def run():
        channel = TelegramChannel(
            server.token, desk, secret=SECRET, say=say, emergency_line=emergency_line, base_url=server.base_url
        )
        start = asyncio.create_task(channel.start())
        await asyncio.sleep(0.3)
        start.cancel()
        with pytest.raises(asyncio.CancelledError):
            await start
        await asyncio.wait_for(channel.stop(), 5)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())


def test_no_log_record_holds_a_text_a_name_a_chat_id_or_the_token(server, desk, caplog):
    canary, name = "canary-8f1d2c", "Zarmina-canary"
    amina = Person(server, AMINA, name=name)
    server.fail("getUpdates", garbled=True)
    server.fail("sendMessage", 500, chat_id=AMINA)

    async def steps():
        amina.say(canary)
        await amina.receives(1)
        desk.gates[canary] = _Broken(canary)
        amina.say(canary)
        await amina.receives(2)
        amina.block_bot()
        amina.say(canary)
        await until(lambda: server.calls("sendMessage", AMINA)[-1].code == 403)

    amina.say(canary)  # waits before the first question of the bot, so that the garbled answer holds it
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("tests").debug("The capture works.")
        journey(server, desk, steps, sleep=sleep_less)
    records = [f"{record.getMessage()} {record.__dict__} {record.exc_text}" for record in caplog.records]
    assert any("The capture works." in record for record in records)
    assert any("_Broken" in record or "RuntimeError" in record for record in records)
    for secret in (canary, name, str(AMINA), server.token, server.token.split(":")[1]):
        assert [record for record in records if secret in record] == []


class _Broken:
    """A gate that raises with a person's words in its message, as a careless library might."""

    def __init__(self, words):
        self.words = words

    async def wait(self):
        raise RuntimeError(self.words)
