"""The mail of thanks: the letter, what the partner gave, and the link with which it approves the wording."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.profile.selectors import installation

from .facing import lines
from .models import Thanks
from .selectors import statement

LINK_DAYS = timedelta(days=90)
"""How long a partner's link opens."""
PURPOSE = "recognition.wording"


def link_of(row: Thanks) -> str:
    """The address with which the partner answers; it holds for the wording as it stands."""
    return sign(PURPOSE, Ref.to(row), expires=LINK_DAYS, data={"wording": row.wording})


def worded(row: Thanks, name: str, by: Any) -> tuple[str, str]:
    """Subject and text in the language that is active."""
    house = installation().network_name or _("The partnership")
    said = {
        "name": name or str(row.organisation),
        "house": house,
        "partner": str(row.organisation),
        "from": date_format(row.begins_on),
        "until": date_format(row.ends_on),
        "day": date_format(timezone.localdate() + LINK_DAYS),
    }
    given = lines(statement(row.organisation, row.period))
    text = [_("Dear %(name)s,") % said, "", row.letter, ""]
    if given:
        text += [
            _("What %(partner)s gave from %(from)s until %(until)s:") % said,
            *(f"- {one}" for one in given),
            "",
        ]
    if row.wording:
        text += [
            _("We would like to name you like this, on our website and in print:"),
            "",
            f"“{row.wording}”",
            "",
            _("Approve these words, or write the ones you wish, here. You need no account:"),
            link_of(row),
            _("The link works until %(day)s.") % said,
            "",
        ]
    return _("Thank you, %(partner)s") % said, "\n".join([*text, str(by), house])
