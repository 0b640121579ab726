"""Files of removed interactions go when the removal can no longer be undone."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from barnraise.plumbing.files import services as files
from barnraise.plumbing.files.models import File
from barnraise.plumbing.journal.models import Change

from ..models import Interaction
from ..selectors import KIND

AT_ONCE = 1000


def sweep_files() -> int:
    """Remove the files about interactions that are gone and that no change set keeps; how many went."""
    gone = (
        File.objects.filter(kind=KIND)
        .exclude(Exists(Interaction.objects.filter(pk=OuterRef("key"))))
        .exclude(Exists(Change.objects.filter(kind=KIND, key=OuterRef("key"))))
    )
    keys = {key for key in gone.values_list("key", flat=True)[:AT_ONCE] if key is not None}
    return files.forget(kind=KIND, keys=keys)
