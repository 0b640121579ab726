"""What has to hold before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..documents import OrganisationDocument
from ..models import Identifier, Organisation


def identifiers_are_free(documents: Sequence[OrganisationDocument]) -> None:
    """Raise ValidationError when an identifier belongs to another organisation, or stands twice in the batch."""
    wanted: dict[tuple[str, str], int] = {}
    kept_by: dict[int, set[tuple[str, str]]] = {}
    for place, document in enumerate(documents):
        for part in document.identifiers:
            if (part.scheme, part.value) in wanted:
                raise _taken(part.scheme, part.value, document.name)
            wanted[part.scheme, part.value] = place
        if document.key is not None:
            kept_by[document.key] = {(part.scheme, part.value) for part in document.identifiers}
    if not wanted:
        return
    there = Identifier.objects.filter(value__in={value for _, value in wanted})
    for scheme, value, owner in there.values_list("scheme", "value", "organisation_id"):
        place_wanting = wanted.get((scheme, value))
        if place_wanting is None or documents[place_wanting].key == owner:
            continue
        if owner in kept_by and (scheme, value) not in kept_by[owner]:
            continue  # its owner gives it up in the same batch
        name = Organisation.objects.filter(pk=owner).values_list("name", flat=True).first()
        raise _taken(scheme, value, str(name))


def _taken(scheme: str, value: str, name: str) -> ValidationError:
    return ValidationError(
        {
            "identifiers": _("%(scheme)s %(value)s belongs to %(name)s already.")
            % {"scheme": scheme, "value": value, "name": name}
        }
    )


def parents_make_a_tree(moved: Mapping[int, int | None]) -> None:
    """Raise ValidationError when hanging these organisations (key -> new parent) elsewhere would close a circle.

    The rows passed on the way up are locked, so that two moves at once cannot close one together.
    """
    above: dict[int, int | None] = dict(moved)
    asked = {parent for parent in moved.values() if parent is not None and parent not in above}
    while asked:
        rows = Organisation.objects.filter(pk__in=asked).order_by("pk").select_for_update()
        found = dict(rows.values_list("pk", "parent_id"))
        if missing := asked - set(found):
            raise ValidationError(
                {"parent": _("There is no organisation with the key %(key)d.") % {"key": min(missing)}}
            )
        above.update(found)
        asked = {parent for parent in found.values() if parent is not None and parent not in above}
    for start in moved:
        seen = {start}
        at = above[start]
        while at is not None:
            if at in seen:
                raise ValidationError(
                    {"parent": _("An organisation cannot be a branch of itself or of one of its branches.")}
                )
            seen.add(at)
            at = above[at]
