"""People as address cards, to carry them into phones and mail programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from barnraise.foundation import vcards
from barnraise.plumbing.ui.pages import page
from barnraise.who.organisations import selectors as organisations

from . import policies, selectors
from .cards import card_of
from .models import Person

TYPE = "text/vcard; charset=utf-8"


def octets(people: Sequence[Person]) -> Iterator[bytes]:
    """Their cards, in order."""
    said = selectors.documents([person.pk for person in people])
    keys = sorted({post.organisation for one in said.values() for post in one.roles})
    names = organisations.titles(keys) if keys else {}
    today = timezone.localdate()
    for person in people:
        if person.pk in said:
            yield vcards.written(card_of(said[person.pk], uid=str(person.uuid), names=names, today=today))


@page(policies.may_see, of=selectors.one)
def card(request: HttpRequest, person: Person) -> HttpResponse:
    """The card of one person, as a file."""
    name = slugify(person.display_name) or "person"
    answer = HttpResponse(b"".join(octets([person])), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    return answer
