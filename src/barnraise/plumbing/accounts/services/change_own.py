"""What people set about themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record

from ..models import Account
from ..policies import require_self_or_admin


def change_own(*, account: Account, name: str, language: str, theme: str, by: Any) -> Account:
    """Set name, language ("" the browser's) and appearance. Raises Refused, or ValidationError keyed by field."""
    require_self_or_admin(by, account)
    after = {"name": squeeze(name)[:150], "language": language, "theme": theme}
    if language and language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Barnraise does not speak this language yet.")})
    if theme not in Account.Themes.values:
        raise ValidationError({"theme": _("The appearance is auto, light or dark.")})
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        changes = {
            field: (getattr(row, field), value)
            for field, value in after.items()
            if getattr(row, field) != value
        }
        if not changes:
            return row
        for field, value in after.items():
            setattr(row, field, value)
        row.save(update_fields=[*after, "updated_at"])
        record(by=by, verb="accounts.changed", about=[row], changes=changes)
    return row
