"""What a single value of the pack may look like. Each rule takes a text and returns "" or what to do about it.

Rules about several fields or several files are in pack/checks.py.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

import phonenumbers
from opening_hours import OpeningHours, ParserError
from phonenumbers import shortnumberinfo

Rule = Callable[[str], str]

AUDIENCES = ("ALL", "AS", "RF", "VH", "EU", "UN")
COLOURS = ("RED", "AMBER", "GREEN")
WIDER_AREAS = ("west_midlands", "national")
REGION = "GB"
SOUTH, NORTH, WEST, EAST = 49.8, 60.9, -8.7, 1.8  # a box around Great Britain, in degrees

_POSTCODE = re.compile(r"(GIR 0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]? [0-9][ABD-HJLNP-UW-Z]{2})")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_HOST = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\.?")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_DAYS = re.compile(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU))*")
_REMARK = re.compile(r'"[^"]*"')  # within opening hours, for people alone
_BY_THE_SUN = re.compile(r"\b(?:sunrise|sunset|dawn|dusk)\b", re.IGNORECASE)
_NO_LENGTH = re.compile(r"\b0?(\d{1,2}:\d{2})\s*-\s*0?\1\b")  # 9:00-09:00
_NO_PAGE = ("general knowledge", "third-party repository copy")


def anything(text: str) -> str:
    """No rule."""
    return ""


def id_form(text: str) -> str:
    """Ids of records are small letters and digits with hyphens between them."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) and len(text) <= 100:
        return ""
    return f'"{text}" is not a good id. Use small letters, digits and hyphens, such as "nhs-111".'


def topic_form(text: str) -> str:
    """Ids of topics and cities are small letters with underscores between them."""
    if re.fullmatch(r"[a-z]+(_[a-z]+)*", text) and len(text) <= 50:
        return ""
    return f'"{text}" is not a good id. Use small letters and underscores, such as "language_classes".'


def answer_id_form(text: str) -> str:
    """Ids of answers are "topic/slug"."""
    if re.fullmatch(r"[a-z]+(_[a-z]+)*/[a-z0-9]+(_[a-z0-9]+)*", text) and len(text) <= 100:
        return ""
    return f'"{text}" is not a good id. Write the topic, a stroke and a short name, such as "housing/rent_room".'


def source_code_form(text: str) -> str:
    """Codes of sources are one or two capital letters, with a number as a rule."""
    if re.fullmatch(r"[A-Z]{1,2}[0-9]{0,3}", text):
        return ""
    return f'"{text}" is not a good code. Use one or two capital letters and a number, such as "A1".'


def one_of(*allowed: str) -> Rule:
    """A rule that only these words keep."""

    def rule(text: str) -> str:
        return "" if text in allowed else f'"{text}" is not known here. Use one of: {", ".join(allowed)}.'

    rule.allowed = allowed
    return rule


def allowed_words(rule: Rule) -> tuple[str, ...]:
    """The words that a rule of `one_of` or `yes_or_no` allows; empty for other rules."""
    return ("yes", "no") if rule is yes_or_no else getattr(rule, "allowed", ())


def phone_link(number: str) -> str:
    """The tel: link that dials the number from a phone in Great Britain, or "" if it is no number that exists."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if parsed.extension:
        return ""
    if phonenumbers.is_valid_number(parsed):
        return "tel:" + phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if shortnumberinfo.is_valid_short_number_for_region(parsed, REGION):
        return f"tel:{parsed.national_number}"
    return ""


def phone(text: str) -> str:
    """A number that can be dialled, written with digits and spaces alone."""
    if re.fullmatch(r"\+?[0-9][0-9 ]*", text) and phone_link(text):
        return ""
    return f'"{text}" is not a telephone number. Write one number alone, such as "0121 303 7410"; notes: description.'


def postcode(text: str) -> str:
    """A full UK postcode in capital letters with one space."""
    if _POSTCODE.fullmatch(text):
        return ""
    return f'"{text}" is not a UK postcode. Write it in capital letters with one space, such as "CV1 5FX".'


def email(text: str) -> str:
    """One e-mail address."""
    if _EMAIL.fullmatch(text) and ".." not in text:
        return ""
    return f'"{text}" is not an e-mail address. Write one address alone, such as "info@example.org".'


def web_address(text: str) -> str:
    """An address of a web page with https or http. Names and passwords inside an address are refused."""
    wrong = f'"{text}" is not a web address. Write it in full, such as "https://www.example.org".'
    if re.search(r"[\s\"<>\\]", text):
        return wrong
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("http", "https") and "@" not in parts.netloc and _HOST.fullmatch(parts.hostname or "")
        parts.port  # noqa: B018 - reading it raises ValueError where the port is not a number
    except ValueError:
        return wrong
    return "" if right else wrong


def source_address(text: str) -> str:
    """A web address, or the plain words that there is no page yet."""
    if text.startswith(_NO_PAGE) or not web_address(text):
        return ""
    return f'"{text}" is not a web address. Write "https://..." in full, or "general knowledge, unverified".'


def is_weak_source(text: str) -> bool:
    """Whether a source is missing, general knowledge or a copy by somebody else."""
    return not text or text.lower().startswith(_NO_PAGE)


def day(text: str) -> str:
    """A day as 2026-01-31."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text):
            return ""
    except ValueError:
        pass
    return f'"{text}" is not a date. Write year-month-day, such as "2026-01-31".'


