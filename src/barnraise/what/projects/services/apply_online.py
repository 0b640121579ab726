"""Somebody applies on the page of an opening."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from ..models import Opening, Placement
from ..selectors import PLACEMENT
from .placements import LIVE


def apply_online(opening: Opening, *, name: str, email: str, said: str = "", language: str = "") -> Placement:
    """They want to take it, and are told by mail that it arrived. Nobody is added to the directory by it.

    Whoever has name and address of one person of the directory is that person. Raises ValidationError by field: the opening takes
    nobody any more, or they have applied; then nothing is written.
    """
    now = timezone.now()
    name, email, said = squeeze(name), email.strip().casefold(), said.strip().replace("\x00", "")
    if not name or "\x00" in name:
        raise ValidationError({"name": _("Write the name.")})
    with transaction.atomic():
        row = Opening.objects.select_for_update(of=("self",)).select_related("project").get(pk=opening.pk)
        if not row.is_public or not row.takes_applications(timezone.localdate(now)):
            raise ValidationError(_("This opening is closed."))
        person = _known(name, email)
        there = Placement.objects.filter(opening=row, state__in=LIVE)
        same = [one for one in there.filter(email=email) if fold(one.name) == fold(name)]
        if same or (person is not None and there.filter(person_id=person).exists()):
            raise ValidationError({"email": _("You have applied already. We will write to you.")})
        made = Placement.objects.create(
            opening=row,
            person_id=person,
            name="" if person else name,
            email="" if person else email,
            said=said,
            language=language[:10],
            applied_on=timezone.localdate(now),
            created_at=now,
            updated_at=now,
        )
        about = [row.project, *([Ref("people", "person", person)] if person else [])]
        search.index(PLACEMENT, [made.pk])
        record(by=None, verb="projects.applied_online", about=about, details={"name": row.name})
        _confirm(made, email, name)
    return made


def _known(name: str, email: str) -> int | None:
    keys = people.by_addresses([email]).get(email, [])
    same = Person.objects.filter(pk__in=keys, name_folded=fold(name)[:200]).values_list("pk", flat=True)[:2]
    return same[0] if len(same) == 1 else None


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")


def _confirm(row: Placement, email: str, name: str) -> None:
    """Tell them that it arrived. An address that nothing is sent to keeps nobody from applying."""
    house = installation()
    language = row.language or house.default_language
    with override(language):
        subject = _("We have your application: %(role)s") % {"role": row.opening.name}
        told = _("Thank you for applying. We read it and write to you.")
    lines = [told, "", row.opening.name, row.opening.project.name, "", house.network_name]
    letter = Letter(
        email,
        name,
        recipient=f"people.person:{row.person_id}" if row.person_id else "",
        language=language,
    )
    try:
        with transaction.atomic():
            queue(
                letter,
                subject=_plain(subject)[:200],
                text=_plain("\n".join(lines)),
                by=None,
                about=Ref.to(row),
            )
    except ValidationError:
        return
