"""Requests that are refused: always as problem+json, kind, and in the person's language."""

import socket

import pytest

from bot.channels.web import phrases as texts

JSON = {"Content-Type": "application/json"}


def problem_of(response, status):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    return response.json()


def test_a_body_of_more_than_32_kb_is_refused(client, desk):
    problem_of(client.post("/api/chat", content=b'{"text": "' + b"a" * 32768 + b'"}', headers=JSON), 413)
    assert desk.heard == []


def test_a_body_without_a_length_is_refused_before_its_end(serve, desk):
    host, port = serve(desk).removeprefix("http://").split(":")
    lines = ("POST /api/chat HTTP/1.1", "Host: x", "Content-Type: application/json", "Transfer-Encoding: chunked", "")
    head = "".join(f"{line}\r\n" for line in lines).encode()
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(head + b"9000\r\n" + b" " * 0x9000 + b"\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 16000, b"{'text': 'room'}"])
def test_a_body_that_is_not_json_is_refused(client, body):
    assert problem_of(client.post("/api/chat", content=body, headers=JSON), 400)["code"] == "not_json"


def test_a_body_of_another_kind_is_refused_so_that_no_form_of_another_site_can_send_it(client):
    problem_of(client.post("/api/chat", content=b'{"text": "room"}', headers={"Content-Type": "text/plain"}), 415)


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ({"text": 5}, "text"),
        ({"text": ["room"]}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "a" * 4001}, "text"),
        ({"button": {}}, "button"),
        ({"button": "x" * 65}, "button"),
        ({"button": "menu:\n"}, "button"),
        ({"text": "room", "button": "menu:"}, "button"),
        ({"conversation": 1}, "conversation"),
        ({"language": True}, "language"),
    ],
)
def test_a_wrong_part_is_named(client, desk, message, part):
    problem = problem_of(client.post("/api/chat", json=message), 422)
    assert problem["errors"][0]["pointer"] == f"#/{part}"
    assert desk.heard == []


@pytest.mark.parametrize("body", [b"[]", b'"room"', b"5", b"null"])
def test_json_that_is_not_an_object_is_refused(client, body):
    problem_of(client.post("/api/chat", content=body, headers=JSON), 422)


def test_the_longest_text_is_taken_in_every_script(client, desk):
    assert client.post("/api/chat", json={"text": "😀" * 4000}).status_code == 200
    assert len(desk.heard[0].text) == 4000


def test_a_text_too_long_gets_a_kind_sentence_in_the_persons_language(client):
    english = problem_of(client.post("/api/chat", json={"text": "a" * 4001}), 422)
    arabic = client.post("/api/chat", json={"text": "a" * 4001, "language": "ar"})
    assert english["detail"] == texts.TOO_LONG.format(emergency=999)
    assert (english["language"], english["direction"]) == ("en", "ltr")
    assert problem_of(arabic, 422)["detail"].startswith("هذه الرسالة طويلة")
    assert (arabic.json()["direction"], arabic.headers["content-language"]) == ("rtl", "ar")


def test_a_text_too_long_to_be_looked_at_for_an_emergency_still_gets_the_emergency_number(client):
    for length in (4001, 40_000):
        assert "999" in client.post("/api/chat", json={"text": "he hits me " + "a" * length}).json()["detail"]


def test_a_sentence_without_translation_says_that_it_is_english(client):
    problem = problem_of(client.post("/api/chat", json={"text": 1, "language": "uk"}), 422)
    assert (problem["language"], problem["direction"]) == ("en", "ltr")


def test_a_wrong_method_is_refused_with_the_right_one_named(client):
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        response = client.request(method, "/api/chat")
        problem_of(response, 405)
        assert response.headers["allow"] == "POST"


def test_an_unknown_address_is_refused(client):
    for path in ("/api/nothing", "/static/chat.js", "/static/..%2Fchat.py", "/static/chat.000000000000.js"):
        assert problem_of(client.get(path), 404)["detail"] == texts.NOT_FOUND


def started(client):
    return client.post("/api/chat", json={}).json()["conversation"]


def statuses(client, count, **message):
    return [client.post("/api/chat", json=message).status_code for _ in range(count)]


def test_the_31st_message_of_a_minute_is_refused_with_the_time_to_wait_and_the_emergency_number(client_for, desk):
    now = [0.0]
    client = client_for(desk, clock=lambda: now[0])
    message = {"conversation": started(client), "text": "hi", "language": "ar"}
    assert statuses(client, 30, **message) == [200] * 30
    refused = client.post("/api/chat", json=message)
    problem = problem_of(refused, 429)
    assert refused.headers["retry-after"] == "2"
    assert "2" in problem["detail"]
    assert "999" in problem["detail"]
    assert problem["language"] == "ar"
    assert len(desk.heard) == 30
    now[0] += 2
    assert statuses(client, 2, **message) == [200, 429]


def test_people_who_share_an_address_do_not_use_up_each_others_messages(client_for, desk):
    client = client_for(desk, messages_per_minute=2, clock=lambda: 0.0)
    one, other = started(client), started(client)
    assert statuses(client, 3, conversation=one, text="hi") == [200, 200, 429]
    assert statuses(client, 3, conversation=other, text="hi") == [200, 200, 429]


def test_an_address_may_send_twenty_times_as_much_however_many_conversations_it_starts(client_for, desk):
    client = client_for(desk, messages_per_minute=2, clock=lambda: 0.0)
    assert statuses(client, 41, text="hi") == [200] * 40 + [429]
    assert statuses(client, 1, conversation="a" * 22, text="hi") == [429]


def test_requests_that_cannot_be_read_count_for_the_address(client_for, desk):
    client = client_for(desk, messages_per_minute=1, clock=lambda: 0.0)
    broken = [client.post("/api/chat", content=b"{", headers=JSON).status_code for _ in range(21)]
    assert broken == [400] * 20 + [429]


def test_a_flood_from_an_address_is_refused_before_its_body_is_read(client_for, desk):
    client = client_for(desk, messages_per_minute=1, clock=lambda: 0.0)
    statuses(client, 20)
    problem_of(client.post("/api/chat", content=b"a" * 40_000, headers=JSON), 429)


def test_a_refused_flood_does_not_close_the_page(client_for, desk):
    client = client_for(desk, messages_per_minute=1, clock=lambda: 0.0)
    assert statuses(client, 21)[-1] == 429
    assert client.get("/").status_code == 200
