"""By which address an account files its mails, and whose such an address is."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from barnraise.plumbing.accounts.models import Account

from ..models import FilingAddress
from ..policies import may_write

PREFIX = "note+"


def filing_address_of(account: Any) -> FilingAddress | None:
    """The account's filing address, None as long as it has none."""
    return FilingAddress.objects.filter(account_id=account.pk).first()


def mail_domain() -> str:
    """The domain whose mails come here; "" when the operator set none."""
    return str(settings.ENVIRONMENT.mail_domain)


def _mark(row: FilingAddress) -> bytes:
    said = f"{row.uuid.hex}:{row.epoch}"
    return salted_hmac("barnraise.interactions.filing", said, algorithm="sha256").digest()[:14]


def written_address(row: FilingAddress) -> str:
    """The whole address, lower case: mail servers change the case. "" without a domain."""
    secret = base64.b32encode(row.uuid.bytes + _mark(row)).decode().lower()
    domain = mail_domain()
    return f"{PREFIX}{secret}@{domain}" if domain else ""


def is_filing_address(address: str) -> bool:
    """Whether it looks like one of ours, also an old one."""
    local, _at, domain = address.lower().rpartition("@")
    return bool(domain) and domain == mail_domain() and local.startswith(PREFIX)


def account_of(address: str) -> Account | None:
    """The active account that this address files for, None when there is none: unknown, renewed and closed look alike."""
    if not is_filing_address(address):
        return None
    secret = address.lower().rpartition("@")[0].removeprefix(PREFIX)
    try:
        octets = base64.b32decode(secret.upper())
    except (binascii.Error, ValueError):
        return None
    if len(octets) != 30:
        return None
    row = FilingAddress.objects.select_related("account").filter(uuid=UUID(bytes=octets[:16])).first()
    if row is None or not hmac.compare_digest(_mark(row), octets[16:]):
        return None
    return row.account if row.account.is_active and may_write(row.account) else None


def account_by_sender(address: str) -> Account | None:
    """The active account of the team that logs in with this address and may record."""
    row = Account.objects.filter(email__iexact=address, is_active=True).first()
    return row if row is not None and may_write(row) else None
