"""A neighbour's feed comes in whole, again without a change, and never over what was edited here."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from bot.content.database import writing
from bot.content.feeds.importing import known_feeds, plan_feed, take_feed_in
from bot.content.feeds.records import FeedSource
from bot.content.open_referral.objects import OpenReferral
from bot.content.packs import export_pack, import_pack
from bot.content.store import Store
from bot.errors import FeedError, StoreError
from tests.content.feeds.feed_examples import food, page, service

SOURCE = FeedSource("walsall", "OGL 3.0", "https://feed.example.org/oruk/v3")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEY = "walsall-ac148810-d857-441c-9679-408f346de14b"


def take(store, *services, **options):
    return take_feed_in(store, [page(*services)], SOURCE, NOW, **options)


def change(store, statement, **values):
    with writing(store.engine) as connection:
        connection.execute(text(statement), values)


def ask(store, statement):
    with store.engine.connect() as connection:
        return connection.execute(text(statement)).scalars().all()


def content(store):
    """What people see, read anew."""
    with Store(str(store.engine.url)) as again:
        return again.content()


def test_a_first_run_brings_the_services_in_as_not_checked(filled):
    plan = take(filled, food(), service(1))
    shown = content(filled).services[KEY]
    assert (shown.name, shown.organization, shown.topics, shown.areas) == (
        "Food club",
        "Example Welcome Trust",
        (),
        ("coventry",),
    )
    assert shown.provenance.verified is False and shown.provenance.licence == "OGL 3.0"
    assert shown.places[0].postal_code == "CV1 1FS"
    assert (plan.services, plan.changed, plan.removed, plan.kept) == (2, (), (), ())


def test_a_dry_run_tells_the_same_and_writes_nothing(filled):
    planned = plan_feed(filled, [page(food())], SOURCE)
    assert KEY not in content(filled).services and known_feeds(filled) == []
    assert take(filled, food()) == planned


def test_a_second_run_changes_nothing(filled):
    take(filled, food(), service(1))
    before = content(filled)
    plan = take(filled, food(), service(1))
    assert (plan.added, plan.changed, plan.removed, plan.kept) == ((), (), (), ())
    assert content(filled) == before


def test_what_the_neighbour_changed_is_changed_here(filled):
    take(filled, food())
    plan = take(filled, food(name="Food hall", phones=[{"id": "p1", "number": "0121 303 7410"}]))
    assert content(filled).services[KEY].name == "Food hall"
    assert "0121 303 7410" in [phone.number for phone in content(filled).services[KEY].phones]
    assert f"services/{KEY}" in plan.changed


def test_a_service_that_was_edited_here_keeps_its_words_and_its_parts(filled):
    take(filled, food())
    change(filled, "UPDATE service SET assured_date = '2026-05-30', doubts = '' WHERE id = :id", id=KEY)
    plan = take(filled, food(name="Other", phones=[{"id": "p1", "number": "0121 303 7410"}], languages=[]))
    kept = content(filled).services[KEY]
    assert kept.name == "Food club" and kept.languages and kept.provenance.checked_on == date(2026, 5, 30)
    assert "0121 303 7410" not in [phone.number for phone in kept.phones]
    assert (plan.added, plan.changed, plan.removed) == ((), (), ())
    assert plan.kept == (f"services/{KEY}: was edited here; it stays as it is.",)


def test_a_part_that_was_edited_here_stays_while_the_rest_follows_the_neighbour(filled):
    take(filled, food())
    change(filled, "UPDATE phone SET description = 'Ask for Sam' WHERE number = '024 7683 4025'")
    plan = take(filled, food(name="Food hall", phones=[{"id": "p1", "number": "0121 303 7410"}]))
    shown = content(filled).services[KEY]
    assert shown.name == "Food hall" and "024 7683 4025" in [phone.number for phone in shown.phones]
    assert len(plan.kept) == 1 and '"024 7683 4025", in the feed "0121 303 7410"' in plan.kept[0]


def test_an_edit_stays_an_edit_in_all_later_runs(filled):
    take(filled, food())
    change(filled, "UPDATE service SET name = 'Ours' WHERE id = :id", id=KEY)
    for name in ("Second", "Third", "Fourth"):
        take(filled, food(name=name))
        assert content(filled).services[KEY].name == "Ours"


def test_what_the_neighbour_took_away_goes_here_too(filled):
    take(filled, food(), service(1))
    plan = take(filled, service(1))
    assert KEY not in content(filled).services and f"services/{KEY}" in plan.removed
    assert ask(filled, "SELECT id FROM location WHERE id LIKE 'walsall%'") == []


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO answer_service VALUES ('housing/rent_room', 7, '{KEY}')",
        f"INSERT INTO city_contact VALUES ('coventry-contact-9', 'coventry', '{KEY}')",
        "UPDATE phone SET description = 'Ask for Sam' WHERE number = '024 7683 4025'",
        f"INSERT INTO accessibility VALUES ('own-note', '{KEY}', 'A ramp')",
        f"UPDATE service SET alert = 'Closed on Monday' WHERE id = '{KEY}'",
    ],
)
def test_what_the_neighbour_took_away_stays_whole_where_it_is_used_or_was_edited_here(filled, statement):
    take(filled, food(), service(1))
    change(filled, statement)
    before = content(filled).services[KEY]
    plan = take(filled, service(1))
    with filled.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM phone WHERE service_id = :id"), {"id": KEY}).scalar() == 2
    with Store(str(filled.engine.url)) as again:
        assert len(again.content().services[KEY].phones) == len(before.phones)
    assert plan.removed == () and len(plan.kept) == 1


def test_what_was_deleted_here_does_not_come_back(filled):
    take(filled, food(), service(1))
    for table in ("phone", "service_at_location", "accessibility", "contact", "language", "schedule"):
        change(filled, f"DELETE FROM {table} WHERE service_id = :id", id=KEY)
    for table in ("cost_option", "required_document", "service_area", "attribute"):
        change(filled, f"DELETE FROM {table} WHERE service_id = :id", id=KEY)
    change(filled, "DELETE FROM service WHERE id = :id", id=KEY)
    plan = take(filled, food(languages=[{"id": "new", "name": "Dari"}]), service(1))
    assert KEY not in content(filled).services and plan.added == ()
    assert plan.kept == (f"services/{KEY}: was deleted here; it stays as it is.",)


def test_a_service_that_cannot_be_read_any_more_stays_as_it_was(filled):
    take(filled, food(), service(1))
    plan = take(filled, food(name=None), service(1))
    assert content(filled).services[KEY].name == "Food club" and plan.removed == ()


def test_a_feed_that_suddenly_misses_many_services_is_refused_until_a_person_says_so(filled):
    many = [service(number) for number in range(20)]
    take(filled, *many)
    with pytest.raises(FeedError, match=r"19 of 20 services are missing.*--remove-many"):
        take(filled, many[0])
    assert len(ask(filled, "SELECT id FROM service WHERE id LIKE 'walsall%'")) == 20
    take(filled, many[0], remove_many=True)
    assert ask(filled, "SELECT id FROM service WHERE id LIKE 'walsall%'") == ["walsall-service-0"]


def test_an_empty_feed_changes_nothing(filled):
    take(filled, food())
    with pytest.raises(FeedError, match="holds no service"):
        take(filled)
    assert KEY in content(filled).services


def test_a_record_of_ours_that_has_the_id_of_one_in_the_feed_is_not_touched(filled):
    change(
        filled,
        "INSERT INTO organization VALUES ('walsall-org-d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610', 'Ours', '', '', '')",
    )
    plan = take(filled, food())
    assert content(filled).services[KEY].organization == "Ours" and len(plan.kept) == 1


def test_two_feeds_with_the_same_ids_do_not_meet(filled):
    take(filled, food())
    take_feed_in(filled, [page(food(name="Theirs"))], FeedSource("dudley", "OGL 3.0"), NOW)
    names = {key: one.name for key, one in content(filled).services.items() if key.endswith(KEY[8:])}
    assert names == {KEY: "Food club", KEY.replace("walsall", "dudley"): "Theirs"}
    assert [(feed.name, feed.services) for feed in known_feeds(filled)] == [("dudley", 1), ("walsall", 1)]


def test_a_service_that_is_here_already_is_told_as_a_possible_duplicate(filled):
    twin = service(1, name="Shelter line", phones=[{"number": "0808 800 4444"}])
    assert any("shelter-line" in line for line in take(filled, twin).duplicates)


def test_the_pack_goes_out_and_in_with_what_a_feed_brought(filled, pack, tmp_path):
    take(filled, food())
    export_pack(filled, pack)
    assert import_pack(filled, pack).changed == ()
    with Store(f"sqlite:///{tmp_path}/other.db") as other:
        other.migrate()
        import_pack(other, pack)
        assert other.content().services[KEY] == content(filled).services[KEY]
        assert take(other, food()).kept == ()


def test_our_own_feed_comes_into_another_desk_as_it_went_out(filled, tmp_path):
    rendered = OpenReferral(content(filled), today=date(2026, 6, 1))
    feed = page(*(rendered.service(one) for one in content(filled).services.values()))
    with Store(f"sqlite:///{tmp_path}/other.db") as other:
        other.migrate()
        change(other, "INSERT INTO city VALUES ('coventry', 'Coventry')")
        change(other, "INSERT INTO taxonomy_term VALUES ('health', 'topic', 1, 'Health', '', '')")
        plan = take_feed_in(other, [feed], SOURCE, NOW)
        came = {one.name: one for one in content(other).services.values()}
    for one in content(filled).services.values():
        there = came[one.name]
        assert [phone.href for phone in there.phones] == [phone.href for phone in one.phones]
        assert (there.description, there.url, there.emails, there.areas) == (
            one.description,
            one.url,
            one.emails,
            one.areas,
        )
        assert (there.conditions.audience, there.conditions.documents) == (
            one.conditions.audience,
            one.conditions.documents,
        )
        assert [place.postal_code for place in there.places] == [place.postal_code for place in one.places]
    assert [remark for remark in plan.remarks if remark.kind == "refused"] == []


def test_an_error_in_the_middle_leaves_the_database_as_it_was(filled):
    before = content(filled)
    change(filled, "CREATE TRIGGER stop BEFORE INSERT ON feed_baseline BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(StoreError):
        take(filled, food())
    assert content(filled) == before and known_feeds(filled) == []
