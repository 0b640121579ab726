"""Give a community the codes that registers know it by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..identifiers import IdentifierError, Pair, normalise, scheme_label
from ..models import Community, Identifier
from ..selectors import KIND


def checked(pairs: Iterable[Pair], *, of: Community | None = None) -> list[Pair]:
    """These identifiers in normal form, each once. Raises ValidationError at `identifiers`: of a bad one, and of one
    that another community than `of` has."""
    try:
        found = list(dict.fromkeys(normalise(scheme, value) for scheme, value in pairs))
    except IdentifierError as no:
        raise ValidationError({"identifiers": str(no.reason)}) from None
    taken = Identifier.objects.filter(value__in=[value for _scheme, value in found]).select_related(
        "community"
    )
    for one in taken:
        if (one.scheme, one.value) in found and (of is None or one.community_id != of.pk):
            words = _("%(scheme)s %(value)s is the identifier of %(community)s already.") % {
                "scheme": scheme_label(one.scheme),
                "value": one.value,
                "community": one.community.name,
            }
            raise ValidationError({"identifiers": words})
    return found


def put(row: Community, pairs: Iterable[Pair]) -> None:
    """Write exactly these identifiers of a saved community, in the caller's transaction; they must be `checked`."""
    Identifier.objects.filter(community=row).delete()
    Identifier.objects.bulk_create(
        Identifier(community=row, scheme=scheme, value=value) for scheme, value in pairs
    )


def add_identifier(community: Community, *, scheme: str, value: str, by: Any) -> None:
    """One identifier more. Raises ValidationError at `identifiers`; one it has already changes nothing."""
    with transaction.atomic():
        row = Community.objects.select_for_update(of=("self",)).defer("boundary").get(pk=community.pk)
        (pair,) = checked([(scheme, value)], of=row)
        if row.identifiers.filter(scheme=pair[0], value=pair[1]).exists():
            return
        Identifier.objects.create(community=row, scheme=pair[0], value=pair[1])
        record(
            by=by,
            verb="communities.identified",
            about=[row],
            details={"scheme": pair[0], "value": pair[1]},
        )
        search.index(KIND, [row.pk])
