"""The whole desk on the web: a conversation over POST /api/chat with a real server."""

import httpx
import pytest

from bot.channels.web.application import create_web
from bot.channels.web.tokens import conversation_key
from tests.channels.web.conftest import serving

pytestmark = pytest.mark.model


@pytest.fixture
def client(desk):
    web = create_web(desk, desk.phrases, version="1.2.3", messages_per_minute=1000)
    with serving(web) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


class Page:
    """A chat page: it keeps its token, and presses only buttons that it was sent."""

    def __init__(self, client: httpx.Client) -> None:
        self.client, self.token, self.said = client, None, {}

    def send(self, **message: str) -> dict:
        """Send a message; the answer."""
        token = {"conversation": self.token} if self.token else {}
        response = self.client.post("/api/chat", json={**token, **message})
        assert response.status_code == 200, response.text
        self.said = response.json()
        assert self.token in (None, self.said["conversation"])
        self.token = self.said["conversation"]
        return self.said

    def press(self, button: str) -> dict:
        """Press a button of the last answer."""
        assert button in {each["id"] for reply in self.said["replies"] for each in reply["buttons"]}
        return self.send(button=button)


def test_a_visit_on_the_web(client, pack_store, content):
    page = Page(client)

    welcome = page.send(language="fa")
    assert welcome["replies"][0]["buttons"][0]["id"] == "language:fa"

    assert page.press("language:en")["language"] == "en"

    answer = page.send(text="where can I learn English for free")
    (reply,) = answer["replies"]
    assert (answer["outcome"], reply["about"]) == ("answer", "language_classes/free_english")
    assert len(reply["cards"]) == 3
    for card in reply["cards"]:
        service = content.services[card["id"]]
        assert card["title"] == service.name
        phones = {fact["value"]: fact["href"] for fact in card["facts"] if fact["href"].startswith("tel:")}
        assert phones == {phone.number: phone.href for phone in service.phones if phone.href}

    assert page.press("near:")["replies"][0]["about"] == "change_city"
    near = page.press("city:birmingham")["replies"][0]
    assert all("birmingham" in content.services[card["id"]].areas for card in near["cards"])

    urgent = page.send(text="my baby is not breathing")
    assert (urgent["outcome"], urgent["replies"][0]["urgent"]) == ("emergency", True)

    arabic = page.send(text="أريد استئجار غرفة للسكن")["replies"][0]
    assert (arabic["about"], arabic["language"], arabic["direction"]) == ("housing/rent_room", "ar", "rtl")

    key = conversation_key(page.token)
    kept = pack_store.read_conversation(key)
    assert (kept.language, kept.city) == ("en", "birmingham")
    assert page.send(text="please forget me")["replies"][0]["about"] == "forget_me"
    assert pack_store.read_conversation(key) is None


def test_two_pages_do_not_hear_of_each_other(client, pack_store):
    one, other = Page(client), Page(client)
    one.send(text="where can I learn English for free")
    other.send(text="How can I rent a room?")
    assert one.token != other.token
    assert one.send(button="more:")["replies"][0]["about"] == "language_classes/free_english"
    assert other.send(button="more:")["replies"][0]["about"] == "housing/rent_room"
    for page in (one, other):
        pack_store.forget_conversation(conversation_key(page.token))


def test_the_page_shows_the_numbers_to_call_before_anybody_asks(client):
    page = client.get("/", headers={"Accept-Language": "ar"})
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert "999" in page.text
