"""The chat page as people meet it, in a real browser. Each visit also proves that no request left our server and that
the browser found nothing to complain about under the content security policy (the `visit` fixture looks)."""

import dataclasses
import json

import pytest
from playwright.sync_api import expect

from bot.dialogue.messages import Button, Card, Fact, Reply, Turn
from tests.channels.web.stand_in_desk import NAMES, RecitingDesk, SlowDesk

pytestmark = pytest.mark.browser
EXIT = "https://www.bbc.co.uk/weather"
HOSTILE = (
    "<script>window.harmed=1</script>",
    "<img src=x onerror=window.harmed=1>",
    '"><svg onload=window.harmed=1>',
    "javascript:window.harmed=1",
    "</p><iframe srcdoc='<script>parent.harmed=1</script>'>",
    "{{7*7}} ${7*7} &lt;b&gt;",
    "<a href='javascript:window.harmed=1'>x</a>",
    "<style>*{display:none}</style>",
)


def style_of(element, *names):
    return element.evaluate("(e, names) => names.map(name => getComputedStyle(e)[name])", list(names))


def test_the_first_thing_is_the_languages_in_their_own_scripts(visit, desk):
    page = visit(desk).opened().page
    assert page.locator(".reply").first.locator(".button").all_inner_texts() == list(NAMES.values())
    assert page.locator(".languages [lang=ar]").inner_text() == "العربية"