def past_day(text: str) -> str:
    """A day as 2026-01-31 that is not still to come: tomorrow, because the sun is up elsewhere first, and no later."""
    if message := day(text):
        return message
    if date.fromisoformat(text) <= datetime.now(UTC).date() + timedelta(days=1):
        return ""
    return f'"{text}" is still to come. Write the day on which a person last checked it.'


def clock_time(text: str) -> str:
    """A time of day as 09:30."""
    try:
        if re.fullmatch(r"[0-9]{2}:[0-9]{2}", text) and time.fromisoformat(text):
            return ""
    except ValueError:
        pass
    return f'"{text}" is not a time. Write hours and minutes, such as "09:30".'


def weekdays(text: str) -> str:
    """Days of the week as in calendars, with commas between them; "1TU" is the first Tuesday of the month."""
    return "" if _DAYS.fullmatch(text) else f'"{text}" is not a list of days. Write it like "MO,TU,WE,TH,FR,SA,SU".'


def yes_or_no(text: str) -> str:
    """ "yes" or "no"."""
    return "" if text in ("yes", "no") else f'"{text}" is not known here. Write yes or no.'


def whole_number(text: str) -> str:
    """A number of one to three digits, such as an age or a position."""
    return "" if re.fullmatch(r"[0-9]{1,3}", text) else f'"{text}" is not a whole number. Write digits, such as "18".'


def amount(text: str) -> str:
    """A sum of money without its currency."""
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{2})?", text):
        return ""
    return f'"{text}" is not a sum. Write digits alone, such as "0" or "12.50"; words go to amount_description.'


def currency(text: str) -> str:
    """Three capital letters."""
    return "" if re.fullmatch(r"[A-Z]{3}", text) else f'"{text}" is not a currency. Write three letters, such as "GBP".'


def month_days(text: str) -> str:
    """Days of the month with commas between them; -1 is the last day."""
    days = text.split(",")
    if all(re.fullmatch(r"-?[0-9]{1,2}", day) and 1 <= abs(int(day)) <= 31 for day in days):
        return ""
    return f'"{text}" is not a list of days of the month. Write it like "1,15", or "-1" for the last day.'


def opening_hours(text: str) -> str:
    """Times in OpenStreetMap's syntax. Times by the sun are refused, and those that end when they begin: for these the
    syntax means a whole day, and people who write them mean something else."""
    try:
        OpeningHours(text)
    except ParserError:
        return (
            f'"{text}" cannot be read as opening hours. Write it like "Mo-Fr 09:00-17:00; PH off", or empty this cell.'
        )
    times = _REMARK.sub("", text)
    if _BY_THE_SUN.search(times):
        return f'"{text}" goes by the sun, which no machine here follows. Write hours, such as 09:00-17:00.'
    if found := _NO_LENGTH.search(times):
        return f'"{found[0]}" opens and closes at the same time. Write 00:00-24:00 where it is open all day and night.'
    return ""


def audiences(text: str) -> str:
    """Codes of situations with semicolons between them."""
    if all(code in AUDIENCES for code in text.split(";")):
        return ""
    return f'"{text}" is not known here. Use {", ".join(AUDIENCES)}, with semicolons between them.'


def year(text: str) -> str:
    """A year, or a span of years."""
    if re.fullmatch(r"(19|20)[0-9]{2}(-(19|20)?[0-9]{2})?", text):
        return ""
    return f'"{text}" is not a year. Write it like "2024", or "2020-2022".'


def language_code(text: str) -> str:
    """A language code of BCP 47: the language, perhaps its script and its country."""
    return "" if _LANGUAGE_CODE.fullmatch(text) else f'"{text}" is not a language code. Write one such as "pl".'


def latitude(text: str) -> str:
    """Degrees north, inside Great Britain."""
    return _degrees(text, SOUTH, NORTH, "52.409")


def longitude(text: str) -> str:
    """Degrees east, inside Great Britain."""
    return _degrees(text, WEST, EAST, "-1.512")


def _degrees(text: str, least: float, most: float, example: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,10})?", text):
        return f'"{text}" is not a number of degrees. Write it with a point, such as "{example}".'
    if not least <= float(text) <= most:
        return f"{text} is outside Great Britain. Perhaps latitude (about 52.4) and longitude (about -1.5) are swapped."
    return ""
