"""The page of good ideas: without a script, for everybody, and the same list for programs."""

import csv
from pathlib import Path

import pytest

from bot.content.records import Content, Practice
from tests.channels.web.test_accessibility import AXE, RULES, RUN, UNSTICK

PACK = Path(__file__).parents[3] / "services_data" / "practices.csv"
ODD = Practice(
    "odd", "Cork & <b>", "Ireland", "live", "A <script> of tea", "Tea.", "A brief", source_url="https://example.org/tea"
)


def content() -> Content:
    with PACK.open(encoding="utf-8", newline="") as file:
        practices = [Practice(**row) for row in csv.DictReader(file)]
    return Content(1, {}, {}, {}, {}, practices={each.id: each for each in [*practices, ODD]})


@pytest.fixture
def people(client_for, desk):
    return client_for(desk, content=content)


def test_all_ideas_stand_on_the_page_with_source_and_year_and_what_is_not_told_says_so(people):
    page = people.get("/practices").text
    practices = content().practices
    assert page.count('<li class="card"') == len(practices) >= 26
    assert page.count("Not told in the source") == sum(
        (not each.evidence) + (not each.contact) for each in practices.values()
    )
    assert "Orientation desk for migrants" in page
    assert "2020" in page and "MiFriendly Cities project page" in page


def test_a_search_by_words_theme_and_city_shows_what_fits_and_stays_in_the_form(people):
    page = people.get("/practices", params={"text": "mobil clinic", "theme": "live"}).text
    assert 'id="beirut-mobile-clinics"' in page
    assert 'id="sousse-orientation-desk"' not in page
    assert 'value="mobil clinic"' in page and '<option value="live" selected>' in page
    assert "Ideas found: 1" in people.get("/practices", params={"city": "Luton"}).text
    assert "<option selected>Lutn</option>" in people.get("/practices", params={"city": "Lutn"}).text


def test_a_search_that_finds_nothing_says_so(people):
    page = people.get("/practices", params={"text": "swimming pools"}).text
    assert "No idea fits" in page and "Ideas found: 0" in page


def test_what_editors_and_searchers_write_is_never_run(people):
    page = people.get("/practices", params={"text": '"><script>alert(1)</script> tea', "country": '"><i>'}).text
    assert "<script" not in page and "<i>" not in page and "Cork & <b>" not in page
    assert "Cork &amp; &lt;b&gt;" in people.get("/practices", params={"text": "tea"}).text


def test_the_texts_around_the_ideas_come_in_the_language_of_the_reader(people):
    answer = people.get("/practices", params={"language": "ar", "text": "tea"})
    assert answer.headers["content-language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert '<h3 lang="en" dir="ltr">' in answer.text
    assert 'name="language" value="ar"' in answer.text


def test_a_page_that_is_not_translated_yet_says_that_its_texts_are_english(people):
    answer = people.get("/practices", headers={"Accept-Language": "fa"})
    assert '<h1 lang="en" dir="ltr">Good ideas from cities</h1>' in answer.text


def test_programs_get_the_same_as_a_list(people):
    read = people.get("/practices.json", params={"text": "tea", "theme": "live"}).json()
    assert [each["id"] for each in read["practices"]] == ["odd"] and read["count"] == 1
    assert read["practices"][0]["source_url"] == "https://example.org/tea"
    assert people.get("/practices.json").json()["count"] == len(content().practices)


def test_the_page_is_light_and_carries_the_security_headers(people):
    answer = people.get("/practices", headers={"Accept-Encoding": "identity"})
    assert len(answer.content) < 700 * len(content().practices)
    assert int(people.get("/practices").headers["content-length"]) < 10_000
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_desk_without_content_has_no_such_page(client):
    assert client.get("/practices").status_code == 404


@pytest.mark.browser
@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: run `npm ci` in tests/channels/web")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_works_without_scripts_on_a_small_screen_and_has_no_violation(chromium, serve, desk, language, scheme):
    address = serve(desk, content=content)
    context = chromium.new_context(viewport={"width": 320, "height": 568}, color_scheme=scheme, locale=language)
    page = context.new_page()
    outside = []
    page.on("request", lambda request: None if request.url.startswith(address) else outside.append(request.url))
    page.goto(f"{address}/practices")
    page.locator("#text").fill("clinics")
    page.locator(".search button").click()
    assert page.locator(".practices .card h3").first.inner_text() == "Mobile health clinics"
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto(f"{address}/practices")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.scripts.length") == 0
    page.evaluate(UNSTICK)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, RULES) == []
    assert outside == []
    context.close()
