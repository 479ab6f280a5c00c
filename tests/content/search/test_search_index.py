"""One contract for the search index, on SQLite and on PostgreSQL. DESK_TEST_POSTGRES names a database that may be emptied."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.content.database import writing
from bot.content.packs import import_pack
from bot.content.records import Conditions, Content, Place, Service, Topic
from bot.content.revision import raise_revision
from bot.content.search.index import MOST_CANDIDATES, IndexQuery, renew
from bot.content.store import Store

SERVER = os.environ.get("DESK_TEST_POSTGRES", "")
ENGINES = [
    "sqlite",
    pytest.param(
        "postgresql",
        marks=[pytest.mark.slow, pytest.mark.skipif(not SERVER, reason="DESK_TEST_POSTGRES is not set")],
    ),
]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
COVENTRY, BIRMINGHAM = (52.408, -1.51), (52.48, -1.89)
SERVICES = (
    Service(
        "food",
        "Foodbank",
        "Trussell",
        "Three days of food",
        ("money",),
        ("coventry",),
        places=(Place("", "", "", *COVENTRY),),
    ),
    Service(
        "class",
        "English classes",
        "City College",
        "Learn to read and write",
        ("classes",),
        ("birmingham",),
        places=(Place("", "", "", *BIRMINGHAM), Place("", "", "", 52.42, -1.52)),
        conditions=Conditions(free=True, gender="women", walk_in=True),
        spoken=("pl", "ar"),
    ),
    Service(
        "lawyer",
        "Solicitors",
        "Law Centre",
        "Asylum appeals",
        ("rights",),
        ("national",),
        conditions=Conditions(free=False),
    ),
    Service(
        "cafe",
        "Café Zażółć",
        "Хата",
        "مقهى للجميع",
        ("money",),
        ("coventry", "birmingham"),
        places=(Place("", "", "", 52.41, -1.50),),
    ),
)
CONTENT = Content(
    revision=0,
    answers={},
    services={service.id: service for service in SERVICES},
    topics={"money": Topic("money", "Money and benefits"), "classes": Topic("classes", "Lessons")},
    cities={},
)


@pytest.fixture(scope="module", params=ENGINES)
def empty(request, tmp_path_factory):
    """An open store with its tables and no content, on each kind of database."""
    with Store(
        SERVER if request.param == "postgresql" else f"sqlite:///{tmp_path_factory.mktemp('index')}/desk.db"
    ) as store:
        if request.param == "postgresql":
            with writing(store.engine) as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
        store.migrate()
        yield store


def fill(store: Store, content: Content, now: datetime = NOW) -> int:
    with writing(store.engine) as connection:
        written = renew(connection, content, now)
    store.close()  # so that no words of an earlier index are remembered
    store.open()
    return written


@pytest.fixture
def index(empty):
    """A store whose index holds SERVICES."""
    fill(empty, CONTENT)
    yield empty


def found(store: Store, **asked) -> list[str]:
    """The ids that were found, best words first, then nearest."""
    hits = store.find_services(IndexQuery(**asked))
    return [hit.service_id for hit in sorted(hits, key=lambda hit: (-hit.words, hit.miles or 0, hit.service_id))]


@pytest.mark.parametrize(
    "words, first",
    [
        ("english", "class"),
        ("an English class please", "class"),
        ("solicitor", "lawyer"),
        ("appealing", "lawyer"),
        ("food bank", "food"),
        ("solicitars", "lawyer"),
        ("cafe zazolc", "cafe"),
        ("ХАТА", "cafe"),
        ("مَقهى", "cafe"),
        ("law centre", "lawyer"),
        ("foodbank OR NOT", "food"),
    ],
)
def test_words_are_found_in_any_form_script_and_nearly_any_spelling(index, words, first):
    assert found(index, words=words)[:1] == [first]


def test_words_in_the_name_count_more_than_words_elsewhere(index):
    hits = {hit.service_id: hit.words for hit in index.find_services(IndexQuery(words="money foodbank"))}
    assert hits["food"] > hits["cafe"] > 0


def test_words_that_stand_nowhere_find_nothing(index):
    assert found(index, words="zeppelin") == []
    assert found(index, words="") and not found(index, words="x" * 5000)


def test_areas_topics_and_languages_limit_what_is_found(index):
    assert found(index, areas=("coventry",)) == ["cafe", "food"]
    assert found(index, areas=("coventry", "national")) == ["cafe", "food", "lawyer"]
    assert found(index, topics=("classes", "rights")) == ["class", "lawyer"]
    assert found(index, language="pl") == ["class"]
    assert found(index, areas=("%",)) == found(index, topics=("_____",)) == []


def test_a_wish_leaves_out_only_what_surely_does_not_fulfil_it(index):
    assert set(found(index, flags=frozenset({"free"}))) == {"class", "food", "cafe"}
    assert found(index, refused=frozenset({"free"})) == ["lawyer"]
    assert found(index, flags=frozenset({"free", "women_only", "walk_in"}), limit=1) == ["class"]


def test_the_nearest_come_with_their_miles_to_the_nearest_of_their_places(index):
    hits = {hit.service_id: hit.miles for hit in index.find_services(IndexQuery(position=COVENTRY))}
    assert sorted(hits, key=hits.get) == ["food", "cafe", "class"]
    assert hits["food"] == 0 and 0.3 < hits["cafe"] < 0.6 and 0.8 < hits["class"] < 1.1
    assert found(index, position=COVENTRY, within_miles=0.6) == ["food", "cafe"]
    assert found(index, position=COVENTRY, limit=1) == ["food"]


def test_words_with_a_position_find_also_what_has_no_place(index):
    hits = {hit.service_id: hit.miles for hit in index.find_services(IndexQuery(words="law food", position=COVENTRY))}
    assert hits == {"lawyer": None, "food": 0.0}
    assert found(index, words="law food", position=COVENTRY, within_miles=1.0) == ["food"]


def test_without_a_limit_every_service_with_one_of_the_words_is_found_however_many(index):
    many = {
        f"shop-{n}": replace(SERVICES[0], id=f"shop-{n}", name=f"Winter shop {n}", description="Coats", places=())
        for n in range(450)
    }
    fill(index, replace(CONTENT, services=CONTENT.services | many))
    assert set(found(index, words="winter coat", limit=None)) == set(many)
    # The class holds only the word that is rare here, and the shops only the frequent one.
    assert set(found(index, words="winter classes", limit=None)) == {*many, "class"}
    assert len(found(index, words="winter coat", limit=1000)) == MOST_CANDIDATES
    assert found(index, words="zzzzz", limit=None) == []


def test_named_services_are_looked_at_beside_what_the_words_find(index):
    assert found(index, words="food", ids=("lawyer", "nobody")) == ["food", "lawyer"]
    assert found(index, ids=("lawyer", "food"), areas=("coventry",)) == ["food"]


def test_only_what_changed_is_written_anew_and_only_that_gets_a_new_moment(index):
    changed = replace(SERVICES[0], name="Pantry")
    rest = {key: service for key, service in CONTENT.services.items() if key != "cafe"}
    later = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert fill(index, replace(CONTENT, services=rest | {"food": changed}), later) == 1
    assert index.services_modified() == {"food": later, "class": NOW, "lawyer": NOW}
    assert found(index, words="pantry") == ["food"]
    assert found(index, words="foodbank") == found(index, words="zazolc") == []
    assert found(index, position=COVENTRY) == ["food", "class"]
    assert fill(index, CONTENT) == 2


def test_a_new_name_of_a_topic_is_found_and_is_no_change_of_a_service(index):
    topics = CONTENT.topics | {"money": Topic("money", "Bread")}
    later = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert fill(index, replace(CONTENT, topics=topics), later) == len(SERVICES)
    assert set(found(index, words="bread")) == {"food", "cafe"}
    assert later not in index.services_modified().values()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=120), area=st.text(max_size=10), language=st.text(max_size=10))
def test_no_text_whatever_makes_a_search_fail(index, words, area, language):
    assert index.find_services(IndexQuery(words=words)) is not None
    assert index.find_services(IndexQuery(words=f"food {words}", areas=(area,), language=language)) is not None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), miles=st.none() | st.floats(0, 1e6))
def test_no_place_on_earth_makes_a_search_fail(index, latitude, longitude, miles):
    for words in ("", "food"):
        index.find_services(IndexQuery(words=words, position=(latitude, longitude), within_miles=miles))


def test_a_search_right_after_an_import_knows_what_was_imported(store, pack, edit):
    import_pack(store, pack)
    assert found(store, words="shelter") == ["shelter-line"]
    edit("services.csv", "NHS 111,Advice", "Zebra line,Advice")
    import_pack(store, pack)
    assert found(store, words="zebra") == ["nhs-111"]


def test_another_process_sees_the_index_that_one_made(store, pack, url):
    import_pack(store, pack)
    with Store(url) as other:
        assert found(other, words="zebra") == []
        moments = other.services_modified()
    assert store.services_modified() == moments and set(moments) == {"nhs-111", "shelter-line"}


def test_a_confidential_place_is_not_on_the_map(store, pack):
    import_pack(store, pack)
    with writing(store.engine) as connection:  # the import refuses such a place; somebody may still write it here
        connection.execute(
            text(
                "UPDATE location SET location_type = 'physical', name = 'Refuge', latitude = 52.41, longitude = -1.51"
                " WHERE confidential"
            )
        )
        raise_revision(connection)
    assert found(store, position=COVENTRY) == ["nhs-111"]
    assert found(store, words="refuge") == []
