"""Forms of playbooks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from .document import MOST_BYTES
from .models import Playbook


def _about(**more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=_("What it is about"), required=False, max_length=4000, widget=widget, **more
    )


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Our note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays here; the file does not tell it."),
    )


class MakeForm(Form):
    """What stands on the cover of a new playbook."""

    title = forms.CharField(label=_("Title"), max_length=200)
    about = _about(
        help_text=_(
            "What it does, for whom, and what it takes. E-mail addresses and telephones are taken out."
        )
    )
    note = _note()


class CoverForm(MakeForm):
    """What stands on the cover of a playbook."""

    def __init__(self, *args: Any, playbook: Playbook, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(playbook, name) for name in ("title", "about", "note")}
        super().__init__(*args, **kwargs)


class TakeInForm(Form):
    """A file of a playbook."""

    file = forms.FileField(
        label=_("File"), help_text=_("A file that another Barnraise gave out, as it was given (.json).")
    )
    note = _note()

    def content(self) -> bytes:
        """The bytes of the file; one more than are taken where it is longer."""
        found: bytes = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return found


class InstallForm(Form):
    """When it begins, and what each project costs."""

    starts_on = forms.DateField(
        label=_("First day"), help_text=_("All days of the playbook are counted from it.")
    )
    total = forms.DecimalField(
        label=_("Costs of each project"),
        min_value=Decimal("100"),
        max_digits=12,
        decimal_places=0,
        help_text=_("Whole hundreds, like 10,000: the budget lines are shares of it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"starts_on": timezone.localdate() + timedelta(days=30), "total": 10_000}
        )
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Arguments of `install`."""
        clean = self.cleaned_data
        return {"starts_on": clean["starts_on"], "total": int(clean["total"] * 100)}


class RetireForm(Form):
    """Why nobody should install it any more."""

    note = forms.CharField(label=_("Why"), max_length=300)
