"""Sentences about files, in the reader's language: refusals of the file reader, and things worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from barnraise.foundation.tabular import REFUSALS, Notice, UnreadableFile
from barnraise.foundation.tabular.phrases import filled

NOTICES: Mapping[str, Any] = {
    "name_differs": gettext_lazy(
        "The name ends in %(before)s, but by its content this is %(after)s; it is read as that."
    ),
    "utf8_as_cp1252": gettext_lazy(
        "“%(column)s” holds letters that were read wrongly once before: %(before)s. They can be mended to: %(after)s"
    ),
    "mac_roman_double": gettext_lazy(
        "“%(column)s” holds letters that were read wrongly twice: %(before)s. They can be mended to: %(after)s"
    ),
    "no_header": gettext_lazy("The first row looks like content: the columns have no names yet."),
    "long_rows": gettext_lazy("Some rows have more cells than there are columns: row %(before)s."),
    "last_row_short": gettext_lazy(
        "The last row is shorter than the others; the file may have been cut off."
    ),
    "unnamed_columns": gettext_lazy("Some columns have no heading."),
    "repeated_columns": gettext_lazy("Some headings occur more than once."),
    "package_descriptor": gettext_lazy(
        "This file describes a data package. Give the files it names as well."
    ),
    "resource_missing": gettext_lazy("The data package names a file that was not given."),
    "entry_passed_over": gettext_lazy("“%(before)s” holds no table and was passed over."),
}


def told(notice: Notice) -> str:
    """A notice as a sentence in the active language."""
    known = NOTICES.get(notice.code)
    if known is None:
        return notice.text
    return str(known) % {
        "column": notice.column or "",
        "before": notice.before or "",
        "after": notice.after or "",
    }


def refused(error: UnreadableFile) -> tuple[str, str]:
    """(what is wrong, what to do) in the active language."""
    what, mend = REFUSALS[error.code]
    facts = filled(error.facts, gettext)
    return gettext(what) % facts, gettext(mend) % facts


def reason(source: str, details: Mapping[str, Any]) -> str:
    """A refused row's reason in the active language; details that are source strings themselves are translated too."""
    filled = {
        name: gettext(value) if isinstance(value, str) and value else value for name, value in details.items()
    }
    try:
        return gettext(source) % filled if filled else gettext(source)
    except (KeyError, ValueError):
        return source
