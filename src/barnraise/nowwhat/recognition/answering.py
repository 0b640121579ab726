"""The page on which a partner approves the words in which it is named, opened by a signed link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.sockets import Mend, NotNow

from . import selectors, services
from .models import Thanks

OPEN = (Thanks.State.SENT.value, Thanks.State.APPROVED.value, Thanks.State.WISHED.value)


def _open(ref: Ref, data: Mapping[str, Any]) -> Thanks:
    row = selectors.one_by_key(ref.id)
    if row.state not in OPEN or row.wording != data.get("wording"):
        raise NotNow(
            _("These words are no longer used"),
            _("They were changed, or are not used any more. We will write to you again."),
        )
    return row


def offer(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is asked. Raises Thanks.DoesNotExist, or NotNow where the words changed."""
    row = _open(ref, data)
    given = {"answer": "approve", "wish": row.wish, "signed_by": row.signed_by}
    return {"row": row, "given": given}


def answer(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse | None:
    """Keep the answer; what needs mending is said on the page, and nothing is kept."""
    row = _open(ref, data)
    given = {name: request.POST.get(name, "").strip()[:1000] for name in ("answer", "wish", "signed_by")}
    try:
        services.answer_wording(
            row,
            wording=row.wording,
            approves=given["answer"] == "approve",
            wish=given["wish"],
            signed_by=given["signed_by"],
        )
    except ValidationError as no:
        raise Mend({"given": given, "refused": no.messages}) from None
    return None
