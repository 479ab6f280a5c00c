"""Which language a message names, what languages are called, and the table of languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.skills.language_markers import WRITTEN_IN
from bot.skills.languages import languages_named, own_name, read_by, read_languages, to_gettext

KNOWN_CODES = {code for codes in WRITTEN_IN.values() for code in codes} | {"fa-AF"}
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
HEADER = "code,name,english_name,direction,reviewed_by,reviewed_on\n"


# ---- a language named in a message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("can you speak arabic", "ar"),
        ("do you know UKRAINIAN?", "uk"),
        ("speak Farsi please", "fa"),
        ("in Dari", "fa-AF"),
        ("Kurdish Sorani", "ckb"),
        ("i want punjabi", "pa"),
        ("Bangla?", "bn"),
        ("switch to tigrinya", "ti"),
        ("english please", "en"),
        ("українською, будь ласка", "uk"),
        ("język polski", "pl"),
        ("بالعربي لو سمحت", "ar"),
        ("فارسی بلدی؟", "fa"),
        ("اردو", "ur"),
        ("پښتو", "ps"),
        ("አማርኛ", "am"),
        ("ትግርኛ", "ti"),
        ("Tiếng Việt", "vi"),
        ("Türkçe", "tr"),
        ("shqip", "sq"),
        ("af soomaali", "so"),
    ],
)
def test_a_language_is_found_by_its_english_and_its_own_name(text, code):
    assert languages_named(text) == [code]


@pytest.mark.parametrize("text", ["", "my dog is ill", "where is the hospital", "12", "😀"])
def test_a_message_that_names_no_language_gives_none(text):
    assert languages_named(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("do you speak Bengali", "bn"),
        ("Chinese", "zh"),
        ("gujarati please", "gu"),
        ("中文", "zh"),
    ],
)
def test_languages_known_by_their_script_can_be_named_too(text, code):
    assert languages_named(text) == [code]


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_any_text_names_a_language_or_none_and_never_an_error(text):
    assert set(languages_named(text)) <= set(KNOWN_CODES)


def test_a_language_is_called_what_its_speakers_call_it():
    assert (own_name("ps"), own_name("pa-PK"), own_name("so")) == ("پښتو", "پنجابی", "Soomaali")


def test_panjabi_in_arabic_letters_is_answered_in_urdu_because_gurmukhi_is_not_learnt_in_pakistan():
    assert (read_by("pa-PK"), read_by("pa"), read_by("fa-AF")) == ("ur", "pa", "fa-AF")


# ---- languages.csv


def test_the_languages_of_the_project_are_read_in_the_order_of_the_file(project):
    languages = read_languages(project / "translations" / "languages.csv")
    assert list(languages)[0] == "en"
    assert languages["ar"].direction == languages["fa"].direction == "rtl"
    assert all(code == language.code and language.name for code, language in languages.items())


def test_every_bad_row_of_languages_csv_is_reported_at_once(tmp_path):
    path = tmp_path / "languages.csv"
    path.write_text(
        HEADER
        + "en,English,English,ltr,,\nxx_yy zz,Nothing,Nothing,ltr,,\nar,العربية,Arabic,rigth,,\nfa,,Persian,rtl,,\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as raised:
        read_languages(path)
    lines = str(raised.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "languages.csv:3 code",
        "languages.csv:4 direction",
        "languages.csv:5 name",
    ]
    assert "Use a BCP 47 code" in lines[0] and "Write ltr or rtl" in lines[1] and "own name" in lines[2]


def test_a_row_with_several_faults_names_each(tmp_path):
    path = tmp_path / "languages.csv"
    path.write_text(HEADER + "12,,,up,,\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        read_languages(path)
    assert len(str(raised.value).splitlines()) == 3


def test_a_code_becomes_the_name_of_its_folder():
    assert (to_gettext("fa-AF"), to_gettext("en")) == ("fa_AF", "en")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("fr,Français,French,ltr,,,\n", id="one comma too many"),
        pytest.param("fr,Français,French,ltr,,\nfr,Francais,French,ltr,,\n", id="a code twice"),
    ],
)
def test_a_row_that_cannot_be_read_whole_is_reported(tmp_path, rows):
    path = tmp_path / "languages.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    try:
        read_languages(path)
    except ContentError:
        return
    except TypeError as error:
        pytest.fail(str(error))
    pytest.fail("the row was taken")
