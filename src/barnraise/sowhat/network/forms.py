"""Forms of waves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.ui.forms import Form
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships.models import Partnership

from .models import Wave


class PartnersField(forms.CharField):
    """Organisations, one name, number or address a line; cleans to the rows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), max_length=20000, **options)

    def clean(self, value: Any) -> list[Organisation]:
        """Raises ValidationError that names the line nobody is called by, or several are."""
        lines = [squeeze(line) for line in str(super().clean(value) or "").splitlines() if line.strip()]
        found = organisations.named_many(set(lines))
        for line in lines:
            keys = found.get(line, [])
            if len(keys) != 1:
                words = (
                    _now("Several organisations are called “%(line)s”. Write one of its numbers.")
                    if keys
                    else _now("There is no organisation “%(line)s”.")
                )
                raise ValidationError(words % {"line": line[:80]})
        return list(Organisation.objects.filter(pk__in={found[line][0] for line in lines}).order_by("pk"))


class WaveForm(Form):
    """A wave."""

    name = forms.CharField(label=_("Wave"), max_length=200)
    begins_on = forms.DateField(label=_("From"))
    due_on = forms.DateField(label=_("Answer until"))
    about = forms.CharField(
        label=_("What for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, wave: Wave | None = None, **kwargs: Any) -> None:
        if wave is not None:
            names = ("name", "begins_on", "due_on", "about")
            kwargs["initial"] = {name: getattr(wave, name) for name in names}
        super().__init__(*args, **kwargs)


class BeginForm(WaveForm):
    """A new wave with those who are asked."""

    active = forms.BooleanField(
        label=_("All active partners"),
        required=False,
        initial=True,
        help_text=_("Organisations with which a partnership is active now."),
    )
    organisations = PartnersField(
        label=_("And these"), required=False, help_text=_("One name a line; our own organisation too, if it answers.")
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Arguments of `begin_wave`."""
        clean = dict(self.cleaned_data)
        chosen = {row.pk: row for row in clean.pop("organisations")}
        if clean.pop("active"):
            active = Partnership.objects.filter(stage="active", organisation__isnull=False)
            keys = active.values_list("organisation_id", flat=True)
            chosen |= {row.pk: row for row in Organisation.objects.filter(pk__in=keys).order_by("pk")}
        return {**clean, "organisations": list(chosen.values())}


class MembersForm(Form):
    """Who is asked too."""

    organisations = PartnersField(label=_("Partners"), help_text=_("One name a line."))
