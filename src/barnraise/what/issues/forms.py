"""Forms of concerns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form, Group, prepare
from barnraise.plumbing.ui.picking import NamedField
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import facing
from .clock import SEVERITIES, Term
from .faults import CITED
from .models import Answer, Issue, ResponseClock
from .selectors import owners, terms

_SEVERITIES = [(name, Issue.Severity(name).label) for name in SEVERITIES]


class IssueForm(Form):
    """A concern as the team notes or changes it."""

    origin = forms.ChoiceField(
        label=_("Who raised it"), choices=Issue.Origin.choices, widget=forms.RadioSelect
    )
    organisation = NamedField(
        Organisation.objects.all(),
        title="name",
        folded="name_folded",
        label=_("Raised by the organisation"),
        required=False,
        help_text=_("Its name. Empty for a resident."),
    )
    person = NamedField(
        Person.objects.all(),
        title="display_name",
        folded="name_folded",
        label=_("Raised by the person"),
        required=False,
        help_text=_("Somebody of the directory; else write name and e-mail under More."),
    )
    what = forms.CharField(
        label=_("The concern"), max_length=300, help_text=_("In one sentence, as they would say it.")
    )
    detail = forms.CharField(
        label=_("More about it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    severity = forms.ChoiceField(label=_("Severity"), choices=_SEVERITIES)
    owner = forms.ChoiceField(
        label=_("Who sees to it"),
        required=False,
        help_text=_(
            "Today reminds them before the answer is owed; past its clock those who lead see it too."
        ),
    )
    about = NamedField(
        Organisation.objects.all(),
        title="name",
        folded="name_folded",
        label=_("About the organisation"),
        required=False,
        help_text=_("With an organisation that raised it: a conflict between two partners."),
    )
    cites = forms.CharField(
        label=_("What it touches"),
        required=False,
        max_length=300,
        help_text=_("The name of a need, a goal, an objective, a project or an event."),
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_(
            "Only whoever sees to it and those who lead see it: a conflict that others need not know of."
        ),
    )
    asker_name = forms.CharField(label=_("Name of whoever raised it"), required=False, max_length=200)
    asker_email = forms.EmailField(label=_("Their e-mail"), required=False, max_length=254)
    language = forms.ChoiceField(label=_("Language of the answer"), required=False)
    groups = (
        Group(
            _("More"),
            ("about", "is_confidential", "cites", "asker_name", "asker_email", "language"),
            is_folded=True,
        ),
    )
    kept_cites = ""

    def __init__(self, *args: Any, actor: Any, issue: Issue | None = None, **kwargs: Any) -> None:
        if issue is not None:
            kwargs["initial"] = _initial(issue)
            self.kept_cites = issue.cites
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.accounts = {str(one.pk): one for one in owners()}
        if issue is not None:
            del self.fields["origin"]
            if issue.owner is not None:
                self.accounts.setdefault(str(issue.owner_id), issue.owner)
        fields: Any = self.fields
        named = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        fields["owner"].choices = [("", _("Nobody yet")), *named]
        fields["language"].choices = facing.language_choices()
        fields["severity"].help_text = _("Until when an answer is owed. %(clocks)s.") % {
            "clocks": facing.terms_words()
        }

    def clean_cites(self) -> str:
        """The typed reference of what it touches."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=CITED)

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        return {**clean, "owner": self.accounts.get(clean["owner"])}


def _initial(issue: Issue) -> dict[str, Any]:
    plain = ("what", "detail", "severity", "asker_name", "asker_email", "language", "is_confidential")
    return {
        **{name: getattr(issue, name) for name in plain},
        "organisation": issue.organisation.name if issue.organisation else "",
        "person": issue.person.display_name if issue.person else "",
        "about": issue.about.name if issue.about else "",
        "owner": str(issue.owner_id or ""),
        "cites": search.cited_title(issue.cites) if issue.cites else "",
    }


class PublicForm(Form):
    """What everybody may tell us."""

    what = forms.CharField(label=_("What is your concern?"), max_length=300, help_text=_("In one sentence."))
    detail = forms.CharField(
        label=_("Tell us more"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    asker_name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    asker_email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only to answer you. Without it we cannot write to you, but we read what you say."),
    )


class AnswerForm(Form):
    """What whoever raised it is told."""

    text = forms.CharField(label=_("The answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    way = forms.ChoiceField(
        label=_("How they are told"), choices=Answer.Way.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, has_address: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"way": "mail" if has_address else "said"})
        super().__init__(*args, **kwargs)


class DeclineForm(AnswerForm):
    """Why nothing will be done about it."""

    reason = forms.CharField(
        label=_("Why nothing is done about it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("This is the answer that whoever raised it gets."),
    )
    field_order = ("reason", "way")
    shown_at = {"text": "reason"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["text"]


class ResolveForm(Form):
    """What came of it."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    tells = forms.BooleanField(label=_("Write it to whoever raised it"), required=False)


class ReopenForm(Form):
    """Why it is not settled."""

    reason = forms.CharField(
        label=_("Why it is not settled"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClocksForm(Form):
    """How long answers may take, by severity."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        here = terms()
        initial = {f"{name}_amount": term.amount for name, term in here.items()}
        super().__init__(
            *args, initial=initial | {f"{name}_unit": term.unit for name, term in here.items()}, **kwargs
        )
        groups = []
        for name in here:
            self.fields[f"{name}_amount"] = forms.IntegerField(
                label=_("Answered within"), min_value=1, max_value=999
            )
            self.fields[f"{name}_unit"] = forms.ChoiceField(
                label=_("Counted in"), choices=ResponseClock.Unit.choices
            )
            groups.append(Group(Issue.Severity(name).label, (f"{name}_amount", f"{name}_unit")))
        self.groups = tuple(groups)
        prepare(self)

    def values(self) -> dict[str, Term]:
        """Arguments of `set_clocks`."""
        clean = self.cleaned_data
        return {name: Term(clean[f"{name}_amount"], clean[f"{name}_unit"]) for name in SEVERITIES}
