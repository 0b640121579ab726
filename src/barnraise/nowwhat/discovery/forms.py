"""Forms of candidates: what the ranking is narrowed to, and a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors.fields import main_sector_choices

from .faults import CITED, MOST
from .models import Candidate
from .selectors import Wanted

LATER = timedelta(days=180)


class LookForm(Form):
    """One need or goal, kinds of organisation, a field, a distance."""

    field_order = ("for", "kind", "sector", "within")
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kind of organisation"), required=False, choices=Organisation.Kind.choices
    )
    within = forms.IntegerField(
        label=gettext_lazy("Within kilometres"), required=False, min_value=1, max_value=20_000
    )

    def __init__(self, *args: Any, wishes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="look-%s", **kwargs)
        self.wishes = [(ref, AsWritten(title)) for ref, title in wishes]
        self.fields["for"] = forms.ChoiceField(
            label=_("Looked for"), required=False, choices=[("", _("All that is needed")), *self.wishes]
        )
        self.fields["sector"] = forms.ChoiceField(
            label=_("Field"), required=False, choices=[("", _("The fields of what is needed")), *main_sector_choices()]
        )  # fmt: skip
        self.order_fields(self.field_order)

    def wanted(self) -> Wanted:
        """The cleaned values."""
        given = self.cleaned_data
        return Wanted(given["for"], tuple(given["kind"]), given["sector"], given["within"])

    def said(self) -> list[tuple[str, Any, Any]]:
        """(name, label, words) of what is set."""
        given = self.cleaned_data
        found: list[tuple[str, Any, Any]] = []
        for name in ("for", "sector"):
            if given[name]:
                field: Any = self.fields[name]
                found.append((name, field.label, dict(field.choices)[given[name]]))
        if given["kind"]:
            names = dict(Organisation.Kind.choices)
            words = _(" or ").join(str(names[one]) for one in given["kind"])
            found.append(("kind", self.fields["kind"].label, words))
        if given["within"]:
            found.append(("within", _("Within"), _("%(km)s km") % {"km": given["within"]}))
        return found


class JudgeForm(Form):
    """Keep in view, or not now: why, and until when."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What you decide"),
        choices=[
            (Candidate.Verdict.WATCH.value, gettext_lazy("Keep in view")),
            (Candidate.Verdict.NOT_NOW.value, gettext_lazy("Not now")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=MOST,
        help_text=gettext_lazy("Needed for “not now”: whoever looks next will want to know."),
    )
    until = forms.DateField(
        label=gettext_lazy("Not before"),
        required=False,
        help_text=gettext_lazy("After this day Today proposes them again. Only for “not now”."),
    )
    cites = forms.CharField(
        label=gettext_lazy("Looked at for"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The name of a project, an objective, a goal or a need."),
    )

    def __init__(self, *args: Any, actor: Any, verdict: str, kept: Candidate | None, for_: str, **kwargs: Any) -> None:  # fmt: skip
        self.actor = actor
        self.kept_cites = for_ or (kept.cites if kept is not None else "")
        until = kept.until if kept is not None and kept.until else timezone.localdate() + LATER
        kwargs["initial"] = {
            "verdict": verdict,
            "reason": kept.reason if kept is not None else "",
            "until": until if verdict == Candidate.Verdict.NOT_NOW else None,
            "cites": search.cited_title(self.kept_cites) if self.kept_cites else "",
        }
        super().__init__(*args, **kwargs)

    def clean_cites(self) -> str:
        """The typed reference of what it is looked at for."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=CITED)

    def values(self) -> dict[str, Any]:
        """Arguments of `judge`."""
        return {name: self.cleaned_data[name] for name in ("verdict", "reason", "until", "cites")}
