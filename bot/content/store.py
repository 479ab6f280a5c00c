"""The store: what other layers ask for content, services, conversations and unanswered questions. The queries are in
snapshot.py, search/index.py, conversations.py and unanswered.py."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from bot.content import conversations, models, reports, reviews, unanswered
from bot.content.conversations import ConversationState
from bot.content.database import migrate_engine, open_engine, reading, writing
from bot.content.postcodes.lookup import Position, find_postcode
from bot.content.records import Content
from bot.content.reports import KeptReport, Report
from bot.content.reviews import Confirmation, Confirmed
from bot.content.revision import lock_content, read_revision
from bot.content.search.index import Candidate, IndexQuery, Progress, SearchIndex, modified_moments, renew
from bot.content.search.vectors import KeptVector, read_vectors, write_vectors
from bot.content.snapshot import read_content
from bot.content.unanswered import KeptQuestion, OpenQuestion
from bot.errors import StoreError

__all__ = ["ConversationState", "Store", "migrate"]

CHECK_SECONDS = 1.0  # so often at most is the database asked whether content changed


def migrate(url: str) -> None:
    """Bring the tables of the database at `url` to the newest version. Raises StoreError."""
    with Store(url) as store:
        store.migrate()


class Store:
    """One database, SQLite or PostgreSQL, by its SQLAlchemy address. May be used from several threads at once.

    `clock` gives seconds that only grow. Every method raises StoreError with one plain sentence when the database
    cannot be used.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._engine: Engine | None = None
        self._content: Content | None = None
        self._index = SearchIndex()
        self._checked_at = 0.0
        self._lock = threading.Lock()

    def open(self) -> Self:
        """Reach the database once; an SQLite file is made where there is none."""
        if self._engine is None:
            self._engine = open_engine(self._url)
        return self

    def close(self) -> None:
        """Let go of the database; the store can be opened again."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine, self._content, self._index = None, None, SearchIndex()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """The open engine, for packs and migrations."""
        if self._engine is None:
            raise StoreError("The store is not open; call open() before it is used.")
        return self._engine

    def migrate(self) -> None:
        """Bring the tables to the newest version."""
        migrate_engine(self.engine)

    def is_empty(self) -> bool:
        """Whether there is neither a service nor an answer."""
        with reading(self.engine) as connection:
            found = (connection.execute(select(model.id).limit(1)).first() for model in (models.Service, models.Answer))
            return not any(found)

    def content(self) -> Content:
        """All published content. The same object comes back until the content has changed."""
        with self._lock:
            if self._content is None or self._clock() - self._checked_at >= CHECK_SECONDS:
                self._refresh()
            return self._content

    def _refresh(self) -> None:
        with reading(self.engine) as connection:
            if self._content is None or read_revision(connection) != self._content.revision:
                self._content = read_content(connection)
        self._checked_at = self._clock()

    def find_services(self, query: IndexQuery) -> list[Candidate]:
        """The services that may fit, out of an index that is as new as the content."""
        while True:
            with reading(self.engine) as connection:
                found = self._index.find(connection, query)
            if found is not None:
                return found
            self.renew_index()

    def services_modified(self) -> dict[str, datetime]:
        """When each published service was last seen changed, by its id."""
        while True:
            with reading(self.engine) as connection:
                if self._index.is_fresh(connection):
                    return modified_moments(connection)
            self.renew_index()

    def renew_index(self, progress: Progress | None = None) -> None:
        """Bring the search index to the present content; does nothing where it is. Finding does this by itself."""
        with writing(self.engine) as connection:
            lock_content(connection)
            if not self._index.is_fresh(connection):
                renew(connection, read_content(connection), datetime.now(UTC), progress)

    def service_vectors(self) -> dict[str, KeptVector]:
        """The vectors that are kept, by record, such as "services/nhs-111"."""
        with reading(self.engine) as connection:
            return read_vectors(connection)

    def keep_service_vectors(self, vectors: Mapping[str, KeptVector]) -> None:
        """Keep exactly these vectors."""
        with writing(self.engine) as connection:
            write_vectors(connection, vectors)

    def postcode(self, text: str) -> Position | None:
        """The middle of a full postcode or a sector ("CV1 5"), of those that `desk places import` brought in, or None."""
        with reading(self.engine) as connection:
            return find_postcode(connection, text)

    def read_conversation(self, key: str) -> ConversationState | None:
        """The state of a conversation, or None."""
        with reading(self.engine) as connection:
            return conversations.read_state(connection, key)

    def write_conversation(self, state: ConversationState) -> None:
        """Store the state of a conversation in place of an older one."""
        with writing(self.engine) as connection:
            conversations.write_state(connection, state)

    def forget_conversation(self, key: str) -> None:
        """Delete all that is kept of a conversation, with the unanswered questions that it added."""
        with writing(self.engine) as connection:
            state = conversations.read_state(connection, key)
            unanswered.take_back(connection, state.slots.get(unanswered.KEPT) or [] if state else [])
            conversations.forget_state(connection, key)

    def purge_conversations(self, older_than: datetime) -> int:
        """Delete conversations last written before `older_than` (with a time zone); returns how many."""
        with writing(self.engine) as connection:
            return conversations.purge_states(connection, older_than)

    def add_question(self, question: OpenQuestion, today: date, before: Iterable[int] = ()) -> int:
        """Keep a question that the desk could not answer, or count it once more; returns its number.

        before: numbers of those that the same conversation added already.
        """
        with writing(self.engine) as connection:
            return unanswered.add_question(connection, question, today, list(before))

    def take_back_questions(self, numbers: list[int]) -> None:
        """Undo that one conversation added these; numbers that are not known are no error."""
        with writing(self.engine) as connection:
            unanswered.take_back(connection, numbers)

    def questions(
        self,
        *,
        language: str | None = None,
        since: date | None = None,
        reason: str | None = None,
        resolved: bool = False,
    ) -> list[KeptQuestion]:
        """The open questions of a language (BCP 47), last asked on a day or later, for a reason; with `resolved`, all."""
        with reading(self.engine) as connection:
            return unanswered.list_questions(
                connection, language=language, since=since, reason=reason, resolved=resolved
            )

    def resolve_question(self, number: int, resolved_by: str, today: date) -> None:
        """Mark a question as resolved by an answer id or a note. Raises UnknownQuestion where there is none."""
        with writing(self.engine) as connection:
            unanswered.resolve_question(connection, number, resolved_by, today)

    def purge_questions(self, today: date) -> int:
        """Delete unanswered questions that were kept long enough; returns how many."""
        with writing(self.engine) as connection:
            return unanswered.purge_questions(connection, today)

    def add_report(self, report: Report, today: date) -> bool:
        """Keep or count that a record is wrong; False where it was reported too often today to count any more."""
        with writing(self.engine) as connection:
            return reports.add_report(connection, report, today)

    def reports(self, *, resolved: bool = False) -> list[KeptReport]:
        """The open reports, the newest first; with `resolved`, all."""
        with reading(self.engine) as connection:
            return reports.list_reports(connection, resolved=resolved)

    def close_report(self, number: int, note: str, today: date) -> None:
        """Mark a report as looked at. Raises UnknownReport where there is none."""
        with writing(self.engine) as connection:
            reports.close_report(connection, number, note, today)

    def purge_reports(self, today: date) -> int:
        """Delete reports that were kept long enough; returns how many."""
        with writing(self.engine) as connection:
            return reports.purge_reports(connection, today)

    def confirm_record(self, record: str, found: Confirmation) -> Confirmed:
        """Note that a person found a record right. Raises UnknownRecord or NotConfirmed."""
        with writing(self.engine) as connection:
            confirmed = reviews.confirm_record(connection, record, found)
        self._checked_at = 0.0  # who confirmed sees it at once
        return confirmed
