"""Make, change, copy and remove campaigns."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search

from ..models import Campaign
from ..selectors import CITABLE, KIND
from ..sockets import occasions

FIELDS = (
    "kind",
    "name",
    "subject",
    "preview",
    "language",
    "audience",
    "purpose",
    "reply_to",
    "cites",
    "occasion",
    "send_at",
)


def checked(row: Campaign) -> None:
    """Tidy it, and see whether it can be so. Raises ValidationError by field."""
    row.name, row.subject, row.preview = squeeze(row.name), squeeze(row.subject), squeeze(row.preview)
    row.name_folded = fold(row.name)[:120]
    errors: dict[str, Any] = {}
    if row.language not in dict(settings.LANGUAGES):
        errors["language"] = _("Choose one of the languages.")
    if row.audience is not None and row.audience.is_ended:
        errors["audience"] = _("This audience has ended.")
    if fault := _reference_fault(row.cites, CITABLE):
        errors["cites"] = fault
    if fault := _reference_fault(row.occasion, [name for name, _plug in occasions.items()]):
        errors["occasion"] = fault
    for field in ("name", "subject", "preview"):
        if "\x00" in getattr(row, field):
            errors[field] = _("It contains a character that cannot be stored.")
    try:
        row.clean_fields(exclude={field.name for field in Campaign._meta.fields} - set(FIELDS))
    except ValidationError as no:
        errors = {**no.error_dict, **errors}
    if errors:
        raise ValidationError(errors)


def _reference_fault(text: str, allowed: Any) -> str:
    if not text:
        return ""
    try:
        kind = Ref.parse(text).kind
    except ValueError:
        kind = ""
    return "" if kind in allowed else _("This cannot be chosen here.")


def make_campaign(
    *, name: str, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any
) -> Campaign:
    """A new draft; `values` are some of FIELDS. Within a `change_set` it is noted there, without a sentence of its own.

    Raises ValidationError by field.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A campaign has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    account = by if getattr(by, "pk", None) else None
    values.setdefault("language", installation().default_language)
    row = Campaign(
        name=name,
        by=account,
        changed_by=account,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
        **values,
    )
    checked(row)
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="campaigns.made", about=[row])
        else:
            change = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(KIND, [row.pk])
    return row


def opened(campaign: Campaign) -> Campaign:
    """The row, locked, when it may still be changed. In the caller's transaction. Raises ValidationError."""
    row = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("audience", "purpose")
        .get(pk=campaign.pk)
    )
    if not row.is_open:
        raise ValidationError(
            _("It has gone already, or was cancelled: nothing can be changed any more. Make a copy.")
        )
    return row


def changed(row: Campaign, fields: list[str], by: Any) -> None:
    """Save; what was approved is no longer, for nobody approved it as it is now."""
    if row.state != Campaign.State.DRAFT:
        row.state = Campaign.State.DRAFT
        row.approved_by, row.approved_at = None, None
        record(by=by, verb="campaigns.draft_again", about=[row])
    row.changed_by, row.updated_at = by if getattr(by, "pk", None) else None, timezone.now()
    row.save(update_fields=[*fields, "state", "approved_by", "approved_at", "changed_by", "updated_at"])


@transaction.atomic
def change_campaign(campaign: Campaign, *, by: Any, **values: Any) -> Campaign:
    """Set the given fields (of FIELDS). An approval is taken back by it, except by another time. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A campaign has no field {', '.join(sorted(unknown))}.")
    row = opened(campaign)
    before = {name: getattr(row, name) for name in FIELDS}
    for name, value in values.items():
        setattr(row, name, value)
    checked(row)
    differ = [name for name in FIELDS if before[name] != getattr(row, name)]
    if not differ:
        return row
    told = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
    if differ == ["send_at"]:
        row.updated_at = timezone.now()
        row.save(update_fields=["send_at", "updated_at"])
    else:
        changed(row, [*differ, "name_folded"], by)
    record(by=by, verb="campaigns.changed", about=[row], changes=told)
    search.index(KIND, [row.pk])
    return row


def _told(value: Any) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


@transaction.atomic
def copy_campaign(campaign: Campaign, *, by: Any) -> Campaign:
    """A draft that says the same to the same audience."""
    values = {name: getattr(campaign, name) for name in FIELDS if name not in {"name", "send_at"}}
    if campaign.audience is not None and campaign.audience.is_ended:
        values["audience"] = None
    name = _("Copy of %(name)s") % {"name": campaign.name}
    row = make_campaign(name=name[:120], by=by, **values)
    row.blocks = list(campaign.blocks)
    row.texts = dict(campaign.texts)
    row.save(update_fields=["blocks", "texts"])
    return row


@transaction.atomic
def remove_campaign(campaign: Campaign, *, by: Any) -> None:
    """Take away one that never went. Raises ValidationError when it did."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if row.started_at is not None:
        raise ValidationError(_("It went to people, and that record stays."))
    key = row.pk
    record(by=by, verb="campaigns.removed", about=[row], details={"name": row.name})
    row.delete()
    search.remove(KIND, [key])
