"""A small content pack in a folder, and a real SQLite database for it."""

from pathlib import Path

import pytest

from bot.content.packs import import_pack
from bot.content.store import Store

FILES = {
    "cities.csv": "id,name\ncoventry,Coventry\n",
    "taxonomy_terms.csv": (
        "id,taxonomy,position,name,description,pictogram\n"
        "health,topic,2,Health,Doctors,🩺\n"
        "housing,topic,1,Housing,A place to live,🏠\n"
    ),
    "sources.csv": (
        "code,name,url,date,note\nA1,Example data,https://example.org/data,2026-01-31,\nGK,General knowledge,,,\n"
    ),
    "organizations.csv": "id,name,description,website,email\nnhs,NHS England,,,\nshelter,Shelter,,https://example.org,\n",
    "services.csv": (
        "id,organization_id,name,description,url,status,alert,application_process,eligibility_description,minimum_age,"
        "maximum_age,source_url,source_date,doubts,review_colour,assured_date,owner,next_review_date,licence,"
        "interpretation_services\n"
        "nhs-111,nhs,NHS 111,Advice when you need help fast.,https://111.nhs.uk,active,,Call 111,Anyone,,,"
        "https://example.org/a,2026-05-21,,AMBER,2026-06-01,health team,2026-12-01,,\n"
        'shelter-line,shelter,Shelter line,"Advice on homes, also at night.",,active,,,Anyone,16,25,'
        '"general knowledge, unverified",,Check the hours,RED,,,,,\n'
    ),
    "locations.csv": (
        "id,location_type,confidential,name,address_1,city,postal_code,latitude,longitude,transportation\n"
        "nhs-place-1,physical,no,Customer centre,3 Upper Precinct,Coventry,CV1 1FS,52.40926,-1.513211,\n"
        "shelter-place-1,virtual,yes,,,,,,,\n"
    ),
    "services_at_location.csv": (
        "id,service_id,location_id\nnhs-111-at-1,nhs-111,nhs-place-1\nshelter-line-at-1,shelter-line,shelter-place-1\n"
    ),
    "schedules.csv": (
        "id,service_id,valid_from,valid_to,freq,byday,opens_at,closes_at,description,dtstart,interval,bymonthday,"
        "opening_hours,call_first,doubtful\n"
        'nhs-111-schedule-1,nhs-111,,,,,,,"Every day, 24 hours",,,,24/7,,no\n'
    ),
    "phones.csv": (
        "id,service_id,number,free,description\n"
        "nhs-111-phone-1,nhs-111,111,yes,\n"
        "shelter-line-phone-1,shelter-line,0808 800 4444,yes,Urgent calls\n"
    ),
    "contacts.csv": "id,service_id,name,email\nshelter-line-contact-1,shelter-line,,info@example.org\n",
    "languages.csv": (
        "id,service_id,name,code,note\n"
        "nhs-111-language-1,nhs-111,Polish,pl,\n"
        "nhs-111-language-2,nhs-111,,,Ask for an interpreter\n"
        "nhs-111-language-10,nhs-111,English,en,Welsh too\n"
    ),
    "cost_options.csv": "id,service_id,amount,currency,amount_description\nnhs-111-cost-1,nhs-111,0,GBP,Free\n",
    "accessibility.csv": "id,service_id,description\nnhs-111-accessibility-1,nhs-111,Text relay\n",
    "service_areas.csv": (
        "id,service_id,area\nnhs-111-area-1,nhs-111,national\nshelter-line-area-1,shelter-line,coventry\n"
    ),
    "attributes.csv": (
        "id,service_id,taxonomy_term_id\nnhs-111-topic-1,nhs-111,health\nshelter-line-topic-1,shelter-line,housing\n"
    ),
    "city_contacts.csv": (
        "id,area,service_id\ncoventry-contact-1,coventry,shelter-line\nnational-contact-1,national,nhs-111\n"
    ),
    "conditions.csv": (
        "id,service_id,audience,gender,children_welcome,step_free,interpreter,walk_in,by_phone,online,"
        "appointment_needed,registration_needed,referral_needed,papers_asked\n"
        "shelter-line-conditions-1,shelter-line,AS;RF,women,,,yes,no,yes,,,,no,\n"
    ),
    "required_documents.csv": "id,service_id,document\nshelter-line-document-1,shelter-line,Your tenancy paper\n",
    "notices.csv": (
        "id,service_id,kind,valid_from,valid_to,text\n"
        "nhs-111-notice-1,nhs-111,message,,2026-12-31,Lines are busy in winter.\n"
    ),
    "gazetteer.csv": (
        "id,kind,name,other_names,latitude,longitude,source,licence\n"
        "cv1,outcode,CV1,,52.4081,-1.5106,Example data,OGL 3.0\n"
    ),
    "practices.csv": (
        "id,city,country,theme,title,what,evidence,source,source_url,year,contact\n"
        "sousse-desk,Sousse,Tunisia,connect,Orientation desk,One place to find the way.,,Example brief,,2024,\n"
    ),
    "answers/housing.yml": """\
# How to edit this file: services_data/README.md
- id: housing/rent_room
  question: How do I rent a room or flat?
  points:
  - Look online and in shop windows.
  - text: "Coventry: call 024 7683 4025."
    city: coventry
  careful:
  - text: Letting to people with no papers can be an offence.
    verified: false
  audience: [RF, VH]
  audience_note: People with the right to rent.
  services: [shelter-line]
  sources: [A1, GK]
  review_colour: AMBER
- id: housing/council_help
  question: Can the council give me a home?
  points:
  - Ask the council.
  audience: [ALL]
  sources: [A1]
  review_colour: GREEN
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The folder of a small pack in canonical form."""
    folder = tmp_path / "services_data"
    (folder / "answers").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
def store(url: str):
    """An open store with its tables and no content."""
    with Store(url) as store:
        store.migrate()
        yield store


@pytest.fixture
def filled(store: Store, pack: Path) -> Store:
    """An open store that holds the small pack."""
    import_pack(store, pack)
    return store


@pytest.fixture
def edit(pack: Path):
    """A function that replaces one text in one file of the pack; the text must be there."""

    def edit_file(name: str, old: str, new: str) -> None:
        path = pack / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit_file


@pytest.fixture
def read_all():
    """A function that gives the bytes of every file of a folder by its path inside."""

    def read_folder(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read_folder
