"""A small honest desk for tests of measuring: it answers from a table and remembers nothing but what reached it."""

from bot.dialogue.messages import Incoming, Reply, Turn

MENU = Turn((Reply("menu", "Topics"),), "und", "menu")


def answered(answer: str, *others: str, language: str = "en") -> Turn:
    """A turn that shows an answer; `others` are the readings that came after it."""
    ranking = tuple((label, 0.9 / (place + 1)) for place, label in enumerate((answer, *others)))
    return Turn((Reply(answer, heading="A question?", points=("A point.",)),), language, "answer", ranking)


def alarmed(*groups: str, language: str = "en") -> Turn:
    """A turn with emergency texts; it shows two at most, as the desk does."""
    replies = tuple(Reply(group, points=("Call 999 now.",), urgent=True) for group in groups[:2])
    return Turn(replies, language, "emergency", tuple((group, 1.0) for group in groups))


class TableDesk:
    """Says for each text what the table says, else the menu. `heard` and `forgotten` are in the order they came."""

    def __init__(self, table: dict[str, Turn] | None = None) -> None:
        self.table = table or {}
        self.heard: list[Incoming] = []
        self.forgotten: list[str] = []

    async def handle(self, incoming: Incoming) -> Turn:
        """What the table says."""
        self.heard.append(incoming)
        return self.table.get(incoming.text, MENU)

    async def welcome(self, conversation: str, language_hint: str | None = None) -> Turn:
        """The menu."""
        return MENU

    async def forget(self, conversation: str) -> None:
        """Notes who was forgotten."""
        self.forgotten.append(conversation)
