"""A story as something messages for the networks are drafted from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.what.social.sockets import Drafted, Origin

from . import facing, selectors

OFFERED = 60


def _choices() -> Sequence[tuple[int, str]]:
    rows = selectors.public_stories(timezone.localdate())[:OFFERED]
    return [(row.pk, row.title) for row in rows]


def _drafted(key: int, language: str) -> Drafted | None:
    row = selectors.live(timezone.localdate()).filter(pk=key).first()
    if row is None:
        return None
    title, words = facing.short(row, language)
    return Drafted(
        title, f"{title}\n\n{words}", facing.absolute(row.public_path), row.told(language)["language"]
    )


def _hindrances(refs: Collection[Ref]) -> Mapping[Ref, str]:
    rows = selectors.live(timezone.localdate()).filter(pk__in=[ref.id for ref in refs])
    public = set(rows.values_list("pk", flat=True))
    why = _("The story is not public, or no longer: nothing may be posted about it.")
    return {ref: why for ref in refs if ref.id not in public}


ORIGIN = Origin(gettext_lazy("Stories"), _choices, _drafted, _hindrances)
