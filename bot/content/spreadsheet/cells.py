"""How one text stands in a cell of a spreadsheet, and back, without loss and without formulas. No files here."""

import re
from datetime import date, datetime, time
from typing import Any

from bot.content import field_rules as rules
from bot.content.pack import cells
from bot.content.pack.tables import Column

LONGEST = 32_767  # signs that Excel keeps in one cell
# What a spreadsheet, or a CSV file made from it, might run; the last four are the wide signs of East Asian keyboards.
RISKY = "=+-@\t\r\n＝＋－＠"
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_LIKE_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,2})(\.[0-9]{0,9}[1-9])?")
TYPE_AGAIN = "Set the format of the cell to text, and type it again."


def to_sheet(text: str, column: Column) -> str | int | float:
    """The value for a cell: a number for degrees and whole numbers, else the text with all risky signs made harmless."""
    if column.kind is cells.WHOLE and text.isdecimal() and _NUMBER.fullmatch(text):
        return int(text)
    if column.kind is cells.DEGREES and text != "-0" and _NUMBER.fullmatch(text):
        return float(text)
    return escape(text)


def escape(text: str) -> str:
    """The text behind an apostrophe where it begins riskily; signs that XML cannot hold get Excel's own codes."""
    if text and (text[0] in RISKY or (text[0] == "'" and text[1:2] and text[1] in RISKY + "'")):
        text = "'" + text
    text = _LOOKS_LIKE_CODE.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def unescape(text: str) -> str:
    """The text that `escape` was given. What people typed without an apostrophe stays as it is."""
    text = _CODE.sub(lambda found: chr(int(found.group(1), 16)), text)
    if len(text) > 1 and text[0] == "'" and text[1] in RISKY + "'":
        return text[1:]
    return text


def from_sheet(value: Any, column: Column) -> tuple[str, str]:
    """The text of a cell and what is wrong with it ("" if nothing). Dates and numbers that Excel made are read back."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return unescape(value), ""
    if isinstance(value, bool):
        return _from_flag(value, column)
    if isinstance(value, datetime | date | time):
        return _from_moment(value, column)
    if isinstance(value, int | float):
        return _from_number(value, column)
    return "", f"holds something that is no text. {TYPE_AGAIN}"


def _from_flag(value: bool, column: Column) -> tuple[str, str]:
    if column.kind is cells.FLAG:
        return "yes" if value else "no", ""
    return "", f"holds TRUE or FALSE and no text. {TYPE_AGAIN}"


def _from_moment(value: datetime | date | time, column: Column) -> tuple[str, str]:
    if isinstance(value, time):
        right = column.rule is rules.clock_time and not value.second
        text = value.strftime("%H:%M")
    else:
        # "1/2" typed as an address becomes a day in Excel, so that only columns of days may hold one.
        right = column.kind is cells.DAY or column.name in ("source_date", "date")
        right = right and (not isinstance(value, datetime) or value.time() == time())
        text = value.strftime("%Y-%m-%d")
    if right:
        return text, ""
    return "", f"was turned into a date or a time by the spreadsheet program. {TYPE_AGAIN}"


def _from_number(value: int | float, column: Column) -> tuple[str, str]:
    if column.kind is cells.DEGREES:
        return cells.DEGREES.to_text(value), ""
    whole = isinstance(value, int) or value.is_integer()
    if column.rule is rules.amount:
        return str(int(value)) if whole else f"{value:.2f}", ""
    if column.rule in (rules.phone, rules.postcode, rules.month_days) or not whole:
        return "", f"was turned into a number by the spreadsheet program, which drops zeros and signs. {TYPE_AGAIN}"
    return str(int(value)), ""
