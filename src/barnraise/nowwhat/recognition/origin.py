"""A milestone as something messages for the networks are drafted from."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from barnraise.what.social.sockets import Drafted, Origin

from . import selectors
from .models import Milestone
from .wording import told

OFFERED = 30


def _choices() -> Sequence[tuple[int, str]]:
    rows = selectors.new_milestones(timezone.localdate(), most=OFFERED)
    return [(row.pk, str(row)) for row in rows]


def _drafted(key: int, language: str) -> Drafted | None:
    row = Milestone.objects.select_related("mark").filter(pk=key).first()
    if row is None:
        return None
    with override(language):
        title, words = told(row)
    return Drafted(title, words, "", language)


ORIGIN = Origin(gettext_lazy("Milestones reached"), _choices, _drafted)
