"""What files plug into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.ui import sockets as ui

from . import jobs
from .models import File
from .policies import may_see
from .services import restore_subjects

sentences.plug("files.added", Sentence(_("{who} added the file {name}"), icon="paperclip"))
sentences.plug("files.changed", Sentence(_("{who} changed the file {name}"), icon="paperclip"))
sentences.plug("files.removed", Sentence(_("{who} removed the file {name}"), icon="trash"))
sentences.plug("files.added_private", Sentence(_("{who} added a private file"), icon="lock"))
sentences.plug("files.changed_private", Sentence(_("{who} changed a private file"), icon="lock"))
sentences.plug("files.removed_private", Sentence(_("{who} removed a private file"), icon="trash"))
undoers.plug("files.file", restore_subjects)
chores.plug(
    "files.sweep",
    ChorePlug(
        interval=timedelta(days=1),
        run=jobs.sweep,
        doc="Removes uploads older than a day that no record knows.",
    ),
)


def _titles(keys: Sequence[int]) -> Mapping[int, str]:
    return dict(File.objects.filter(pk__in=keys, visibility=File.Visibility.TEAM).values_list("pk", "name"))


def _url(key: int) -> str:
    file = File.objects.filter(pk=key).first()
    return reverse("files:show", args=[file.uuid]) if file else "/"


def _urls(keys: Sequence[int]) -> Mapping[int, str]:
    rows = File.objects.filter(pk__in=keys).values_list("pk", "uuid")
    return {key: reverse("files:show", args=[uuid]) for key, uuid in rows}


ui.kinds.plug("files.file", ui.Described(_("file"), _titles, _url, may_see, "paperclip", _urls))
