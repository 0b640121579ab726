"""The page on which a partner reports a number, opened by a signed link."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.sockets import purposes
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.spans import period_words

from . import selectors, services
from .forms import REASONS


def offer(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is asked. Raises Report.DoesNotExist."""
    row = selectors.one_report_by_key(ref.id)
    said = {
        "value": format(row.value.normalize(), "f") if row.value is not None else "",
        "reason": row.reason,
        "note": row.note,
        "signed_by": row.signed_by,
    }
    return {
        "row": row,
        "house": installation().network_name,
        "period": period_words(row.period),
        "reasons": REASONS,
        "given": said,
    }


def answer(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse | None:
    """Keep the number or the reason; what needs mending is said on the page, and nothing is kept."""
    row = selectors.one_report_by_key(ref.id)
    said = {
        name: request.POST.get(name, "").strip()[:1000] for name in ("value", "reason", "note", "signed_by")
    }
    try:
        services.answer_report(
            row,
            value=_number(said["value"]),
            reason=said["reason"],
            note=said["note"],
            signed_by=said["signed_by"],
        )
    except ValidationError as no:
        context = {"purpose": purposes.get("indicators.report"), **offer(ref, data)}
        context |= {"given": said, "refused": no.messages}
        return render(request, "indicators/report_again.html", context, status=422)
    return None


def _number(text: str) -> Decimal | None:
    """A number as people write it, with a point or a comma before the decimals. Raises ValidationError."""
    if not text:
        return None
    plain = text.replace(" ", "").replace("\u00a0", "")
    if plain.count(",") == 1 and "." not in plain and len(plain.rpartition(",")[2]) != 3:
        plain = plain.replace(",", ".")
    try:
        found = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise ValidationError({"value": _("“%(said)s” is not a number.") % {"said": text[:40]}})
    return found
