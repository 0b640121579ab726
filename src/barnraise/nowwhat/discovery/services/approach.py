"""One click into the partnership pipeline."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import close_change_set, record
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships import services as partnerships
from barnraise.who.partnerships.models import Partnership

from ..faults import is_cited
from ..models import Candidate
from ..selectors import of_organisation
from .judge import decide, standing_faults
from .writing import New, stands


def approach(organisation: Organisation, *, by: Any, cites: str = "") -> tuple[Partnership, ChangeSet]:
    """Begin a partnership as a prospect, kept by whoever decided, that says what it is for and why it was proposed.

    Without `cites`, that of an earlier decision counts. Returns the partnership and the change set that takes both back for
    thirty days. Raises ValidationError, also when there is a partnership already; then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    before = of_organisation(organisation.pk)
    cites = cites or (before.cites if before is not None else "")
    if cites and not is_cited(cites):
        raise ValidationError(
            {"cites": [_("Partners are looked for a need, a goal, an objective or a project.")]}
        )
    refuse(standing_faults(organisation))
    score, terms = stands(organisation, cites, today)
    with transaction.atomic():
        begun = begin(organisation, by=by, cites=cites, terms=terms)
        given = New(
            organisation.pk,
            Candidate.Verdict.APPROACHED.value,
            cites=cites,
            judged_on=today,
            judged_by=getattr(by, "pk", None),
            score=score,
            terms=terms,
        )
        row, change_set = decide(given, by=by, verb="discovery.approached")
        record(by=by, verb="discovery.approached", about=[organisation, row, begun], change_set=change_set)
        close_change_set(change_set=change_set)
    return begun, change_set


def begin(organisation: Organisation, *, by: Any, cites: str, terms: list[Any]) -> Partnership:
    """A prospect, kept by whoever decided, that says what it is for and why it was proposed, in the caller's transaction."""
    owner = by if getattr(by, "pk", None) else None
    return partnerships.begin_partnership(organisation, by=by, owner=owner, about=_about(cites, terms))


def _about(cites: str, terms: list[Any]) -> str:
    """What the partnership begins with: what it is for, and the reasons that were shown."""
    lines = []
    title = search.cited_title(cites) if cites else ""
    if title:
        lines.append(_("For: %(title)s") % {"title": title})
    reasons = "; ".join(str(term["reason"]) for term in terms if term["value"])
    if reasons:
        lines.append(_("Proposed because: %(reasons)s") % {"reasons": reasons})
    return "\n".join(lines)[:2000]
