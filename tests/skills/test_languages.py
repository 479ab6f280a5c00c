"""Which language a short message is in, which language a message names, and the table of languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from short_messages import DARI, MESSAGES, ROMANISED

from bot.errors import ContentError
from bot.skills.language_markers import WORDS
from bot.skills.languages import UNDECIDED, Guess, identify, languages_named, read_languages, to_gettext

SAYS_NOTHING = (
    "", "   ", "?", "...", "ok", "Ok.", "OK 👍", "okay", "12345", "07700 900123", "£50", "10:30", "1", "+",
    "👍", "😭😭", "Coventry", "birmingham", "Wolverhampton ", "Walsall", "Foleshill", "CV1 1FS", "B1 1AA", "M1 2AB",
    "hotel", "taxi", "NHS", "brp 2", "x", "hm", "Ali", "https://www.example.org/en/help", "someone@example.org",
)  # fmt: skip
KNOWN_CODES = {*WORDS, "fa-AF", "zh", "pa", "bn", "gu"}
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
HEADER = "code,name,english_name,direction,reviewed_by,reviewed_on\n"


def pairs(table):
    return [
        pytest.param(code, text, id=f"{code}-{number}") for code in table for number, text in enumerate(table[code])
    ]


# ---- identification


def test_the_messages_cover_six_in_each_of_twenty_five_languages():
    assert len(MESSAGES) >= 25
    assert all(len(set(texts)) >= 6 for texts in MESSAGES.values())


@pytest.mark.parametrize(("code", "text"), pairs(MESSAGES))
def test_a_short_message_is_known_by_its_language(code, text):
    guess = identify(text)
    assert (guess.code, guess.romanised) == (code, False)


# Oromo has few small words of its own to be sure by, and Hindi has a test of its own below.
@pytest.mark.parametrize("code", [code for code in MESSAGES if code not in ("om", "hi")])
def test_a_sentence_is_sure_enough_to_choose_the_language_of_the_answer(code):
    assert [text for text in MESSAGES[code] if not identify(text).sure] == []


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_what_everybody_types_leaves_the_language_undecided(text):
    assert identify(text) == Guess(UNDECIDED)


@pytest.mark.parametrize("text", ["WV1 1AT", "CV1 2IN", "B12 0DE"])
def test_a_postcode_never_decides_a_language(text):
    assert identify(text) == Guess(UNDECIDED)


@pytest.mark.parametrize("text", ["no", "No.", "no no"])
def test_a_no_that_many_languages_share_is_not_sure(text):
    assert not identify(text).sure


def test_words_with_vowel_signs_are_whole_words():
    assert [text for text in MESSAGES["hi"] if not identify(text).sure] == []


@pytest.mark.parametrize(("code", "text"), pairs(ROMANISED))
def test_a_language_written_with_latin_letters_is_known_but_never_sure(code, text):
    assert identify(text) == Guess(code, sure=False, romanised=True)


@pytest.mark.parametrize("text", DARI)
def test_dari_words_tell_dari_from_persian_of_iran(text):
    assert identify(text).code == "fa-AF"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("uk", "мені потрібен лікар"), ("ru", "мне нужен врач")),
        (("uk", "де школа для дитини"), ("ru", "где школа для ребенка")),
        (("fa", "بچه من مریض است دکتر کجاست"), ("fa-AF", "اولادم مریض است داکتر کجاست")),
        (("ti", "ሓኪም ኣበይ ኣሎ"), ("am", "ሐኪም የት ነው ያለው")),
        (("ps", "زه کور غواړم"), ("fa", "من خانه می‌خواهم")),
        (("ckb", "ماڵێکم دەوێت"), ("ur", "مجھے گھر چاہیے")),
        (("ar", "أنا أريد بيتا"), ("fa", "من خانه لازم دارم")),
        (("ur", "یہ میرا گھر نہیں ہے"), ("ps", "دا زما کور نه دی")),
        (("ro", "unde este spitalul"), ("it", "dove è l'ospedale")),
        (("es", "dónde está el hospital"), ("pt", "onde é que fica o hospital")),
    ],
)
def test_neighbours_in_one_script_are_told_apart(one, other):
    assert (identify(one[1]).code, identify(other[1]).code) == (one[0], other[0])


def test_borrowed_english_words_do_not_make_a_message_english():
    assert identify("عندي appointment مع GP بكرا").code == "ar"
    assert identify("мені прийшов лист Home Office про eVisa").code == "uk"


def test_web_addresses_numbers_and_case_do_not_matter():
    assert identify("JAK ZNALEŹĆ LEKARZA https://www.gov.uk/find-a-doctor 07700 900123").code == "pl"


def test_a_very_long_message_is_identified_too():
    assert identify("my landlord wants me to leave the house. " * 2000).code == "en"


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80))
def test_any_text_gets_a_guess_and_never_an_error(text):
    guess = identify(text)
    assert guess.code and not (guess.code == UNDECIDED and guess.sure)


@pytest.mark.parametrize("text", ["i am \ud83d", "\ud800 hello my friend"])
def test_half_of_a_surrogate_pair_gets_a_guess_and_never_an_error(text):
    assert identify(text).code


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_any_text_names_a_language_or_none_and_never_an_error(text):
    assert set(languages_named(text)) <= set(KNOWN_CODES)


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
