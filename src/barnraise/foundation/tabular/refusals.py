"""Why a file is not read, in words a person can act on.

Every refusal has a stable ``code``. ``REFUSALS`` holds the English sentences as ``%(name)s`` templates, so
that a layer above can translate the template and fill in ``facts`` itself.
"""

from __future__ import annotations

from types import MappingProxyType

from .phrases import filled

Fact = str | int

_ENTRY_ADVICE = "Unpack the archive, and give the files themselves."

REFUSALS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "empty": (
            "The file is empty.",
            "Export it again from where it came from, and check that it has rows.",
        ),
        "no_table": (
            "No table was found in the file.",
            "Give a spreadsheet or a text file whose columns have a heading row.",
        ),
        "no_such_table": (
            "The file has no sheet or table named “%(table)s”.",
            "Choose one of the tables that the file holds.",
        ),
        "wrong_type": (
            "This is %(type)s, not a table.",
            "Save or export the rows as CSV or as an Excel workbook (.xlsx), and give that file.",
        ),
        "not_read_kind": (
            "This is %(type)s, which is not read here.",
            "Open it in the program it came from, and save it as an Excel workbook (.xlsx) or as CSV.",
        ),
        "encrypted": (
            "The file “%(name)s” is protected by a password.",
            "Open it with the password, save a copy without one, and give that copy.",
        ),
        "macros": (
            "The workbook holds macros (small programs).",
            "Open it and save it as a workbook without macros (.xlsx) or as CSV.",
        ),
        "damaged": (
            "The file “%(name)s” is damaged or was cut off: %(detail)s.",
            "Download or export it again. If it stays so, ask the sender for a new copy.",
        ),
        "unclosed_quote": (
            "From row %(row)d on a quotation mark is not closed, so the rest of the file reads as one cell.",
            "Close the quotation mark in row %(row)d, or check whether the file was cut off.",
        ),
        "zip_bomb": ("The archive is not safe to unpack: %(detail)s.", _ENTRY_ADVICE),
        "nested_zip": ("The archive holds another archive, “%(entry)s”.", _ENTRY_ADVICE),
        "zipped_workbook": (
            "The archive holds a workbook, “%(entry)s”; only text tables are read from archives.",
            "Unpack the archive, and give the workbooks themselves.",
        ),
        "too_big": (
            "The file has %(size)d bytes; at most %(limit)d are read.",
            "Split it into smaller files, or ask the administrator to raise the limit.",
        ),
        "too_many_columns": (
            "The table has %(columns)d columns or more; at most %(limit)d are read.",
            "Keep the columns you need. Often a sheet turned by 90 degrees is the cause.",
        ),
        "too_many_cells": (
            "The sheet “%(table)s” spans %(rows)d rows and %(columns)d columns; at most %(limit)d cells are read.",
            "Save the sheet as CSV, which has no such limit, or delete the empty rows and columns.",
        ),
        "line_too_long": (
            "Row %(row)d is longer than %(limit)d bytes.",
            "Check that this is a table, and that its rows end with a line break.",
        ),
        "wrong_encoding": (
            "The text does not fit the encoding %(encoding)s: row %(row)d (line %(line)d) cannot be read with it.",
            "Choose another encoding; the samples show which one reads well.",
        ),
        "unknown_encoding": ("There is no encoding named “%(encoding)s”.", "Choose one from the list."),
        "binary_zeros": (
            "Line %(line)d holds binary zeros, which text never has.",
            "Export the file again as CSV in UTF-8.",
        ),
        "unreadable_text": (
            "Row %(row)d cannot be split into cells: %(detail)s.",
            "Check the quotation marks in that row, or choose another separator.",
        ),
        "bad_json": (
            "The JSON is not well formed at line %(line)d, column %(column)d.",
            "Export it again, or mend that place.",
        ),
        "json_shape": (
            "The JSON holds no list of records.",
            "Give one record, a list of records, or a page whose “contents” is such a list.",
        ),
    }
)


class UnreadableFile(Exception):
    """A file is refused.

    ``code`` is a key of ``REFUSALS``; ``what`` says what is wrong and ``mend`` what to do, both in English;
    ``facts`` are the values set into the sentences. ``file`` is the name of the file among several, "" where one alone
    was looked at.
    """

    code: str
    what: str
    mend: str
    facts: dict[str, Fact]
    file: str = ""

    def __init__(self, code: str, **facts: Fact) -> None:
        what, mend = REFUSALS[code]
        self.code = code
        self.facts = facts
        said = filled(facts)
        self.what = what % said
        self.mend = mend % said
        super().__init__(f"{self.what} {self.mend}")
