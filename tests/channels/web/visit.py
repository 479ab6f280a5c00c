"""A person's visit to the chat page in a real browser, with all that goes wrong noted down."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect


class Visit:
    """An open page. `outside`: requests that left our server. `complaints`: errors and warnings of the browser."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open the page and wait until the desk has said something."""
        self.context = context
        self.address = address
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)

    @property
    def replies(self) -> Locator:
        """All replies on the page."""
        return self.page.locator(".reply")

    @property
    def input(self) -> Locator:
        """Where the person writes."""
        return self.page.locator("#question")

    def ask(self, text: str) -> Locator:
        """Write a text, send it, and wait for the answer; gives the first reply of it."""
        before = self.replies.count()
        self.input.fill(text)
        self.input.press("Enter")
        return self._next_reply(before)

    def press(self, label: str) -> Locator:
        """Press the newest button with that label; gives the first reply of the answer."""
        before = self.replies.count()
        self.page.get_by_role("button", name=label, exact=True).last.click()
        return self._next_reply(before)

    def opened(self) -> "Visit":
        """Wait until the language picker is there."""
        expect(self.page.locator(".languages")).to_be_visible()
        return self

    def _next_reply(self, before: int) -> Locator:
        expect(self.replies.nth(before)).to_be_visible()
        expect(self.page.locator("#log")).to_have_attribute("aria-busy", "false")
        return self.replies.nth(before)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.outside.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)
