"""The mail that asks a partner whether they stand behind a goal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.mail.sockets import Request
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.people.selectors import mailboxes_of

from . import policies, selectors
from .models import Endorsement

LINK_DAYS = timedelta(days=60)
"""How long a partner's link opens."""
PURPOSE = "goals.endorse"


def link_of(row: Endorsement) -> str:
    """The address with which the partner answers from now on."""
    return sign(PURPOSE, Ref.to(row), expires=LINK_DAYS)


def _words(row: Endorsement, name: str, by: Any) -> tuple[str, str]:
    said = {
        "name": name or row.organisation.name,
        "house": installation().network_name or _("The partnership"),
        "organisation": row.organisation.name,
        "day": date_format(timezone.localdate() + LINK_DAYS),
    }
    lines = [
        _("Dear %(name)s,") % said,
        "",
        _("%(house)s works towards this goal and asks whether %(organisation)s stands behind it:") % said,
        "",
        row.goal.name,
        *([row.goal.about] if row.goal.about else []),
        "",
        _("Read more and answer here. You need no account, and you can change your answer by the same link:"),
        link_of(row),
        "",
        _("The link works until %(day)s.") % said,
        "",
        str(by),
        said["house"],
    ]
    return _("Does %(organisation)s stand behind our goal?") % said, "\n".join(lines)


REQUEST = Request(
    title=gettext_lazy("Ask by mail for the endorsement"),
    select=selectors.one_endorsement_by_key,
    may=policies.may_edit,
    is_open=lambda row: not row.goal.is_ended,
    addressees=lambda row: mailboxes_of(row.organisation),
    words=_words,
    page=lambda row: reverse("goals:endorsement_link", args=[row.uuid]),
    nobody=lambda row: row.organisation.get_absolute_url(),
    is_sample=lambda row: row.is_sample,
)
