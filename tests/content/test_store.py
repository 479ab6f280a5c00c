"""The store: one consistent reading of content, conversations, and plain words when the database cannot be used."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from bot.content.database import reading, writing
from bot.content.packs import import_pack
from bot.content.revision import raise_revision
from bot.content.store import ConversationState, Store, migrate
from bot.errors import StoreError


class Clock:
    """A clock that moves when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def rename(store: Store, name: str) -> None:
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE service SET name = :name WHERE id = 'nhs-111'"), {"name": name})
        raise_revision(connection)


def test_a_service_is_read_with_all_that_belongs_to_it(filled):
    service = filled.content().services["nhs-111"]
    assert (service.name, service.organization, service.topics, service.areas) == (
        "NHS 111",
        "NHS England",
        ("health",),
        ("national",),
    )
    assert [(phone.number, phone.href, phone.free) for phone in service.phones] == [("111", "tel:111", True)]
    assert service.hours == "Every day, 24 hours"
    assert service.languages == "Polish, Ask for an interpreter, English (Welsh too)"
    assert (service.cost, service.how_to_access, service.accessibility) == ("Free", "Call 111", "Text relay")
    place = service.places[0]
    assert (place.name, place.address) == ("Customer centre", "3 Upper Precinct, Coventry")
    assert place.postal_code == "CV1 1FS"
    assert (place.latitude, place.longitude) == (52.40926, -1.513211)


def test_links_of_long_numbers_work_from_any_phone(filled):
    assert filled.content().services["shelter-line"].phones[0].href == "tel:+448088004444"


def test_a_confidential_place_never_becomes_a_record(filled):
    assert filled.content().services["shelter-line"].places == ()


def test_a_place_that_turns_confidential_disappears_even_with_its_address_still_stored(filled):
    with writing(filled.engine) as connection:
        connection.execute(text("UPDATE location SET confidential = true"))
    with Store(str(filled.engine.url)) as fresh:
        assert fresh.content().services["nhs-111"].places == ()


def test_records_say_whether_they_were_verified(filled):
    services, answers = filled.content().services, filled.content().answers
    assert services["nhs-111"].provenance.verified
    assert services["nhs-111"].provenance.checked_on == date(2026, 6, 1)
    assert not services["shelter-line"].provenance.verified
    assert services["shelter-line"].provenance.source_url == ""
    assert answers["housing/council_help"].provenance.verified
    assert not answers["housing/rent_room"].provenance.verified, "one of its sources is general knowledge"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AMBER,2026-06-01", "RED,2026-06-01"),
        ("2026-05-21,,AMBER", "2026-05-21,Two numbers,AMBER"),
        ("https://example.org/a", "third-party repository copy (unverified)"),
        ("https://example.org/a", ""),
    ],
)
def test_a_service_with_a_reason_to_doubt_is_not_verified(store, pack, edit, old, new):
    edit("services.csv", old, new)
    import_pack(store, pack)
    assert not store.content().services["nhs-111"].provenance.verified


def test_points_keep_their_city_and_their_doubt(filled):
    answer = filled.content().answers["housing/rent_room"]
    assert [(point.text, point.city, point.verified) for point in answer.points] == [
        ("Look online and in shop windows.", None, True),
        ("Coventry: call 024 7683 4025.", "coventry", True),
    ]
    assert [point.verified for point in answer.careful] == [False]
    assert (answer.audience, answer.services) == (("RF", "VH"), ("shelter-line",))
    assert [source.code for source in answer.sources] == ["A1", "GK"]


def test_points_keep_those_whom_they_are_for(store, pack, edit):
    edit("answers/housing.yml", "city: coventry", "city: coventry\n    audience: [RF, EU]")
    import_pack(store, pack)
    answer = store.content().answers["housing/rent_room"]
    assert [point.audience for point in (*answer.points, *answer.careful)] == [(), ("RF", "EU"), ()]


def test_topics_stand_in_the_order_of_the_menu_and_cities_name_people_to_talk_to(filled):
    content = filled.content()
    assert list(content.topics) == ["housing", "health"]
    assert content.cities["coventry"].contacts == ("shelter-line",)
    assert content.everywhere_contacts == ("nhs-111",)


