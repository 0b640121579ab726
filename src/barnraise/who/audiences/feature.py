"""What this room plugs into the house, and the criteria it plugs into itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import policies, selectors
from . import sample as town
from .criteria import CRITERIA
from .intake import Audiences
from .models import Audience
from .selectors import KIND
from .services import restore
from .sockets import criteria


def _address(key: int) -> str:
    return reverse("audiences:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Audience.objects.filter(pk__in=list(keys))
    return (Document(row.pk, row.name, row.about, visibility="team") for row in rows)


def _upstream(ref: Ref) -> list[Ref]:
    """What its people are usually written to for."""
    key = Audience.objects.filter(pk=ref.id).values_list("purpose_id", flat=True).first()
    return [Ref("consent", "purpose", key)] if key else []


def _audiences_of_purpose(ref: Ref) -> list[Ref]:
    keys = (
        Audience.objects.filter(purpose_id=ref.id).order_by("name_folded", "pk").values_list("pk", flat=True)
    )
    return [Ref("audiences", "audience", key) for key in keys[:50]]


for _at, (_name, _criterion) in enumerate(CRITERIA.items()):
    criteria.plug(_name, _criterion, order=10 + _at)
ui.navigation.plug(
    "audiences",
    ui.NavigationItem(_("Audiences"), "audiences:list", "who", policies.may_see, "users-group"),
    order=26,
)
ui.actions.plug(
    "audiences.make",
    ui.Action(
        _("Make an audience"),
        "audiences:make",
        policies.may_edit,
        "users-group",
        _("segment mailing list group rules"),
    ),
)
ui.kinds.plug(KIND, ui.Described(_("audience"), selectors.titles, _address, policies.may_see, "users-group"))
ui.threads.plug(KIND, ui.Thread(upstream=_upstream))
ui.threads.plug("consent.purpose@audiences", ui.Thread(downstream=_audiences_of_purpose))
documents.plug(KIND, Documents(_("Audiences"), _documents, policies.may_see))
nouns.plug("audiences", Audiences())
undoers.plug(KIND, restore)
ui.sample.plug("audiences", ui.SamplePart(town.load, town.remove), order=48)

for _verb, _text in {
    "made": _("{who} made the audience {what}"),
    "changed": _("{who} changed the audience {what}"),
    "ruled": _("{who} changed the rules of the audience {what}"),
    "ended": _("{who} ended the audience {what}"),
    "reopened": _("{who} uses the audience {what} again"),
    "removed": _("{who} removed the audience {name}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} audience of the sample town",
        "{who} added {count} audiences of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} audience of the sample town",
        "{who} removed {count} audiences of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"audiences.{_verb}", Sentence(_text, icon="users-group"))
