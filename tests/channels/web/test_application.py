"""The page, its files and the headers of every answer."""

import gzip
import re

import pytest

from bot.channels.web.application import create_web
from bot.channels.web.phrases import PAGE
from bot.channels.web.static_files import FOLDER, StaticFiles
from tests.channels.web.stand_in_desk import BrokenDesk, StandInDesk

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def addresses(html):
    return re.findall(r'(?:href|src)="([^"]+)"', html)


def test_every_answer_has_the_security_headers(client, client_for):
    answers = [
        client.get("/"),
        client.get("/api/health"),
        client.get("/nothing"),
        client.get("/api/chat"),
        client.post("/api/chat", json={"text": 1}),
        client.post("/api/chat", json={"text": "room"}),
        client_for(BrokenDesk()).post("/api/chat", json={"text": "room"}),
        client.get(StaticFiles().url("chat.js")),
    ]
    for answer in answers:
        assert answer.headers["content-security-policy"] == CSP
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["permissions-policy"] == "geolocation=(), camera=(), microphone=()"


def test_a_fault_outside_of_the_chat_has_the_headers_and_a_kind_sentence_too(web_for, desk):
    from starlette.routing import Route
    from starlette.testclient import TestClient

    def broken(request):
        raise RuntimeError("secret words")

    web = web_for(desk)
    web.router.routes.append(Route("/broken", broken))
    answer = TestClient(web, raise_server_exceptions=False).get("/broken")
    assert (answer.status_code, answer.headers["content-security-policy"]) == (500, CSP)
    assert "secret" not in answer.text
    assert "999" in answer.json()["detail"]


def test_the_page_and_the_interface_are_never_kept(client):
    for path in ("/", "/api/health", "/api/phrases", "/api/openapi.json"):
        assert client.get(path).headers["cache-control"] == "no-store"
    assert client.post("/api/chat", json={}).headers["cache-control"] == "no-store"


def test_the_files_of_the_page_are_kept_for_a_year_under_the_name_of_their_content(client):
    files = [address for address in addresses(client.get("/").text) if address.startswith("/static/")]
    assert len(files) == 4
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert re.fullmatch(r"/static/\w+\.[0-9a-f]{12}\.(js|css|svg)", address)


def test_a_changed_file_has_a_new_name_and_so_has_the_file_that_imports_it(tmp_path):
    (tmp_path / "chat.js").write_text('import { show } from "./reply.js";')
    (tmp_path / "reply.js").write_text("export const show = 1;")
    before = StaticFiles(tmp_path)
    (tmp_path / "reply.js").write_text("export const show = 2;")
    after = StaticFiles(tmp_path)
    assert before.url("reply.js") != after.url("reply.js")
    assert before.url("chat.js") != after.url("chat.js")


def test_the_script_imports_the_hash_named_file(client):
    files = StaticFiles()
    assert f'from ".{files.url("reply.js").removeprefix("/static")}"' in client.get(files.url("chat.js")).text


def test_page_style_and_scripts_together_stay_under_12_kb_compressed(client):
    sent = client.get("/").content + b"".join(path.read_bytes() for path in sorted(FOLDER.iterdir()))
    assert len(gzip.compress(sent)) < 12 * 1024


def test_large_answers_are_compressed(client):
    assert client.get("/").headers["content-encoding"] == "gzip"


def test_the_page_asks_nothing_of_other_servers(client):
    outside = [address for address in addresses(client.get("/").text) if re.match(r"(https?:)?//", address)]
    assert outside == ["https://www.bbc.co.uk/weather"]


def test_the_page_has_no_style_or_script_within_it(client):
    html = client.get("/").text
    assert not re.search(r"\son\w+=|\sstyle=|<style", html)
    assert re.findall(r"<script[^>]*>", html.replace('type="module" src="', ""))[1:] == [
        '<script type="application/json" id="page">'
    ]


@pytest.mark.parametrize(
    ("asked", "language", "direction"),
    [
        ("ar-SY,en;q=0.5", "ar", "rtl"),
        ("en", "en", "ltr"),
        ("xx,uk;q=0.2", "uk", "ltr"),
        ("", "en", "ltr"),
        (";q=,,,a", "en", "ltr"),
    ],
)
def test_the_page_comes_in_the_browsers_language(client, asked, language, direction):
    html = client.get("/", headers={"Accept-Language": asked}).text
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_the_language_in_the_address_wins(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/?language=ar", headers={"Accept-Language": "en"}).text
    assert '<html lang="en" dir="ltr">' in client.get("/?language=%3Cscript%3E", headers={"Accept-Language": "en"}).text


def test_page_texts_come_in_the_language_asked_for(client):
    page = client.get("/api/phrases?language=ar-EG").json()
    assert (page["language"], page["direction"], page["untranslated"]) == ("ar", "rtl", [])
    assert page["texts"]["send"] == "أرسل"
    assert "999" in page["texts"]["danger"]


def test_page_texts_without_translation_are_english_and_marked(client):
    page = client.get("/api/phrases?language=uk").json()
    assert (page["language"], page["untranslated"]) == ("uk", list(PAGE))
    assert page["texts"]["send"] == "Send"
    assert 'data-text="send" lang="en" dir="ltr"' in client.get("/?language=uk").text


def test_no_placeholder_is_left_in_any_page_text(client):
    for language in ("en", "ar", "uk"):
        assert "{" not in "".join(client.get(f"/api/phrases?language={language}").json()["texts"].values())


def test_the_numbers_can_be_set(client_for, desk):
    html = client_for(desk, emergency_line="112 0", health_line="113").get("/").text
    assert 'href="tel:1120"' in html
    assert 'href="tel:113"' in html
    assert "999" not in html


def test_health_tells_the_version(client):
    assert client.get("/api/health").json() == {"status": "ok", "version": "1.2.3"}


def test_two_applications_share_nothing(phrases):
    from starlette.testclient import TestClient

    one, other = StandInDesk(), StandInDesk()
    clients = [TestClient(create_web(desk, phrases, version="1", messages_per_minute=1)) for desk in (one, other)]
    message = {"conversation": "a" * 22, "text": "hi"}
    assert [client.post("/api/chat", json=message).status_code for client in clients] == [200, 200]
    assert len(one.heard) == len(other.heard) == 1
