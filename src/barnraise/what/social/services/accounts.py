"""Keep the accounts at networks, and their secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, is_as_it_came, record, reset_row
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST, account_faults
from ..models import SocialAccount, Variant
from ..secrets_kept import closed
from ..sockets import Access, Away, No, networks

FIELDS = ("name", "address", "server")


def add_account(*, by: Any, network: str, name: str, address: str = "", server: str = "") -> SocialAccount:
    """A new account, not connected. Raises ValidationError by field; then nothing is written."""
    now = timezone.now()
    row = SocialAccount(
        network=network,
        name=squeeze(name),
        address=address.strip(),
        server=server.strip().rstrip("/"),
        created_at=now,
        updated_at=now,
    )
    refuse(account_faults(row))
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="social.account_added", about=[row])
    return row


def change_account(account: SocialAccount, *, by: Any, **values: Any) -> SocialAccount:
    """Set the given fields (of FIELDS). Another server forgets the secret: it was meant for the old one.

    Raises ValidationError by field; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An account has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = _locked(account)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, squeeze(value).rstrip("/") if name == "server" else squeeze(value))
        refuse(account_faults(row))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            if "server" in differ:
                row.kept_secret, row.checked_at = "", None
            row.updated_at = timezone.now()
            row.save(update_fields=[*differ, "kept_secret", "checked_at", "updated_at"])
            record(by=by, verb="social.account_changed", about=[row])
    return row


def _locked(account: SocialAccount) -> SocialAccount:
    row = SocialAccount.objects.select_for_update().get(pk=account.pk)
    if row.ended_at is not None:
        raise ValidationError(_("This account has ended."))
    return row


def connect_account(account: SocialAccount, *, by: Any, secret: str) -> SocialAccount:
    """Give it its token, after the network said whose it is; outside of any transaction until it answered.

    Raises ValidationError by field when the network does not take it or does not answer; then nothing is kept. The token is
    shown to nobody again.
    """
    secret = secret.strip()
    found = text_faults(MOST, secret=secret)
    network = networks.find(account.network)
    if network is None or network.client is None:
        raise ValidationError(_("We cannot post there by ourselves: post it by hand and paste its address."))
    if not secret:
        found.append(("secret", _("Paste the token that the network gave you.")))
    refuse(found)
    try:
        _whose, address = network.client.whose(Access(account.server, secret))
    except (No, Away) as no:
        raise ValidationError({"secret": str(no)}) from None
    with transaction.atomic():
        row = _locked(account)
        if row.server != account.server:
            raise ValidationError(_("Its server was changed meanwhile. Try again."))
        row.kept_secret, row.checked_at = closed(secret), timezone.now()
        row.address, row.updated_at = row.address or address[:300], timezone.now()
        row.save(update_fields=["kept_secret", "checked_at", "address", "updated_at"])
        record(by=by, verb="social.connected", about=[row])
    return row


def end_account(account: SocialAccount, *, by: Any) -> SocialAccount:
    """Nothing is posted there any more, and its secret is forgotten. What was posted stays noted."""
    with transaction.atomic():
        row = _locked(account)
        row.kept_secret, row.ended_at, row.updated_at = "", timezone.now(), timezone.now()
        row.save(update_fields=["kept_secret", "ended_at", "updated_at"])
        record(by=by, verb="social.account_ended", about=[row])
    return row


def write_accounts(given: Sequence[Mapping[str, Any]], *, at: datetime) -> list[SocialAccount]:
    """Add these, checked already, without a sentence, in the caller's transaction; one with "is_ended" has ended."""
    return SocialAccount.objects.bulk_create(
        SocialAccount(**_as_kept(one, at), created_at=at, updated_at=at) for one in given
    )


def amend_accounts(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    Tokens are forgotten where the account ends or has another server. The changes keep none: no undo brings one back.
    """
    told = [(key, _as_kept(values, at)) for key, values in given]
    found = amend(SocialAccount, told, at=at, still=lambda row, _values: row.ended_at is None)
    _forget([one.key for one in found if {"server", "ended_at"} & (one.after or {}).keys()])
    return found


def _as_kept(values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    out = {name: value for name, value in values.items() if name != "is_ended"}
    return {**out, "ended_at": at} if values.get("is_ended") else out


def _forget(keys: Sequence[int]) -> None:
    SocialAccount.objects.filter(pk__in=list(keys)).update(kept_secret="", checked_at=None)


@transaction.atomic
def restore_accounts(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo accounts that a file brought, changed or ended; those changed since, or that something was posted to, are kept.

    A token that was forgotten stays forgotten: it is given again on the account's page.
    """
    kept: dict[int, str] = {}
    for change in changes:
        row = SocialAccount.objects.filter(pk=change.key).first()
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            elif "server" in (change.before or {}):
                _forget([change.key])
        elif row is not None and not is_as_it_came(row):
            kept[change.key] = "touched"
        elif row is not None and Variant.objects.filter(account=row).exists():
            kept[change.key] = "in_use"
        elif row is not None:
            row.delete()
    return kept
