"""What tags plug into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.ui import sockets as ui

from .models import Tag
from .policies import may_see, may_tag
from .services.undo import undo_taggings

sentences.plug("tags.created", Sentence(_("{who} made the tag {what}"), icon="tag"))
sentences.plug("tags.added", Sentence(_("{who} tagged {what}: {names}"), icon="tag"))
sentences.plug("tags.taken_off", Sentence(_("{who} took tags off {what}: {names}"), icon="tag"))
sentences.plug("tags.renamed", Sentence(_("{who} renamed the tag {before} to {name}"), icon="tag"))
sentences.plug("tags.changed", Sentence(_("{who} described the tag {what}"), icon="tag"))
sentences.plug("tags.merged", Sentence(_("{who} merged the tag {name} into {into}"), icon="tags"))
sentences.plug("tags.removed", Sentence(_("{who} removed the tag {name}"), icon="tag"))
undoers.plug("tags.tagging", undo_taggings)


def _titles(keys: Sequence[int]) -> Mapping[int, str]:
    return dict(Tag.objects.filter(pk__in=keys).values_list("pk", "name"))


def _url(key: int) -> str:
    tag = Tag.objects.filter(pk=key).first()
    return reverse("tags:show", args=[tag.uuid]) if tag else reverse("tags:index")


def _urls(keys: Sequence[int]) -> Mapping[int, str]:
    rows = Tag.objects.filter(pk__in=keys).values_list("pk", "uuid")
    return {key: reverse("tags:show", args=[uuid]) for key, uuid in rows}


ui.kinds.plug("tags.tag", ui.Described(_("tag"), _titles, _url, may_see, "tag", _urls))
ui.navigation.plug(
    "tags", ui.NavigationItem(_("Tags"), "tags:index", "settings", may_see, icon="tags"), order=300
)
ui.actions.plug(
    "tags.create", ui.Action(_("New tag"), "tags:create", may_tag, icon="tag", keywords=_("label"))
)