def test_a_service_that_is_not_active_is_shown_nowhere(store, pack, edit):
    edit("services.csv", 'also at night.",,active', 'also at night.",,inactive')
    import_pack(store, pack)
    content = store.content()
    assert list(content.services) == ["nhs-111"]
    assert content.answers["housing/rent_room"].services == ()
    assert content.cities["coventry"].contacts == ()


def test_an_alert_is_shown_before_the_hours(store, pack, edit):
    edit("services.csv", "active,,Call 111", "temporarily closed,Closed until 3 May.,Call 111")
    import_pack(store, pack)
    assert store.content().services["nhs-111"].hours == "Closed until 3 May. Every day, 24 hours"


def test_content_is_read_again_only_after_a_change_and_at_most_once_a_second(filled, url):
    clock = Clock()
    with Store(url, clock) as store:
        first = store.content()
        clock.now += 5
        assert store.content() is first
        rename(filled, "111 by phone")
        clock.now += 0.9
        assert store.content() is first
        clock.now += 0.2
        second = store.content()
        assert second.services["nhs-111"].name == "111 by phone"
        assert second.revision == first.revision + 1


def test_a_change_during_a_long_reading_is_not_half_seen(filled):
    with reading(filled.engine) as connection:
        before = connection.scalar(text("SELECT count(*) FROM phone"))
        with writing(filled.engine) as other:
            other.execute(text("DELETE FROM phone"))
        assert connection.scalar(text("SELECT count(*) FROM phone")) == before


def test_an_empty_store_says_so(store, pack):
    assert store.is_empty()
    import_pack(store, pack)
    assert not store.is_empty()


def test_a_conversation_is_written_read_changed_and_forgotten(store):
    evening = datetime(2026, 11, 21, 20, 0, tzinfo=timezone(timedelta(hours=2)))
    store.write_conversation(ConversationState("k1", "ar", "coventry", evening))
    state = store.read_conversation("k1")
    assert state == ConversationState("k1", "ar", "coventry", evening)
    assert state.updated_at.tzinfo is UTC
    store.write_conversation(ConversationState("k1", "so", None, evening, {"about": "housing/rent_room", "page": 2}))
    assert store.read_conversation("k1").language == "so"
    assert store.read_conversation("k1").slots == {"about": "housing/rent_room", "page": 2}
    store.forget_conversation("k1")
    assert store.read_conversation("k1") is None
    store.forget_conversation("k1")


def test_old_conversations_are_purged_and_young_ones_stay(store):
    now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    for key, age in (("old", 8), ("young", 1)):
        store.write_conversation(ConversationState(key, "en", None, now - timedelta(days=age)))
    assert store.purge_conversations(now - timedelta(days=7)) == 1
    assert store.read_conversation("old") is None
    assert store.read_conversation("young") is not None


def test_many_threads_can_write_at_once(store):
    now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    errors = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                store.write_conversation(ConversationState(f"k{number}", "en", None, now + timedelta(seconds=turn)))
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.read_conversation("k5").updated_at == now + timedelta(seconds=9)


def test_sqlite_runs_with_wal_and_foreign_keys(store):
    with reading(store.engine) as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_closed_store_says_that_it_is_closed(url):
    migrate(url)
    store = Store(url)
    with pytest.raises(StoreError, match="not open"):
        store.content()


def test_a_database_without_tables_says_what_to_do(url):
    with Store(url) as store, pytest.raises(StoreError, match="run `desk content import`"):
        store.content()


def test_a_file_that_is_not_a_database_is_told_in_one_sentence(tmp_path):
    (tmp_path / "letter.db").write_text("Dear council, " * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="is not a database"):
        Store(f"sqlite:///{tmp_path / 'letter.db'}").open()


def test_a_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="folder of the database .* cannot be used"):
        Store(f"sqlite:///{tmp_path / 'file' / 'desk.db'}").open()


def test_a_server_that_cannot_be_reached_is_told_without_the_password():
    with pytest.raises(StoreError) as error:
        Store("postgresql://desk:hunter2@127.0.0.1:1/desk").open()
    assert "check that it runs" in str(error.value)
    assert "hunter2" not in str(error.value)


def test_an_address_that_makes_no_sense_is_told_in_one_sentence():
    with pytest.raises(StoreError, match="cannot be understood"):
        Store("desk.db").open()
