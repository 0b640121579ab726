"""What has to hold before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..custom import read_all
from ..documents import PersonDocument
from ..models import Person, PersonIdentifier
from ..selectors import custom_fields


def refuse_what_is_taken(documents: Sequence[PersonDocument]) -> None:
    """Raise ValidationError when an identifier or account belongs to another person, or stands twice in the batch."""
    _identifiers(documents)
    _accounts(documents)


def _identifiers(documents: Sequence[PersonDocument]) -> None:
    wanted: dict[tuple[str, str], PersonDocument] = {}
    kept_by: dict[int, set[tuple[str, str]]] = {}
    for document in documents:
        for part in document.identifiers:
            if (part.scheme, part.value) in wanted:
                raise _taken(part.scheme, part.value, document.display_name)
            wanted[part.scheme, part.value] = document
        if document.key is not None:
            kept_by[document.key] = {(part.scheme, part.value) for part in document.identifiers}
    if not wanted:
        return
    there = PersonIdentifier.objects.filter(value__in={value for _scheme, value in wanted})
    for scheme, value, owner in there.values_list("scheme", "value", "person_id"):
        asking = wanted.get((scheme, value))
        if asking is None or asking.key == owner:
            continue
        if owner in kept_by and (scheme, value) not in kept_by[owner]:
            continue  # its owner gives it up in the same batch
        name = Person.objects.filter(pk=owner).values_list("display_name", flat=True).first()
        raise _taken(scheme, value, str(name))


def _taken(scheme: str, value: str, name: str) -> ValidationError:
    return ValidationError(
        {
            "identifiers": _("%(scheme)s %(value)s belongs to %(name)s already.")
            % {"scheme": scheme, "value": value, "name": name}
        }
    )


def _accounts(documents: Sequence[PersonDocument]) -> None:
    wanted = {document.account: document for document in documents if document.account is not None}
    if not wanted:
        return
    given_up = {document.key for document in documents}
    for person in Person.objects.filter(account_id__in=list(wanted)):
        asking = wanted.get(person.account_id or 0)
        if asking is not None and asking.key != person.pk and person.pk not in given_up:
            raise ValidationError(
                {"account": _("This account belongs to %(name)s already.") % {"name": person.display_name}}
            )


def custom_values(document: PersonDocument) -> tuple[tuple[str, object], ...]:
    """The custom values in their normal form. Raises ValidationError on `custom`."""
    if not document.custom:
        return ()
    try:
        return tuple(sorted(read_all(custom_fields(), dict(document.custom)).items()))
    except ValidationError as no:
        raise ValidationError({"custom": no.messages}) from None