def test_choosing_arabic_turns_the_page_right_to_left(visit, desk):
    seen = visit(desk).opened()
    reply = seen.press("العربية")
    expect(seen.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(seen.page.locator("html")).to_have_attribute("lang", "ar")
    assert (reply.get_attribute("lang"), reply.get_attribute("dir")) == ("ar", "rtl")
    expect(seen.page.locator(".send")).to_have_text("أرسل")
    expect(seen.input).to_have_attribute("placeholder", "اكتب هنا")
    expect(seen.page.locator("#log")).to_have_attribute("aria-label", "المحادثة")
    assert seen.page.title() == "مكتب مساعدة للقادمين الجدد"
    send, box = seen.page.locator(".send").bounding_box(), seen.input.bounding_box()
    assert send["x"] < box["x"]


def test_going_back_to_english_turns_the_page_again(visit, desk):
    seen = visit(desk).opened()
    seen.press("العربية")
    seen.press("English")
    expect(seen.page.locator("html")).to_have_attribute("dir", "ltr")
    expect(seen.page.locator(".send")).to_have_text("Send")


def test_texts_without_translation_keep_their_own_direction(visit, desk):
    seen = visit(desk).opened()
    seen.page.get_by_role("button", name="فارسی", exact=True).click()
    expect(seen.page.locator("html")).to_have_attribute("dir", "rtl")
    label = seen.page.locator("label[for=question]")
    assert (label.get_attribute("lang"), label.get_attribute("dir")) == ("en", "ltr")


def test_an_answer_shows_its_parts_and_a_card_with_links(visit, desk):
    reply = visit(desk).opened().ask("I need a room")
    assert reply.locator("h2").inner_text() == "How do I rent a room?"
    assert reply.locator(".points li").count() == 2
    assert reply.locator("div.careful .flag").inner_text().endswith("Careful")
    card = reply.locator(".card")
    assert card.locator("h4").inner_text() == "Example Advice Centre"
    phone = card.locator("a.call")
    assert (phone.get_attribute("href"), phone.locator("bdi").inner_text()) == ("tel:08081570001", "0808 157 0001")
    assert phone.bounding_box()["height"] >= 44
    site = card.locator("a[href^=https]")
    assert (site.get_attribute("target"), site.get_attribute("rel")) == ("_blank", "noopener noreferrer")
    assert card.locator("a[href^=mailto]").count() == 1
    assert "Source" in card.locator(".note").inner_text()


def test_an_english_card_in_an_arabic_answer_keeps_its_language_and_direction(visit, desk):
    seen = visit(desk).opened()
    seen.press("العربية")
    reply = seen.ask("غرفة")
    card = reply.locator(".card")
    assert (reply.get_attribute("dir"), card.get_attribute("lang"), card.get_attribute("dir")) == ("rtl", "en", "ltr")
    assert reply.locator(".points bdi[dir=ltr]").all_inner_texts() == ["0808 157 0001", "desk@example.org"]


def test_arabic_buttons_under_an_english_answer_run_right_to_left(visit):
    reply = Reply("menu", text="Not translated yet.", buttons=(Button("menu:", "المواضيع"),))
    arabic = dataclasses.replace(reply, text="مرحبا", language="ar", direction="rtl")
    seen = visit(RecitingDesk(Turn((arabic, reply), spoken="ar"))).opened()
    seen.ask("room")
    button = seen.replies.last.locator("button")
    assert (button.get_attribute("dir"), button.get_attribute("lang")) == ("rtl", "ar")


def test_english_words_in_an_arabic_reply_run_left_to_right(visit):
    reply = Reply("menu", text="Choose a topic.", heading="NHS رقم 111", language="ar", direction="rtl")
    element = visit(RecitingDesk(Turn((reply,)))).opened().ask("room")
    assert (element.locator(".text").get_attribute("dir"), element.locator(".text").get_attribute("lang")) == (
        "ltr",
        "en",
    )
    assert style_of(element.locator("h2"), "direction") == ["rtl"]


def test_pressing_a_button_sends_its_id_and_shows_its_label(visit, desk):
    seen = visit(desk).opened()
    seen.ask("room")
    seen.press("Talk to a person")
    assert desk.heard[-1].button == "person:"
    assert seen.page.locator(".mine p").last.inner_text() == "Talk to a person"


def test_an_emergency_comes_first_large_in_a_red_frame_with_numbers_to_press(visit, desk):
    seen = visit(desk).opened()
    reply = seen.ask("he does not breathe")
    assert "urgent" in reply.get_attribute("class")
    assert style_of(reply, "borderTopColor", "borderTopWidth", "fontSize") == ["rgb(168, 15, 34)", "4px", "19px"]
    calls = reply.locator("a.call")
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:999", "tel:111"]
    assert all(call.bounding_box()["height"] >= 48 and call.bounding_box()["width"] > 200 for call in calls.all())
    expect(reply.locator(".points li").first).to_be_in_viewport()
    assert reply.locator(".flag").inner_text().endswith("Urgent")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_any_field_is_shown_as_text(visit, hostile):
    facts = (Fact(hostile, hostile, hostile), Fact("", hostile, hostile, True))
    card = Card(hostile, hostile, hostile, hostile, facts, (hostile,), hostile, hostile, hostile)
    reply = Reply(
        hostile,
        hostile,
        hostile,
        (hostile,),
        (hostile,),
        (card,),
        (hostile,),
        (Button(f"menu:{hostile}"[:60], hostile), Button("", hostile, hostile)),
        language=hostile,
        direction=hostile,
        labels={"careful": hostile, "services": hostile},
    )
    seen = visit(RecitingDesk(Turn((reply, dataclasses.replace(reply, urgent=True))))).opened()
    element = seen.ask(hostile)
    assert element.evaluate("e => e.textContent").count(hostile) == 16
    assert seen.page.locator(".mine p").inner_text() == hostile
    assert seen.page.evaluate("window.harmed") is None
    assert element.locator("script, img, svg, iframe, style, a").count() == 0


def test_characters_that_turn_text_round_unseen_are_left_out(visit):
    card = Card("x", "\u202egnp.exe", facts=(Fact("Phone", "0808 \u202e157 0001", ltr=True),))
    reply = Reply("x", "a\u202db", cards=(card,), buttons=(Button("menu:", "\u202ax"),))
    seen = visit(RecitingDesk(Turn((reply,)))).opened()
    shown = seen.ask("my \u202etext").evaluate("e => e.textContent")
    assert shown == "abgnp.exePhone0808 157 0001x"
    assert seen.page.locator(".mine p").inner_text() == "my text"


@pytest.mark.parametrize(
    "scheme",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        " javascript:x",
        "java\nscript:x",
        "//x.example",
        "/x",
        "file:///etc",
    ],
)
def test_only_web_phone_and_mail_addresses_become_links(visit, scheme):
    card = Card("x", "X", facts=(Fact("Website", "here", scheme), Fact("Phone", "999", "TEL:999")))
    seen = visit(RecitingDesk(Turn((Reply("x", cards=(card,), buttons=(Button("", "here", scheme),)),)))).opened()
    reply = seen.ask("room")
    assert [link.get_attribute("href") for link in reply.locator("a").all()] == ["TEL:999"]


