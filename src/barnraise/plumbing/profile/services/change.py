"""Change the facts of the installation."""

from __future__ import annotations

from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from barnraise.foundation.policy import require
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record

from .. import sockets
from ..choices import currency_codes, languages, time_zones
from ..models import Installation
from ..policies import may_change
from ..selectors import forget


class Facts(TypedDict, total=False):
    """The facts that may be changed; what is not given stays."""

    network_name: str
    place: str
    default_language: str
    languages: list[str]
    time_zone: str
    currency: str
    fiscal_year_start_month: int
    disclosure_threshold: int


def locked() -> Installation:
    """The row, made when there is none yet, locked for the length of the transaction."""
    Installation.objects.get_or_create(id=1)
    return Installation.objects.select_for_update().get(id=1)


@transaction.atomic
def change_installation(*, by: Any, **facts: Unpack[Facts]) -> Installation:
    """State these facts. `by` is an admin, or None for the command line.

    Raises Refused for anyone else and ValidationError (by field) when a value is not allowed; then nothing changes.
    Giving what stands already writes nothing.
    """
    if by is not None:
        require(may_change, by, reason=_("Only admins change the settings of the installation."))
    row = locked()
    changes: dict[str, tuple[Any, Any]] = {}
    for field, value in facts.items():
        after = squeeze(value) if isinstance(value, str) else value
        before = getattr(row, field)
        if before != after:
            changes[field] = (before, after)
            setattr(row, field, after)
    if not changes:
        return row
    if row.default_language not in row.languages:
        before = list(row.languages)
        row.languages = [row.default_language, *row.languages]
        changes["languages"] = (changes.get("languages", (before,))[0], row.languages)
    _check(row)
    row.save(update_fields=[*changes, "updated_at"])
    record(by=by, verb="profile.changed", about=[row], changes=changes)
    transaction.on_commit(forget)
    forget()
    for _name, told in sockets.changes.items():
        told(list(changes))
    return row


def _check(row: Installation) -> None:
    wrong: dict[str, str] = {}
    known = {code for code, _name in languages()}
    if row.default_language not in known:
        wrong["default_language"] = _("This language is not one the interface speaks.")
    if not row.languages or not set(row.languages) <= known:
        wrong["languages"] = _("Choose at least one of the languages offered.")
    if row.time_zone not in time_zones():
        wrong["time_zone"] = _("This is not a time zone; write it like America/Denver.")
    if row.currency not in currency_codes():
        wrong["currency"] = _("This is not a currency in use; write its three letters, like USD.")
    if wrong:
        raise ValidationError(wrong)
    row.full_clean(validate_constraints=False)
