"""Forms of decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.questionnaires.selectors import find_respondent
from barnraise.plumbing.ui.forms import Form
from barnraise.why.needs.models import Need

from . import selectors
from .models import Decision


class DecisionForm(Form):
    """A question to settle."""

    title = forms.CharField(
        label=_("The question"),
        max_length=200,
        help_text=_("What is to be decided: What do we do with the old school?"),
    )
    about = forms.CharField(
        label=_("What people should know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rules = forms.CharField(
        label=_("Rules of the discussion"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads them. What breaks one is hidden, and in its place stands which."),
    )
    need = forms.ChoiceField(label=_("The need it answers"), required=False)
    method = forms.ChoiceField(
        label=_("How it is voted"), choices=Decision.Method.choices, widget=forms.RadioSelect
    )
    most = forms.IntegerField(
        label=_("How many are ranked"),
        min_value=1,
        max_value=10,
        required=False,
        help_text=_("Where proposals are ranked: the first earns so many points, the last one."),
    )
    closes_on = forms.DateField(label=_("Last day to take part"), required=False)
    is_public = forms.BooleanField(
        label=_("Open to everybody"),
        required=False,
        help_text=_(
            "Whoever has the address takes part, one voice for each browser. Otherwise by personal link only, one voice each."
        ),
    )
    is_moderated = forms.BooleanField(
        label=_("Read what comes before it is shown"),
        required=False,
    )
    code = forms.CharField(
        label=_("Public address"),
        max_length=40,
        required=False,
        help_text=_("Small letters, digits and hyphens. Empty: made of the question."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["need"]
        offered = [(str(key), AsWritten(title)) for key, title in selectors.needs_offered()]
        field.choices = [("", _("None in particular")), *offered]

    @staticmethod
    def standing(row: Decision) -> dict[str, Any]:
        """The values as they stand."""
        names = (
            "title",
            "about",
            "rules",
            "method",
            "most",
            "closes_on",
            "is_public",
            "is_moderated",
            "code",
        )
        return {**{name: getattr(row, name) for name in names}, "need": row.need_id or ""}

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        clean = dict(self.cleaned_data)
        clean["need"] = Need.objects.get(pk=clean["need"]) if clean["need"] else None
        clean["most"] = clean["most"] or 5
        return clean


class _Carried(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["carried_by"]
        names = {"goals.goal": _("Goals"), "projects.project": _("Projects")}
        offered: list[tuple[Any, Any]] = [("", _("Not settled yet"))]
        for kind, pairs in selectors.carriers():
            if pairs:
                offered.append((names[kind], [(ref, AsWritten(title)) for ref, title in pairs]))
        field.choices = offered

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        clean = dict(self.cleaned_data)
        clean["carried_by"] = Ref.parse(clean["carried_by"]) if clean["carried_by"] else None
        return clean


class SettleForm(_Carried):
    """What was decided."""

    outcome = forms.CharField(
        label=_("What was decided"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decided_on = forms.DateField(label=_("On which day"))
    carried_by = forms.ChoiceField(label=_("Which goal or project carries it out"), required=False)


class CarryForm(_Carried):
    """Who carries it out."""

    carried_by = forms.ChoiceField(label=_("Which goal or project carries it out"), required=False)


class FollowForm(Form):
    """What became of it."""

    became = forms.CharField(
        label=_("What became of it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those who decided read it on the same page."),
    )
    became_on = forms.DateField(label=_("As of"))


class DropForm(Form):
    """Why it is not decided."""

    reason = forms.CharField(label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class PersonField(forms.CharField):
    """Somebody of the directory, by name or address; cleans to a reference, None when it is empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Name or e-mail address of somebody in the directory."))
        super().__init__(max_length=200, required=False, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when there is nobody of that name, or several."""
        said = squeeze(super().clean(value) or "")
        found = find_respondent(said) if said else None
        if isinstance(found, str):
            raise ValidationError(found)
        return found


class ProposalForm(Form):
    """A proposal the team writes down."""

    title = forms.CharField(label=_("What is proposed"), max_length=200)
    text = forms.CharField(
        label=_("More about it"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    author = forms.CharField(label=_("Name to show"), max_length=80, required=False)
    person = PersonField(
        label=_("Who it is in the directory"),
        help_text=_("Name or e-mail address. Only the team sees it."),
    )

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        clean = dict(self.cleaned_data)
        clean["respondent"] = clean.pop("person")
        return clean


class ProposerForm(Form):
    """Who of the directory proposed it."""

    person = PersonField(
        label=_("Who it is in the directory"),
        help_text=_("Name or e-mail address. Only the team sees it. Empty: nobody is named."),
    )


class CommentForm(Form):
    """What one says about a proposal."""

    text = forms.CharField(
        label=_("What do you think?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    author = forms.CharField(
        label=_("Name to show"),
        max_length=80,
        required=False,
        help_text=_("Whoever may read the proposal reads this name beside the comment."),
    )


class HideForm(Form):
    """Why something is hidden."""

    reason = forms.CharField(label=_("Which rule it breaks"), max_length=300)


class LinkForm(Form):
    """For whom a personal link is."""

    who = forms.CharField(
        label=_("For whom"),
        max_length=200,
        help_text=_("Name or e-mail address of somebody in the directory."),
    )
