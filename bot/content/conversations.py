"""What is remembered between two messages of a conversation: where it stands, and a moment. Never its words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.content.models import Conversation

TABLE = Conversation.__table__


@dataclass(frozen=True)
class ConversationState:
    """The state of one conversation.

    language: a BCP 47 code. updated_at: has a time zone, UTC when read. slots: JSON values that the dialogue needs to
    go on, such as the id of the answer last shown; never what a person wrote.
    """

    key: str
    language: str | None
    city: str | None
    updated_at: datetime
    slots: dict[str, Any] = field(default_factory=dict)


def read_state(connection: Connection, key: str) -> ConversationState | None:
    """The state, or None for a conversation that is not known."""
    row = connection.execute(select(TABLE).where(TABLE.c.key == key)).one_or_none()
    return ConversationState(row.key, row.language, row.city, row.updated_at, row.slots) if row else None


def write_state(connection: Connection, state: ConversationState) -> None:
    """Store the state in place of an older one."""
    values = {"language": state.language, "city": state.city, "updated_at": state.updated_at, "slots": state.slots}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(TABLE).values(key=state.key, **values)
    connection.execute(new.on_conflict_do_update(index_elements=[TABLE.c.key], set_=values))


def forget_state(connection: Connection, key: str) -> None:
    """Delete the state; a conversation that is not known is no error."""
    connection.execute(delete(TABLE).where(TABLE.c.key == key))


def purge_states(connection: Connection, older_than: datetime) -> int:
    """Delete every state last written before `older_than`; returns how many there were."""
    return connection.execute(delete(TABLE).where(TABLE.c.updated_at < older_than)).rowcount
