"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search import services as search
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import policies, selectors
from . import sample as town
from .models import Playbook
from .selectors import INSTALLATION, KIND, SOURCES
from .services import take_back


def _address(key: int) -> str:
    return reverse("playbooks:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in Playbook.objects.filter(pk__in=list(keys)):
        lessons = "\n".join(row.document["lessons"])
        yield Document(row.pk, row.title, f"{row.about}\n{row.note}\n{lessons}".strip(), visibility="team")


def _make(ref: Ref) -> str:
    return f"{reverse('playbooks:make')}?from={ref}"


ui.navigation.plug(
    "playbooks",
    ui.NavigationItem(_("Playbooks"), "playbooks:list", "nowwhat", policies.may_see, "book"),
    order=50,
)
ui.actions.plug(
    "playbooks.take_in",
    ui.Action(
        _("Take a playbook in"),
        "playbooks:take_in",
        policies.may_edit,
        "book",
        _("playbook template install share"),
    ),
)
ui.kinds.plug(KIND, ui.Described(_("playbook"), selectors.titles, _address, policies.may_see, "book"))
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream, downstream=selectors.downstream))
for _kind in SOURCES:
    ui.threads.plug(
        f"{_kind}@playbooks", ui.Thread(upstream=selectors.came_from, downstream=selectors.made_from)
    )
    ui.starts.plug(
        f"{_kind}@playbooks", ui.Start(_("Make a playbook of it"), _make, policies.may_edit), order=90
    )
documents.plug(KIND, Documents(_("Playbooks"), _documents, policies.may_see))
undoers.plug(KIND, search.bring_back)
undoers.plug(INSTALLATION, take_back)
ui.sample.plug("playbooks", ui.SamplePart(town.load, town.remove), order=95)

for _verb, _text in {
    "made": _("{who} made the playbook {what}"),
    "taken_in": _("{who} took the playbook {what} in"),
    "changed": _("{who} changed the playbook {what}"),
    "retired": _("{who} retired the playbook {what}: {reason}"),
    "taken_up": _("{who} takes the playbook {what} up again"),
    "removed": _("{who} removed the playbook {title}"),
    "installed": _("{who} installed the playbook {what}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} playbook of the sample town",
        "{who} added {count} playbooks of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} playbook of the sample town",
        "{who} removed {count} playbooks of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"playbooks.{_verb}", Sentence(_text, icon="book"))
