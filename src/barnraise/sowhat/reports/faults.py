"""What a report may not say, in words for people."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.profile.selectors import languages
from barnraise.plumbing.ui.faults import Fault, text_faults

from .models import Report
from .selectors import choices

MOST = {"name": 200, "intro": 4000, "reason": 300}


def report_faults(row: Report, *, others: Collection[str]) -> list[Fault]:
    """What is wrong with a report; `others` are the names taken, folded."""
    found = text_faults(MOST, name=row.name, intro=row.intro)
    if not row.name:
        found.append(("name", _("Give it a title.")))
    elif row.name_folded in others:
        found.append(("name", _("There is a report of this title.")))
    if row.audience not in Report.Audience.values:
        found.append(("audience", _("Say for whom it is.")))
    if row.audience == Report.Audience.PARTNER and row.organisation is None:
        found.append(("organisation", _("Say which partner it is for.")))
    found += _day_faults(row)
    allowed = {name for name, _title in choices(row.audience)}
    if not row.sections:
        found.append(("sections", _("Choose at least one section.")))
    elif set(row.sections) - allowed:
        found.append(("sections", _("A report for a partner holds only what concerns that partner.")))
    if row.language not in dict(languages()):
        found.append(("language", _("Choose one of the languages.")))
    return found


def _day_faults(row: Report) -> list[Fault]:
    found: list[Fault] = []
    for name in ("begins_on", "ends_on"):
        if not 1900 <= getattr(row, name).year <= 9000:
            found.append((name, _("Write a day after 1900.")))
    if row.ends_on < row.begins_on:
        found.append(("ends_on", _("It ends before it begins.")))
    return found
