"""The mail that asks a partner for a number."""

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
from barnraise.plumbing.ui.spans import period_words
from barnraise.who.people.selectors import mailboxes_of

from . import policies, selectors
from .models import Report

LINK_DAYS = timedelta(days=60)
"""How long a partner's link opens."""
PURPOSE = "indicators.report"


def link_of(row: Report) -> str:
    """The address with which the partner answers from now on."""
    return sign(PURPOSE, Ref.to(row), expires=LINK_DAYS)


def is_open(row: Report) -> bool:
    """A partner may answer: there is one, and the indicator takes numbers."""
    return row.organisation is not None and not row.indicator.source and not row.indicator.is_ended


def _words(row: Report, name: str, by: Any) -> tuple[str, str]:
    said = {
        "name": name or str(row.organisation),
        "house": installation().network_name or _("The partnership"),
        "organisation": str(row.organisation),
        "indicator": row.indicator.name,
        "unit": row.indicator.unit,
        "period": period_words(row.period),
        "due": date_format(row.due_on) if row.due_on else "",
        "day": date_format(timezone.localdate() + LINK_DAYS),
    }
    lines = [
        _("Dear %(name)s,") % said,
        "",
        _("%(house)s asks %(organisation)s for one number:") % said,
        "",
        "{indicator} ({unit}), {period}".format(**said),
        "",
        _("Write it here, or say why there is none. You need no account:"),
        link_of(row),
        "",
        *([_("We need it by %(due)s.") % said] if row.due_on else []),
        _("The link works until %(day)s.") % said,
        "",
        str(by),
        said["house"],
    ]
    return _("We ask you for a number: %(indicator)s, %(period)s") % said, "\n".join(lines)


REQUEST = Request(
    title=gettext_lazy("Ask by mail for the number"),
    select=selectors.one_report_by_key,
    may=policies.may_record,
    is_open=is_open,
    addressees=lambda row: mailboxes_of(row.organisation),
    words=_words,
    page=lambda row: reverse("indicators:report", args=[row.uuid]),
    nobody=lambda row: row.organisation.get_absolute_url(),
    is_sample=lambda row: row.is_sample,
)
