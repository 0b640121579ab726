"""The mail that asks a partner about the others, and the page its link opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.links.sockets import Mend, NotNow
from barnraise.plumbing.mail.sockets import Request
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.people.selectors import mailboxes_of

from . import policies, selectors, services
from .items import NAMES, STEPS, TRUST, VALUE
from .models import Member

LINK_DAYS = timedelta(days=60)
"""How long a partner's link opens."""
PURPOSE = "network.answer"


def link_of(row: Member) -> str:
    """The address with which the partner answers from now on."""
    return sign(PURPOSE, Ref.to(row), expires=LINK_DAYS)


def is_open(row: Member) -> bool:
    """Answers come in."""
    return row.wave.ended_on is None


def words(row: Member, name: str, by: Any) -> tuple[str, str]:
    """Subject and text in the active language."""
    said = {
        "name": name or str(row.organisation),
        "house": installation().network_name or _("The partnership"),
        "organisation": str(row.organisation),
        "due": date_format(row.wave.due_on),
    }
    lines = [
        _("Dear %(name)s,") % said,
        "",
        _("%(house)s asks all its partners how they work with each other. For %(organisation)s it takes ten minutes:") % said,
        link_of(row),
        "",
        _("You need no account. What you say of another partner is shown to nobody: only numbers made of at least three answers are.") % said,
        _("Please answer by %(due)s. Until then you can change your answers by the same link.") % said,
        "",
        str(by),
        said["house"],
    ]  # fmt: skip
    return _("How do we work together? %(house)s asks its partners") % said, "\n".join(lines)


REQUEST = Request(
    title=gettext_lazy("Ask by mail"),
    select=selectors.one_member_by_key,
    may=policies.may_edit,
    is_open=is_open,
    addressees=lambda row: mailboxes_of(row.organisation),
    words=words,
    page=lambda row: reverse("network:member", args=[row.uuid]),
    nobody=lambda row: row.organisation.get_absolute_url(),
    is_sample=lambda row: row.wave.is_sample,
)


def offer(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The other partners, with what was said of them before. Raises Member.DoesNotExist, and NotNow once the wave is closed."""
    row = selectors.one_member_by_key(ref.id)
    if not is_open(row):
        raise NotNow(_("This wave is closed"), _("Thank you. No answer is needed any more."))
    said = selectors.said_by(row)
    given = {key: {name: getattr(tie, name) for name in NAMES} for key, tie in said.items()}
    return _context(row, given, row.signed_by)


def _context(row: Member, given: Mapping[int, Mapping[str, int | None]], signed_by: str) -> dict[str, Any]:
    others = [
        {
            "key": one.pk,
            "name": one.organisation.name,
            "is_on": one.pk in given,
            "trust": [_item(one.pk, item, given) for item in TRUST],
            "value": [_item(one.pk, item, given) for item in VALUE],
        }
        for one in selectors.members_of(row.wave)
        if one.pk != row.pk
    ]
    return {
        "row": row,
        "house": installation().network_name,
        "others": others,
        "steps": STEPS,
        "signed_by": signed_by,
        "due_on": row.wave.due_on,
    }


def _item(key: int, item: tuple[str, Any], given: Mapping[int, Mapping[str, int | None]]) -> dict[str, Any]:
    name, text = item
    return {"field": f"{name}-{key}", "text": text, "given": given.get(key, {}).get(name)}


def read(row: Member, posted: Mapping[str, str]) -> dict[int, dict[str, int | None]]:
    """What was filled in: partners that are ticked or that something was said of."""
    found: dict[int, dict[str, int | None]] = {}
    for one in selectors.members_of(row.wave):
        answers = {name: _step(posted.get(f"{name}-{one.pk}", "")) for name in NAMES}
        if one.pk != row.pk and (posted.get(f"with-{one.pk}") or any(answers.values())):
            found[one.pk] = answers
    return found


def _step(text: str) -> int | None:
    return int(text) if text.strip() in {"1", "2", "3", "4"} else None


def act(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse | None:
    """Keep what was said; what needs mending is said on the page, and nothing is kept."""
    row = selectors.one_member_by_key(ref.id)
    if not is_open(row):
        raise NotNow(_("This wave is closed"), _("Thank you. No answer is needed any more."))
    said = read(row, request.POST)
    who = request.POST.get("signed_by", "").strip()[:200]
    try:
        services.answer(row, said, signed_by=who)
    except ValidationError as no:
        raise Mend({**_context(row, said, who), "refused": no.messages}) from None
    return None