def test_everything_can_be_done_with_the_keyboard_alone(visit, desk):
    seen = visit(desk).opened()
    keys, active = seen.page.keyboard, "document.activeElement"

    def focused():
        return seen.page.evaluate(f"{active}.innerText || {active}.id")

    keys.press("Tab")
    assert "writing box" in focused()
    for _ in range(20):
        keys.press("Tab")
        if focused() == "العربية":
            break
    assert focused() == "العربية"
    outline = seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    keys.press("Enter")
    expect(seen.page.locator("html")).to_have_attribute("dir", "rtl")
    assert focused() == "العربية"
    seen.page.locator(".skip").focus()
    keys.press("Enter")
    assert focused() == "question"
    keys.type("room")
    keys.press("Shift+Enter")
    keys.type("please")
    assert desk.heard[-1].text == ""
    keys.press("Enter")
    expect(seen.page.locator(".card")).to_be_visible()
    assert desk.heard[-1].text == "room\nplease"
    assert (focused(), seen.input.input_value()) == ("question", "")


def test_on_a_touch_screen_the_keyboard_goes_away_so_that_the_answer_can_be_read(visit, desk):
    seen = visit(desk, has_touch=True, is_mobile=True).opened()
    reply = seen.ask("room")
    assert seen.page.evaluate("document.activeElement.tagName") == "BODY"
    expect(reply.locator("h2")).to_be_in_viewport()


def test_enter_that_ends_a_composed_character_does_not_send(visit, desk):
    seen = visit(desk).opened()
    seen.input.fill("ro")
    event = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})"
    seen.input.evaluate(f"e => e.dispatchEvent({event})")
    assert seen.page.locator(".mine").count() == 0


def test_an_empty_message_is_not_sent_and_says_so(visit, desk):
    seen = visit(desk).opened()
    seen.input.press("Enter")
    expect(seen.page.locator("#status")).to_have_text("Please write your question first.")
    assert desk.heard == []


def test_screen_readers_hear_replies_and_waiting(visit):
    seen = visit(SlowDesk()).opened()
    assert seen.page.get_by_role("log", name="Chat").count() == 1
    seen.input.fill("room")
    seen.input.press("Enter")
    expect(seen.page.get_by_role("status")).to_have_text("One moment…")
    expect(seen.page.locator(".card")).to_be_visible()
    expect(seen.page.get_by_role("status")).to_have_text("")


