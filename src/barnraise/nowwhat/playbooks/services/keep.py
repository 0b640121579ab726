"""Make a playbook from a goal or project, take one in from a file, change what stands on its cover, retire it, take it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_away
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import Fault, refuse, text_faults

from ..contacts import without_contacts
from ..document import digest_of, faults_of, parsed
from ..models import Playbook
from ..selectors import KIND, document_of

MOST = {"title": 200, "about": 4000, "note": 2000}
SHOWN_FAULTS = 20


def make(
    row: Any, *, by: Any, title: str, about: str = "", note: str = "", is_sample: bool = False
) -> Playbook:
    """A playbook of a goal or a project (a row of either), without people, organisations and amounts; addresses and telephones in its
    texts are taken out. Raises ValidationError by field, also when the same playbook is here already; then nothing is written."""
    title, about, note = squeeze(without_contacts(title)), without_contacts(about.strip()), note.strip()
    refuse(_cover_faults(title, about, note))
    document = document_of(row, title=title, about=about)
    if found := faults_of(document):
        raise ValidationError({"title": [f"{one.where}: {one.reason}" for one in found[:SHOWN_FAULTS]]})
    now = timezone.now()
    made = _filled(document, way=Playbook.Way.MADE.value, note=note, at=now, is_sample=is_sample)
    made.source = str(Ref.to(row))
    return _kept(made, by=by, verb="playbooks.made", about=[row])


def take_in(content: bytes, *, by: Any, file_name: str = "", note: str = "") -> Playbook:
    """A playbook from the bytes of its file. Raises ValidationError with every fault, naming the place and the mend ("file"), also when
    it is here already; then nothing is written."""
    document, found = parsed(content)
    if found:
        raise ValidationError(
            {
                "file": [
                    f"{one.where}: {one.reason}" if one.where else one.reason for one in found[:SHOWN_FAULTS]
                ]
            }
        )
    refuse(text_faults(MOST, note=note.strip()))
    now = timezone.now()
    row = _filled(document, way=Playbook.Way.TAKEN_IN.value, note=note.strip(), at=now)
    row.file_name = file_name.replace("\x00", "")[:200]
    return _kept(row, by=by, verb="playbooks.taken_in", about=[])


def _cover_faults(title: str, about: str, note: str) -> list[Fault]:
    found = text_faults(MOST, title=title, about=about, note=note)
    if not title:
        found.append(("title", _("Give it a title.")))
    return found


def _filled(document: Any, *, way: str, note: str, at: datetime, is_sample: bool = False) -> Playbook:
    return Playbook(
        title=squeeze(document["title"]),
        title_folded=fold(document["title"])[:200],
        about=document["about"],
        note=note,
        way=way,
        document=document,
        digest=digest_of(document),
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )


def _kept(row: Playbook, *, by: Any, verb: str, about: list[Any]) -> Playbook:
    with transaction.atomic():
        there = Playbook.objects.filter(digest=row.digest).first()
        if there is not None:
            said = _("This playbook is here already: %(title)s.") % {"title": there.title}
            raise ValidationError({"file" if row.way == Playbook.Way.TAKEN_IN else "title": [said]})
        row.save(force_insert=True)
        record(by=by, verb=verb, about=[row, *about])
        search.index(KIND, [row.pk])
    return row


def change_playbook(
    playbook: Playbook,
    *,
    by: Any,
    title: str | None = None,
    about: str | None = None,
    note: str | None = None,
) -> Playbook:
    """Set title, what it is about, or our note; title and about stand in the file. Raises ValidationError by field."""
    with transaction.atomic():
        row = Playbook.objects.select_for_update().get(pk=playbook.pk)
        before = (row.title, row.about, row.note)
        row.title = squeeze(without_contacts(title)) if title is not None else row.title
        row.about = without_contacts(about.strip()) if about is not None else row.about
        row.note = note.strip() if note is not None else row.note
        refuse(_cover_faults(row.title, row.about, row.note))
        if (row.title, row.about, row.note) == before:
            return row
        row.title_folded = fold(row.title)[:200]
        row.document = {**row.document, "title": row.title, "about": row.about}
        row.digest = digest_of(row.document)
        if Playbook.objects.filter(digest=row.digest).exclude(pk=row.pk).exists():
            raise ValidationError({"title": [_("This playbook is here already.")]})
        row.updated_at = timezone.now()
        row.save(update_fields=["title", "title_folded", "about", "note", "document", "digest", "updated_at"])
        record(by=by, verb="playbooks.changed", about=[row])
        search.index(KIND, [row.pk])
    return row


def retire(playbook: Playbook, *, by: Any, note: str) -> Playbook:
    """Nobody should install it any more, for a reason. Raises ValidationError by field, also when it is retired."""
    note = note.strip()
    found = text_faults({"note": 300}, note=note)
    if not note:
        found.append(("note", _("Say why: whoever finds it will want to know.")))
    refuse(found)
    with transaction.atomic():
        row = Playbook.objects.select_for_update().get(pk=playbook.pk)
        if row.retired_on is not None:
            raise ValidationError(_("It is retired already."))
        _retired(row, note)
        record(by=by, verb="playbooks.retired", about=[row], details={"reason": note})
    return row


def take_up(playbook: Playbook, *, by: Any) -> Playbook:
    """It may be installed again. Raises ValidationError when it is not retired."""
    with transaction.atomic():
        row = Playbook.objects.select_for_update().get(pk=playbook.pk)
        if row.retired_on is None:
            raise ValidationError(_("It is not retired."))
        _retired(row, "")
        record(by=by, verb="playbooks.taken_up", about=[row])
    return row


def _retired(row: Playbook, note: str) -> None:
    now = timezone.now()
    row.retired_on, row.retired_note, row.updated_at = (timezone.localdate(now) if note else None), note, now
    row.save(update_fields=["retired_on", "retired_note", "updated_at"])


def remove_playbook(playbook: Playbook, *, by: Any) -> ChangeSet:
    """Take away one that was never installed; an undo brings it back. Raises ValidationError for any other: retire it."""
    with transaction.atomic():
        row = Playbook.objects.select_for_update().get(pk=playbook.pk)
        if row.installations.exists():
            raise ValidationError(
                _("It was installed here. Retire it instead: what came of it stays connected.")
            )
        done = take_away(row, by=by, verb="playbooks.removed", about=[], details={"title": row.title})
        files.forget(kind=KIND, keys=[playbook.pk])
        search.remove(KIND, [playbook.pk])
    return done


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's playbooks go. How many."""
    keys = list(Playbook.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        files.forget(kind=KIND, keys=keys)
        search.remove(KIND, keys)
        Playbook.objects.filter(pk__in=keys).delete()
        record(by=by, verb="playbooks.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
