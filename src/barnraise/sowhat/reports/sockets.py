"""What rooms plug into reports: a part of a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: the days, and the partner it is for (a report for a partner), else None."""

    period: Period
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: texts and numbers by column, and the typed reference that it walks back to.

    `told_of` is what it may be shown with only as long as `Section.gone` does not name it, in an issued report too. `opens` are, by column,
    the addresses of the rows that a number of a sum counts.
    """

    cells: Sequence[str | int | float | None]
    ref: Ref | None = None
    told_of: Ref | None = None
    opens: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a section. `numeric` are the positions of columns of numbers, `money` of those that are amounts of money;
    `note` says what must be known to read it."""

    title: str
    columns: Sequence[str]
    lines: Sequence[ReportLine]
    numeric: Sequence[int] = field(default=())
    note: str = ""
    money: Sequence[int] = field(default=())


def _taken_out(many: int) -> str:
    return _("Lines were taken out here: what they told of may be shown no more.")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of reports. `read(scope)` gives its tables in the active language, empty ones left out. `for_partners`: it may
    stand in a report for one partner, and then holds only what concerns that partner.

    `gone(refs)` says which of what lines are told of may be shown no more, and `taken_out(many)` the sentence that says so; an issued
    report leaves those lines out from then on. `whose(lines)` says, line by line, what lines tell of that were kept before they said so
    themselves: lines as JSON, in issued reports of earlier versions.
    """

    title: Any
    read: Callable[[Scope], Sequence[Part]]
    for_partners: bool = False
    gone: Callable[[Collection[Ref]], Collection[Ref]] | None = None
    taken_out: Callable[[int], str] = _taken_out
    whose: Callable[[Sequence[Mapping[str, Any]]], Sequence[Ref]] | None = None


sections: Socket[Section] = Socket(
    "reports.sections",
    doc="By name: a part of a report: title, read(scope) -> tables whose lines carry the reference they walk back to.",
)