def test_a_failed_message_is_told_kindly_kept_and_sent_again(visit, desk):
    seen = visit(desk).opened()
    seen.context.set_offline(True)
    seen.input.fill("I need a room")
    seen.input.press("Enter")
    notice = seen.page.locator(".notice")
    expect(notice).to_contain_text("Your words are still here")
    expect(notice).to_contain_text("Call 999")
    expect(seen.page.locator(".danger")).to_be_in_viewport()
    assert seen.input.input_value() == "I need a room"
    seen.context.set_offline(False)
    notice.get_by_role("button", name="Try again").click()
    expect(seen.page.locator(".card")).to_be_visible()
    assert (notice.count(), seen.input.input_value(), len(desk.heard)) == (0, "", 1)
    assert seen.complaints == ["Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]
    seen.complaints.clear()


def test_a_page_that_opens_without_the_desk_offers_to_try_again(visit, desk):
    seen = visit(desk)
    seen.opened()
    seen.page.evaluate("sessionStorage.clear()")
    seen.page.route("**/api/chat", lambda route: route.abort())
    seen.page.reload()
    expect(seen.page.locator(".notice")).to_contain_text("could not open")
    seen.page.unroute("**/api/chat")
    seen.page.get_by_role("button", name="Try again").click()
    seen.opened()
    seen.complaints.clear()


def test_a_refused_message_shows_the_servers_sentence_and_keeps_the_words(visit, desk):
    seen = visit(desk).opened()
    seen.input.fill("a" * 4001)
    seen.input.press("Enter")
    notice = seen.page.locator(".notice")
    expect(notice).to_contain_text("too long")
    assert len(seen.input.input_value()) == 4001
    assert notice.get_by_role("button").count() == 0
    assert len(seen.complaints) == 1
    seen.complaints.clear()


def test_too_many_messages_are_told_with_the_time_to_wait(visit, desk):
    seen = visit(desk, messages_per_minute=1).opened()
    seen.ask("hello")
    seen.input.fill("room")
    seen.input.press("Enter")
    expect(seen.page.locator(".notice")).to_contain_text("Please wait")
    expect(seen.page.locator(".notice").get_by_role("button", name="Try again")).to_be_visible()
    assert seen.input.input_value() == "room"
    seen.complaints.clear()


def test_what_is_sent_while_the_desk_thinks_stays_in_the_box(visit):
    desk = SlowDesk()
    seen = visit(desk).opened()
    for text in ("room", "and a bed"):
        seen.input.fill(text)
        seen.input.press("Enter")
    expect(seen.page.locator(".card")).to_be_visible()
    assert seen.input.input_value() == "and a bed"
    assert [incoming.text for incoming in desk.heard] == ["room"]


def test_clearing_the_chat_asks_the_desk_to_forget_and_starts_a_new_conversation(visit, desk):
    seen = visit(desk).opened()
    seen.ask("room")
    before = seen.page.evaluate("sessionStorage.getItem('desk-token')")
    seen.page.get_by_role("button", name="Clear chat").click()
    expect(seen.page.locator(".told")).to_have_text("The chat is cleared.")
    seen.opened()
    assert seen.page.locator(".card, .mine").count() == 0
    assert desk.forgotten == [desk.heard[0].conversation]
    assert seen.page.evaluate("sessionStorage.getItem('desk-token')") != before


def test_clearing_the_chat_without_internet_is_honest_about_what_stays(visit, desk):
    seen = visit(desk).opened()
    seen.ask("room")
    seen.context.set_offline(True)
    seen.page.get_by_role("button", name="Clear chat").click()
    expect(seen.page.locator(".told")).to_contain_text("within 24 hours")
    assert seen.page.locator(".card").count() == 0
    assert seen.page.evaluate("sessionStorage.length") == 0
    expect(seen.page.locator(".notice")).to_be_visible()
    seen.complaints.clear()


def test_clearing_the_chat_does_not_wait_for_an_answer_on_its_way(visit):
    desk = SlowDesk(seconds=1)
    seen = visit(desk).opened()
    before = seen.page.evaluate("sessionStorage.getItem('desk-token')")
    seen.input.fill("room")
    with seen.page.expect_request("**/api/chat"):
        seen.input.press("Enter")
    look = "[document.getElementById('log').textContent, sessionStorage.length]"
    press_twice = f"e => {{ e.click(); e.click(); return {look}; }}"
    assert seen.page.locator("#clear").evaluate(press_twice) == ["", 0]
    expect(seen.page.locator(".told")).to_have_text("The chat is cleared.")
    seen.opened()
    assert seen.page.locator(".card, .mine, .notice").count() == 0
    assert (seen.page.locator(".told").count(), seen.page.locator(".languages").count()) == (1, 1)
    assert [incoming.button for incoming in desk.heard] == [None, "forget:"]
    assert desk.forgotten == [desk.heard[0].conversation]
    assert seen.page.evaluate("sessionStorage.getItem('desk-token')") not in (None, before)
    assert "card" in seen.ask("room").inner_html()


def test_what_still_arrives_after_the_chat_was_cleared_is_dropped(visit, desk):
    seen = visit(desk).opened()
    held = []
    seen.page.route("**/api/phrases*", lambda route: held.append(route))
    with seen.page.expect_request("**/api/phrases*"):
        seen.page.get_by_role("button", name="العربية", exact=True).click()
    seen.page.locator("#clear").click()
    expect(seen.page.locator(".told")).to_be_visible()
    seen.opened()
    token = seen.page.evaluate("sessionStorage.getItem('desk-token')")
    with seen.page.expect_response("**/api/phrases*"):
        held[0].continue_()
    seen.page.wait_for_timeout(100)
    expect(seen.page.locator("html")).to_have_attribute("lang", "en")
    assert seen.page.locator("[lang=ar].reply, .mine").count() == 0
    assert seen.page.evaluate("sessionStorage.getItem('desk-token')") == token
    expect(seen.page.locator("#log")).to_have_attribute("aria-busy", "false")


def test_clearing_is_honest_where_the_first_answer_of_a_conversation_had_not_come_yet(visit):
    seen = visit(SlowDesk(seconds=2)).opened()
    seen.page.evaluate("sessionStorage.clear()")
    seen.page.route("**/api/chat", lambda route: route.abort())
    seen.page.reload()
    expect(seen.page.locator(".notice")).to_be_visible()
    seen.page.unroute("**/api/chat")
    seen.input.fill("room")
    with seen.page.expect_request("**/api/chat"):
        seen.input.press("Enter")
    seen.page.locator("#clear").evaluate("e => e.click()")
    expect(seen.page.locator(".told")).to_contain_text("within 24 hours")
    seen.opened()
    assert seen.complaints == ["Failed to load resource: net::ERR_FAILED"]
    seen.complaints.clear()


def test_an_answer_that_comes_after_the_quick_exit_leaves_nothing(visit):
    seen = visit(SlowDesk()).opened()
    held = []
    seen.page.route(EXIT, lambda route: held.append(route))
    seen.input.fill("room")
    with seen.page.expect_request("**/api/chat"):
        seen.input.press("Enter")
    look_later = "e => { e.click(); return new Promise(done => setTimeout(() => done(sessionStorage.length), 600)); }"
    assert seen.page.locator("#leave").evaluate(look_later) == 0
    held[0].fulfill(body="weather")
    seen.page.wait_for_url(EXIT)
    seen.outside.clear()


def test_quick_exit_replaces_the_page_and_leaves_nothing(visit, desk):
    seen = visit(desk).opened()
    seen.page.route(EXIT, lambda route: route.fulfill(body="weather"))
    seen.ask("room")
    length = seen.page.evaluate("history.length")
    seen.page.get_by_role("link", name="Leave quickly").click()
    seen.page.wait_for_url(EXIT)
    assert seen.page.evaluate("history.length") == length
    seen.page.go_back()
    assert seen.page.url == "about:blank"
    seen.page.goto(seen.address)
    seen.opened()
    assert seen.page.locator(".card").count() == 0
    assert [address for address in seen.outside if address != EXIT] == []
    seen.outside.clear()


def test_the_page_goes_blank_before_the_exit_has_loaded(visit, desk):
    seen = visit(desk).opened()
    seen.page.route(EXIT, lambda route: route.fulfill(body="weather"))
    press_and_look = "e => { e.click(); return [document.body.hidden, sessionStorage.length]; }"
    assert seen.page.locator("#leave").evaluate(press_and_look) == [True, 0]
    seen.page.wait_for_url(EXIT)
    seen.outside.clear()


def test_only_token_and_language_are_kept_and_only_for_the_tab(visit, desk):
    seen = visit(desk).opened()
    seen.ask("room")
    kept = json.loads(seen.page.evaluate("JSON.stringify(sessionStorage)"))
    assert set(kept) == {"desk-token", "desk-language"}
    assert seen.page.evaluate("localStorage.length") == 0
    assert seen.context.cookies() == []


def test_a_reload_keeps_the_conversation_and_its_language(visit, desk):
    seen = visit(desk).opened()
    seen.press("العربية")
    seen.page.reload()
    expect(seen.page.locator(".reply")).to_have_attribute("lang", "ar")
    expect(seen.page.locator("html")).to_have_attribute("dir", "rtl")
    assert len({incoming.conversation for incoming in desk.heard}) == 1


def test_without_scripts_the_page_still_names_the_numbers_in_plain_words(visit, desk):
    seen = visit(desk, java_script_enabled=False)
    assert seen.page.locator(".opening strong").inner_text() == "Your browser cannot open this chat."
    for number in ("999", "111"):
        assert seen.page.locator(f".opening a[href='tel:{number}']").is_visible()
    assert not seen.page.locator("form").is_visible()
    assert seen.page.locator("#leave").get_attribute("href") == EXIT


def test_the_page_works_where_the_browser_refuses_storage(visit, desk):
    seen = visit(desk).opened()
    refusing = "{get() { throw new Error('refused'); }}"
    seen.context.add_init_script(f"Object.defineProperty(window, 'sessionStorage', {refusing})")
    seen.page.reload()
    seen.opened().press("العربية")
    assert seen.ask("room").get_attribute("lang") == "ar"


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_sticks_out_sideways(visit, desk, width):
    seen = visit(desk, viewport={"width": width, "height": 568}).opened()
    for choice in ("English", "العربية"):
        seen.press(choice)
        seen.ask("room")
        seen.ask("he does not breathe")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_at_200_percent_zoom_on_a_small_screen_the_writing_box_does_not_cover_the_answer(visit, desk):
    seen = visit(desk, viewport={"width": 320, "height": 284}, device_scale_factor=2).opened()
    seen.ask("room")
    assert seen.page.evaluate("getComputedStyle(document.getElementById('writing')).position") == "static"
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_moves_for_people_who_want_no_motion(visit, desk):
    seen = visit(desk, reduced_motion="reduce").opened()
    animation = "e => { e.classList.add('busy'); return getComputedStyle(e, '::after').animationName; }"
    assert seen.page.locator("#status").evaluate(animation) == "none"
    assert visit(desk).opened().page.locator("#status").evaluate(animation) == "breathe"


def test_in_forced_colours_buttons_keep_a_border(visit, desk):
    seen = visit(desk, forced_colors="active").opened()
    seen.ask("room")
    for selector in (".call", ".send", ".languages .button", ".danger", "div.careful"):
        assert seen.page.locator(selector).first.evaluate("e => getComputedStyle(e).borderTopWidth") != "0px"
