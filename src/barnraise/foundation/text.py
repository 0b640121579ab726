"""Text as people type it, made comparable."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"^[+-][\d\s.,()/-]+$")
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"}
)


class AsWritten(str):
    """A text that is the same in every language: the name of a person, a place, an encoding. Forms mark it as not to translate."""

    __slots__ = ()


def squeeze(value: str) -> str:
    """White space at the ends gone, and every run of it one blank."""
    return _SPACE.sub(" ", value).strip()


def fold(value: str) -> str:
    """Lower case without accents, white space squeezed: "Peña  Café" is "pena cafe"."""
    if value.isascii():
        return squeeze(value.lower())
    plain = unicodedata.normalize("NFKD", value.casefold())
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).translate(_SPECIAL)
    return squeeze(plain)


def words(value: str) -> list[str]:
    """The folded words of a text, punctuation gone: "St. Mary's (East)" is ["st", "mary", "s", "east"]."""
    return [word for word in _NOT_WORD.split(fold(value)) if word]


def shorten(value: str, most: int) -> str:
    """At most `most` characters (>= 2), cut at a word where one ends near, marked by an ellipsis."""
    value = squeeze(value)
    if len(value) <= most:
        return value
    cut = value[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most * 0.6 else cut).rstrip() + "…"


def spreadsheet_safe(value: str) -> str:
    """A cell for CSV and XLSX that a spreadsheet program will not run: a leading = + - @ gets an apostrophe.

    Plain numbers ("-3.5", "+49 30") stay as they are.
    """
    if value[:1] in {"=", "@", "\t", "\r"} or (value[:1] in {"+", "-"} and not _NUMBER.match(value)):
        return "'" + value
    return value


def spreadsheet_plain(value: str) -> str:
    """The text that `spreadsheet_safe` made this cell from."""
    plain = value[1:]
    return plain if value[:1] == "'" and spreadsheet_safe(plain) == value else value
