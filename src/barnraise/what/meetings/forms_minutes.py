"""Forms of what a meeting brought: its agenda, its minutes, who came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form, Group, prepare

from .forms import GuestsField
from .models import AgendaItem, Attendance, Meeting


class AgendaForm(Form):
    """The agenda, line by line."""

    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=14_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("One point a line; a number at the end is how many minutes it may take: Budget 20."),
    )


class MinutesForm(Form):
    """What was said and decided, point by point."""

    notes = forms.CharField(
        label=_("Notes besides"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    shown_at = {"agenda": "notes"}

    def __init__(self, *args: Any, items: Sequence[AgendaItem], meeting: Meeting, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"notes": meeting.notes}
        for one in items:
            initial |= {f"note_{one.pk}": one.note, f"decided_{one.pk}": one.decided}
        super().__init__(*args, initial=initial, **kwargs)
        self.keys = [one.pk for one in items]
        groups = []
        for at, one in enumerate(items, 1):
            area = forms.Textarea(attrs={"rows": 3})
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=_("What was said"), required=False, max_length=4000, widget=area
            )
            self.fields[f"decided_{one.pk}"] = forms.CharField(
                label=_("What was decided"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            groups.append(Group(AsWritten(f"{at}. {one.title}"), (f"note_{one.pk}", f"decided_{one.pk}")))
        self.groups = (*groups, Group(_("Besides the agenda"), ("notes",)))
        prepare(self)

    def values(self) -> dict[str, Any]:
        """Arguments of `write_minutes`."""
        clean = self.cleaned_data
        said = {key: (clean[f"note_{key}"], clean[f"decided_{key}"]) for key in self.keys}
        return {"said": said, "notes": clean["notes"]}


class AttendanceForm(Form):
    """Which organisations came, and with how many people."""

    others = GuestsField(
        label=_("Who came besides"), help_text=_("Organisations that were not asked, one a line.")
    )
    shown_at = {"attendance": "others", "organisations": "others"}

    def __init__(self, *args: Any, rows: Sequence[Attendance], **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        for one in rows:
            initial |= {f"state_{one.pk}": one.state, f"people_{one.pk}": one.people or None}
        super().__init__(*args, initial=initial, **kwargs)
        self.rows = rows
        groups = []
        for one in rows:
            self.fields[f"state_{one.pk}"] = forms.ChoiceField(
                label=_("Did they come?"), choices=Attendance.State.choices
            )
            self.fields[f"people_{one.pk}"] = forms.IntegerField(
                label=_("With how many people"), required=False, min_value=0, max_value=1000
            )
            groups.append(Group(AsWritten(str(one.organisation)), (f"state_{one.pk}", f"people_{one.pk}")))
        self.groups = (*groups, Group(_("Others"), ("others",)))
        prepare(self)

    def values(self) -> dict[Any, tuple[str, int]]:
        """What `note_attendance` takes; whoever came without a number came with one."""
        clean = self.cleaned_data
        came = {
            one.organisation: (clean[f"state_{one.pk}"], clean[f"people_{one.pk}"] or 1) for one in self.rows
        }
        return {**came, **{body: ("came", 1) for body in clean["others"] if body not in came}}
