"""Contributions as imports see them: what was given to a project.

    {"project": "Kitchens", "from": "Mill Bakery", "kind": "goods", "on": "2026-04-09", "what": "Bread", "quantity": "40", "unit": "loaf",
     "unit_value": "3.50", "technique": "price", "recognised": "", "hours": null, "note": ""}

Whoever gave is somebody of the directory, by name, number or address; nobody is added to it. A gift is told by who gave what kind of
thing on which day, and what it was; the rest of a row changes the one that this file brought. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, plain, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from . import faults, services
from .intake_parts import PROJECT_FIELD
from .models import Contribution, Project
from .reading import minor, no_project, projects_of, whole
from .selectors import CONTRIBUTION

NOBODY = gettext_noop(
    "There is no organisation and no person “%(said)s”, or there are several. Write a number or an address."
)

GIVEN_TEXTS = {"project": 200, "from": 300, "what": 200, "unit": 40, "note": 500}
GIVEN_NUMBERS = ("quantity", "unit_value", "hours")
GIVEN_CHOICES = ("kind", "technique", "recognised")


class Contributions(AddedOnly):
    """The noun "contributions" for imports."""

    name = "contributions"
    list_url_name = "projects:contributions"
    kind = CONTRIBUTION
    only_adds = False
    finds_the_same = True
    told_by = ("project", "from", "kind", "on", "what")
    title: Any = _("Contributions")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field(
            "from",
            _("Who gave it"),
            is_required=True,
            aliases=(
                "from",
                "who",
                "giver",
                "donor",
                "organisation",
                "organization",
                "person",
                "donante",
                "de",
            ),
        ),
        Field(
            "kind",
            _("Kind"),
            "choice",
            is_required=True,
            is_shared=True,
            options=tuple(Contribution.Kind.choices),
            aliases=("kind", "type", "tipo"),
        ),
        Field(
            "on",
            _("On which day"),
            "date",
            is_required=True,
            is_shared=True,
            aliases=("date", "day", "on", "fecha"),
        ),
        Field("what", _("What"), aliases=("what", "description", "que", "descripcion")),
        Field("quantity", _("How many"), "number", aliases=("quantity", "how many", "number", "cantidad")),
        Field("unit", _("Unit"), aliases=("unit", "unidad")),
        Field(
            "unit_value",
            _("Amount, or value of one"),
            "money",
            aliases=("amount", "value", "unit value", "importe", "valor"),
        ),
        Field(
            "technique",
            _("How it was valued"),
            "choice",
            is_shared=True,
            options=tuple(Contribution.Technique.choices),
            aliases=("technique", "valued", "valoracion"),
        ),
        Field(
            "recognised",
            _("Why the service counts as money"),
            "choice",
            is_shared=True,
            options=tuple(Contribution.Recognised.choices),
            aliases=("recognised", "recognized"),
        ),
        Field("hours", _("Hours"), "number", aliases=("hours", "horas")),
        Field("note", _("Note"), aliases=("note", "nota")),
    )

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(
            values, texts=GIVEN_TEXTS, days=("on",), numbers=GIVEN_NUMBERS, choices=GIVEN_CHOICES
        )

    def source_key(self, document: Document) -> str:
        """Who gave what kind of thing on which day; gifts that are told apart by nothing of it are counted."""
        return ("~" + "|".join(fold(str(document[name])) for name in self.told_by))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same gift there is already, None, or why it cannot be taken."""
        projects = projects_of(documents)
        givers = {said: _giver(said) for said in {str(one["from"]) for one in documents}}
        found: list[int | None | Bad] = []
        for one in documents:
            project = projects.get(fold(str(one["project"]))[:200])
            values = no_project(one) if project is None else _gift(one, project, givers[str(one["from"])])
            if isinstance(values, Bad) or project is None:
                found.append(values if isinstance(values, Bad) else None)
                continue
            same = (
                Contribution.objects.filter(project=project, **_same(values))
                .values_list("pk", flat=True)
                .first()
            )
            found.append(same if same is not None else _bad_gift(one, project, values))
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        projects = projects_of(creates)
        keys = []
        for one in creates:
            project = projects[fold(str(one["project"]))[:200]]
            values = _gift(one, project, _giver(str(one["from"])))
            if isinstance(values, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            keys.append(services.add_contribution(project, **values, by=by, change_set=change_set).pk)
        rows = Contribution.objects.select_related("project").in_bulk([key for key, _one in updates])
        changed = [(key, _amended(one, rows[key].project)) for key, one in updates]
        changes = services.amend_contributions(changed, at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who, and what."""
        return [f"{one['from']}: {one['what'] or one['kind']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Contribution.objects.filter(pk__in=keys).select_related("project", "organisation", "person")
        return {
            row.pk: {
                **{name: getattr(row, name) for name in ("what", "unit", "note", *GIVEN_CHOICES)},
                **{name: plain(getattr(row, name)) for name in ("on", "quantity", "hours")},
                "unit_value": whole(row.unit_value, row.project),
                "project": row.project.name,
                "from": str(row.organisation or row.person or ""),
            }
            for row in rows
        }


def _amended(one: Document, project: Project) -> dict[str, Any]:
    """Fields of a gift that a row gives another value."""
    out = given(one, numbers=("quantity", "hours"))
    if "unit_value" in out:
        out["unit_value"] = minor(one, "unit_value", project)
    return out


def _giver(said: str) -> dict[str, Any] | None:
    """The organisation or person called so, None for nobody or several."""
    bodies, persons = organisations.named(said), people.named(said)
    if len(bodies) + len(persons) != 1:
        return None
    if bodies:
        return {"organisation": Organisation.objects.get(pk=bodies[0])}
    return {"person": Person.objects.get(pk=persons[0])}


def _gift(one: Document, project: Project, giver: Mapping[str, Any] | None) -> dict[str, Any] | Bad:
    """Arguments of `add_contribution`, or why there are none."""
    if giver is None:
        return Bad(0, "from", str(one["from"]), NOBODY, {"said": str(one["from"])[:80]})
    amount = minor(one, "unit_value", project)
    if isinstance(amount, Bad):
        return amount
    numbers = {name: Decimal(one[name]) if one[name] is not None else None for name in ("quantity", "hours")}
    plain = {name: str(one[name]) for name in ("kind", "what", "unit", "technique", "recognised", "note")}
    return {**giver, **numbers, **plain, "unit_value": amount, "on": date.fromisoformat(one["on"])}


def _same(values: Mapping[str, Any]) -> dict[str, Any]:
    names = ("organisation", "person", "kind", "on", "what", "quantity", "unit_value", "hours", "note")
    return {
        f"{name}__isnull" if values.get(name) is None else name: values.get(name)
        if values.get(name) is not None
        else True
        for name in names
    }


def _bad_gift(one: Document, project: Project, values: Mapping[str, Any]) -> Bad | None:
    now = timezone.now()
    row = Contribution(project=project, created_at=now, updated_at=now, **values)
    return refusal(one, lambda: faults.check(row, faults.of_contribution(row)), {"organisation": "from"})
