"""Forms of mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.sockets import kinds

from .models import Suppression
from .selectors import CITED


class WriteForm(Form):
    """A mail to one reader; its cleaned data are arguments of the services."""

    to_address = forms.EmailField(label=_("To"), max_length=254)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=200_000,
        help_text=_(
            "{{given_name}} becomes the reader's name; {{given_name|neighbour}} says what stands there without one."
        ),
    )
    reply_to = forms.EmailField(
        label=_("Answers go to"),
        max_length=254,
        required=False,
        help_text=_("Empty: to the partnership's own address."),
    )
    due_at = forms.DateTimeField(
        label=_("Goes out"),
        required=False,
        help_text=_("Empty: at once. Until then it can be changed and cancelled."),
    )
    about = forms.CharField(
        label=_("Serves"),
        required=False,
        max_length=300,
        help_text=_(
            "The name of the project, objective, goal, need or event it is for. It counts among its reach."
        ),
    )

    def __init__(self, *args: Any, actor: Any = None, kept: str = "", **kwargs: Any) -> None:
        self.actor, self.kept = actor, kept
        kwargs["initial"] = {**kwargs.get("initial", {}), "about": search.cited_title(kept)}
        super().__init__(*args, **kwargs)
        if actor is None or not any(kind in kinds for kind in CITED):
            del self.fields["about"]

    def clean_about(self) -> str:
        """The typed reference of what it serves."""
        text = self.cleaned_data["about"]
        if self.kept and text == search.cited_title(self.kept):
            return self.kept
        return search.cited(text, actor=self.actor, kinds=CITED)


class SuppressForm(Form):
    """An address that nothing is to be sent to."""

    address = forms.EmailField(label=_("Address"), max_length=254)
    reason = forms.ChoiceField(
        label=_("Reason"), choices=Suppression.Reason.choices, initial=Suppression.Reason.ASKED
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class NoteForm(Form):
    """What stands beside a suppressed address."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class SeveralForm(Form):
    """A list of addresses, pasted or as a file."""

    addresses = forms.CharField(
        label=_("Addresses"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=_("One on a line, or parted by commas."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_(
            "CSV, as Mailchimp and others give their lists of cleaned and unsubscribed addresses: every address in it counts."
        ),
    )
    reason = forms.ChoiceField(
        label=_("Reason"), choices=Suppression.Reason.choices, initial=Suppression.Reason.IMPORTED
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("addresses", "").strip() and not found.get("file"):
            self.add_error("addresses", _("Paste addresses here, or choose a file."))
        return found
