"""Forms of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.plumbing.ui.picking import NamedField, offer
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from . import facing, selectors
from .agenda import read_agenda
from .faults import CITED, GUESTS
from .models import Meeting, Series


class GuestsField(forms.CharField):
    """Organisations, one a line, by name or number; cleans to their rows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(max_length=40_000, required=False, **kwargs)

    def clean(self, value: Any) -> list[Organisation]:
        """Raises ValidationError naming the line that nobody, or several, are called."""
        lines = [squeeze(line) for line in (super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > GUESTS:
            raise ValidationError(_now("At most %(most)s organisations are asked.") % {"most": GUESTS})
        known = organisations.named_many(lines)
        keys: list[int] = []
        for at, line in enumerate(lines, 1):
            found = known.get(line) or organisations.named(line)
            if len(found) != 1:
                words = _now(
                    "Line %(at)d: several organisations are called “%(name)s”. Write a number of theirs."
                )
                if not found:
                    words = _now("Line %(at)d: there is no organisation called “%(name)s”. Add it first.")
                raise ValidationError(words % {"at": at, "name": line[:80]})
            keys.append(found[0])
        rows = Organisation.objects.in_bulk(keys)
        return [rows[key] for key in dict.fromkeys(keys)]


def _guest_text(rows: Sequence[Any]) -> str:
    return "\n".join(one.organisation.name for one in rows)


class _Owned(Form):
    """What forms with somebody who sees to it share."""

    accounts: dict[str, Any]

    def offer_owners(self, kept: Any = None) -> None:
        """The team, and who sees to it now."""
        self.accounts = {str(one.pk): one for one in selectors.owners()}
        if kept is not None:
            self.accounts.setdefault(str(kept.pk), kept)
        fields: Any = self.fields
        named = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        fields["owner"].choices = [("", _("Nobody yet")), *named]


class SeriesForm(_Owned):
    """Meetings that come round."""

    name = forms.CharField(label=_("Name"), max_length=200)
    cadence_days = forms.ChoiceField(label=_("How often"), required=False)
    starts_on = forms.DateField(label=_("First meeting due"))
    owner = forms.ChoiceField(
        label=_("Who sees to it"), required=False, help_text=_("Today reminds them when the next one is due and none is planned.")
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    about = forms.CharField(
        label=_("What it is for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    organisations = GuestsField(
        label=_("Who is asked to each"), help_text=_("Organisations by their full name, one a line.")
    )

    def __init__(self, *args: Any, series: Series | None = None, **kwargs: Any) -> None:
        if series is not None:
            plain = ("name", "starts_on", "place", "about")
            kwargs["initial"] = {
                **{name: getattr(series, name) for name in plain},
                "cadence_days": str(series.cadence_days or ""),
                "owner": str(series.owner_id or ""),
                "organisations": _guest_text(selectors.members_of(series)),
            }
        super().__init__(*args, **kwargs)
        self.offer_owners(series.owner if series else None)
        choices = list(facing.CADENCES)
        if series is not None and str(series.cadence_days or "") not in dict(choices):
            choices.append((str(series.cadence_days), facing.cadence_words(series)))
        fields: Any = self.fields
        fields["cadence_days"].choices = choices

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        days = clean["cadence_days"]
        return {
            **clean,
            "cadence_days": int(days) if days else None,
            "owner": self.accounts.get(clean["owner"]),
        }


class MeetingForm(_Owned):
    """A meeting: when, where, about what."""

    series = forms.ModelChoiceField(
        queryset=Series.objects.none(),
        label=_("Series"),
        required=False,
        empty_label=_("None: it takes place once"),
        help_text=_("What was promised at its earlier meetings and is open is carried forward."),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("That of the series where it is empty.")
    )
    starts_at = forms.DateTimeField(label=_("Begins"))
    ends_at = forms.DateTimeField(label=_("Ends"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    cites = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=300,
        help_text=_("The name of a project, an objective, a goal or a need."),
    )
    is_shared = forms.BooleanField(
        label=_("Partners who are asked may read agenda and minutes"), required=False
    )
    kept_cites = ""

    def __init__(self, *args: Any, actor: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting is not None:
            kwargs["initial"] = {
                "series": meeting.series_id,
                "title": meeting.title,
                "starts_at": timezone.localtime(meeting.starts_at),
                "ends_at": timezone.localtime(meeting.ends_at) if meeting.ends_at else None,
                "place": meeting.place,
                "owner": str(meeting.owner_id or ""),
                "cites": search.cited_title(meeting.cites) if meeting.cites else "",
                "is_shared": meeting.is_shared,
            }
            self.kept_cites = meeting.cites
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.offer_owners(meeting.owner if meeting else None)
        rows = Series.objects.filter(ended_on__isnull=True)
        if meeting is not None and meeting.series_id:
            rows = rows | Series.objects.filter(pk=meeting.series_id)
        offer(self, "series", rows.order_by("name_folded", "pk"), folded="name_folded")

    def clean_cites(self) -> str:
        """The typed reference of what it is about."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=CITED)

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        return {**clean, "owner": self.accounts.get(clean["owner"])}


class PlanForm(MeetingForm):
    """A new meeting, with its agenda and who is asked."""

    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=14_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One point a line; a number at the end is how many minutes it may take: Budget 20."),
    )
    organisations = GuestsField(
        label=_("Who is asked"),
        help_text=_("Organisations by their full name, one a line; empty: the members of the series."),
    )
    groups = (Group(_("More"), ("owner", "cites", "is_shared"), is_folded=True),)

    def values(self) -> dict[str, Any]:
        """Arguments of `plan_meeting`."""
        values = super().values()
        return {
            **values,
            "agenda": read_agenda(values["agenda"]),
            "organisations": values["organisations"] or None,
        }


class ActionForm(_Owned):
    """Who does what until when."""

    what = forms.CharField(label=_("What is to be done"), max_length=300)
    partner = NamedField(
        Organisation.objects.all(),
        title="name",
        folded="name_folded",
        label=_("Which organisation promises it"),
        required=False,
        help_text=_("Its name; empty where we do it."),
    )
    due_on = forms.DateField(label=_("Due on"))
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_owners()

    def values(self) -> dict[str, Any]:
        """Arguments of `add_action`."""
        clean = self.cleaned_data
        return {**clean, "owner": self.accounts.get(clean["owner"])}


class CancelForm(Form):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Why it does not take place"), max_length=300)
