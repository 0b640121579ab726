"""Forms of the short links' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.sockets import kinds

from .models import ShortLink
from .selectors import CITED


class ChangeForm(Form):
    """Title, target and channels; its cleaned data are arguments of `change`."""

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("What the link is for, for the team.")
    )
    target = forms.CharField(
        label=_("Where it leads"),
        max_length=1000,
        help_text=_("A page of this site, like /events/, or an address that begins with https://."),
    )
    channels = forms.CharField(
        label=_("Channels"),
        max_length=800,
        required=False,
        help_text=_(
            "Where it is handed out, parted by commas: flyer, newsletter, radio. Each is counted apart."
        ),
    )

    cites = forms.CharField(
        label=_("Serves"),
        required=False,
        max_length=300,
        help_text=_(
            "The name of the project, objective, goal, need or event it is for. Its visits count among its reach."
        ),
    )

    def __init__(self, *args: Any, actor: Any = None, kept: str = "", **kwargs: Any) -> None:
        self.actor, self.kept = actor, kept
        super().__init__(*args, **kwargs)
        if not any(kind in kinds for kind in CITED):
            del self.fields["cites"]

    def clean_cites(self) -> str:
        """The typed reference of what it serves."""
        text = self.cleaned_data["cites"]
        if self.kept and text in (self.kept, search.cited_title(self.kept)):
            return self.kept
        return search.cited(text, actor=self.actor, kinds=CITED)

    def clean_channels(self) -> list[str]:
        """The labels."""
        return [part for part in self.cleaned_data["channels"].split(",") if part.strip()]

    @staticmethod
    def standing(link: ShortLink) -> dict[str, Any]:
        """What stands, as the form shows it."""
        return {
            "title": link.title,
            "target": link.target,
            "channels": ", ".join(link.channels),
            "cites": search.cited_title(link.cites),
        }


class CreateForm(ChangeForm):
    """The same with a code; its cleaned data are arguments of `create`."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_(
            "What stands in the address: 3 to 40 small letters, digits, hyphens. Empty: six random letters."
        ),
    )
