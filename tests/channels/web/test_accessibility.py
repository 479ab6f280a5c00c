"""The page held against axe-core, in both directions, light and dark, on the smallest and on a large screen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => {
  const found = await axe.run(document, {runOnly: rules});
  return found.violations.map(each => [each.id, each.nodes.map(node => node.html)]);
}"""
# The bars that stay cover whatever happens to be scrolled below them, which axe takes for targets that are too small.
UNSTICK = "document.styleSheets[0].insertRule('.bar, .writing { position: static !important }', 0)"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: run `npm ci` in tests/channels/web"),
]


def violations(seen):
    seen.page.evaluate(UNSTICK)
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    return seen.page.evaluate(RUN, RULES)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["English", "العربية"])
def test_the_conversation_has_no_violation(visit, desk, language, scheme, width):
    seen = visit(desk, viewport={"width": width, "height": 640}, color_scheme=scheme, reduced_motion="reduce").opened()
    assert violations(seen) == []
    seen.press(language)
    seen.ask("room")
    seen.ask("he does not breathe")
    assert violations(seen) == []
    seen.context.set_offline(True)
    seen.input.fill("room")
    seen.input.press("Enter")
    expect(seen.page.locator(".notice")).to_be_visible()
    assert violations(seen) == []
    seen.complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_without_translation_has_no_violation(visit, desk, scheme):
    seen = visit(desk, color_scheme=scheme).opened()
    seen.page.get_by_role("button", name="فارسی", exact=True).click()
    expect(seen.page.locator("html")).to_have_attribute("dir", "rtl")
    assert violations(seen) == []


def test_a_violation_would_be_found(visit, desk):
    seen = visit(desk).opened()
    seen.page.evaluate("document.getElementById('question').labels[0].remove()")
    seen.page.evaluate("document.getElementById('question').placeholder = ''")
    assert "label" in [rule for rule, _ in violations(seen)]
