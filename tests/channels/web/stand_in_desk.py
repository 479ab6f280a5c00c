"""A small honest desk for tests of the web channel: it keeps each conversation's language and knows a few words."""

import asyncio

from bot.dialogue.messages import Button, Card, Fact, Incoming, Reply, Turn

NAMES = {"en": "English", "ar": "العربية", "fa": "فارسی", "uk": "Українська", "pl": "Polski", "ti": "ትግርኛ"}
CARE = Card(
    id="example",
    title="Example Advice Centre",
    subtitle="Example Charity",
    body="Advice on rooms and rent. You can come without an appointment.",
    facts=(
        Fact("Phone (free call)", "0808 157 0001", "tel:08081570001", True),
        Fact("Times", "Monday to Friday 9:00-16:00"),
        Fact("Address", "1 Example Street, CV1 1AA", ltr=True),
        Fact("E-mail", "desk@example.org", "mailto:desk@example.org", True),
        Fact("Website", "https://www.example.org/advice", "https://www.example.org/advice", True),
    ),
    warnings=("Not checked yet. Call or look at the website before you go.",),
    source="Source: www.example.org, 2026-05-21. Checked on 2026-06-01.",
)
BUTTONS = (Button("menu:", "Topics"), Button("person:", "Talk to a person"))
BUTTONS_AR = (Button("menu:", "المواضيع"), Button("person:", "تحدث إلى شخص"))
ROOM = Reply(
    about="housing/rent_room",
    heading="How do I rent a room?",
    points=("See the room before you pay.", "Ask for a paper that says what you pay and when."),
    warnings=("Never send money for a room that you have not seen.",),
    cards=(CARE,),
    notes=("This is for everyone.", "Source: Example Charity, 2026."),
    buttons=BUTTONS,
    labels={"careful": "Careful", "services": "Who can help"},
)
ROOM_AR = Reply(
    about="housing/rent_room",
    heading="كيف أستأجر غرفة؟",
    points=("شاهد الغرفة قبل أن تدفع.", "للسؤال اتصل على 0808 157 0001 أو اكتب إلى desk@example.org."),
    warnings=("لا ترسل مالًا لغرفة لم ترها.",),
    cards=(CARE,),
    notes=("هذا للجميع.",),
    buttons=BUTTONS_AR,
    language="ar",
    direction="rtl",
    labels={"careful": "انتبه", "services": "من يستطيع المساعدة"},
)
EMERGENCY = Reply(
    about="emergency/medical",
    points=("Call 999 now. It is free.", "Say: ambulance. Say your language.", "Not sure? Call 111."),
    cards=(
        Card(
            "emergency/medical",
            "",
            facts=(
                Fact("Emergency", "999", "tel:999", True),
                Fact("Medical help, not life and death", "111", "tel:111", True),
            ),
        ),
    ),
    buttons=(Button("person:", "Talk to a person"),),
    urgent=True,
)
EMERGENCY_AR = Reply(
    about="emergency/medical",
    points=("اتصل على 999 الآن. المكالمة مجانية.", "قل: ambulance. قل لغتك.", "لست متأكدًا؟ اتصل على 111."),
    cards=(
        Card(
            "emergency/medical",
            "",
            facts=(
                Fact("الطوارئ", "999", "tel:999", True),
                Fact("مساعدة طبية", "111", "tel:111", True),
            ),
            language="ar",
            direction="rtl",
        ),
    ),
    buttons=(Button("person:", "تحدث إلى شخص"),),
    urgent=True,
    language="ar",
    direction="rtl",
)
CALM = Reply(about="health/which_service", text="You can also read which service helps with what.")


class StandInDesk:
    """Speaks English and Arabic. `heard` and `forgotten` tell a test what reached it."""

    def __init__(self) -> None:
        """A desk without conversations."""
        self.languages: dict[str, str] = {}
        self.heard: list[Incoming] = []
        self.forgotten: list[str] = []

    async def welcome(self, conversation: str, language_hint: str | None = None) -> Turn:
        """The language picker and a greeting."""
        self.languages[conversation] = "ar" if (language_hint or "").startswith("ar") else "en"
        picker = Reply(
            "change_language",
            text="Choose your language:",
            buttons=tuple(Button(f"language:{code}", name) for code, name in NAMES.items()),
        )
        greeting = Reply("greet", text="Hello. I can help you find your way.")
        return Turn((picker, greeting), outcome="menu", spoken=self.languages[conversation])

    async def handle(self, incoming: Incoming) -> Turn:
        """A language, an emergency ("breathe"), a room, or the topics."""
        self.heard.append(incoming)
        if incoming.button == "forget:":
            await self.forget(incoming.conversation)
            return Turn((Reply("forget", text="Done."),))
        if incoming.button and incoming.button.startswith("language:"):
            self.languages[incoming.conversation] = incoming.button.removeprefix("language:")
        spoken = self.languages.get(incoming.conversation, "en")
        arabic = spoken == "ar"
        if "breathe" in incoming.text:
            return Turn((CALM, EMERGENCY_AR if arabic else EMERGENCY), outcome="emergency", spoken=spoken)
        if "room" in incoming.text or "غرفة" in incoming.text:
            return Turn((ROOM_AR if arabic else ROOM,), spoken, "answer", spoken=spoken)
        return Turn((self._topics(arabic),), outcome="menu", spoken=spoken)

    async def forget(self, conversation: str) -> None:
        """Remove the conversation."""
        self.languages.pop(conversation, None)
        self.forgotten.append(conversation)

    def _topics(self, arabic: bool) -> Reply:
        if arabic:
            return Reply("menu", text="اختر موضوعًا، أو اكتب سؤالك.", buttons=BUTTONS_AR, language="ar", direction="rtl")
        return Reply("menu", text="Choose a topic, or write your question.", buttons=BUTTONS)


class RecitingDesk(StandInDesk):
    """Says the same turn to everything but the welcome."""

    def __init__(self, turn: Turn) -> None:
        """`turn`: what it says."""
        super().__init__()
        self._turn = turn

    async def handle(self, incoming: Incoming) -> Turn:
        """The turn."""
        self.heard.append(incoming)
        return self._turn


class SlowDesk(StandInDesk):
    """Thinks about every message, for a third of a second or as long as told."""

    def __init__(self, seconds: float = 0.3) -> None:
        """`seconds`: how long it thinks."""
        super().__init__()
        self._seconds = seconds

    async def handle(self, incoming: Incoming) -> Turn:
        """The answer of the stand-in, later."""
        await asyncio.sleep(self._seconds)
        return await super().handle(incoming)


class BrokenDesk(StandInDesk):
    """Breaks on every message, and its error repeats the message, as errors of libraries do."""

    async def handle(self, incoming: Incoming) -> Turn:
        """Raises RuntimeError."""
        raise RuntimeError(f"cannot handle {incoming.text}")
