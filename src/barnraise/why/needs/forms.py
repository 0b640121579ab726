"""Forms of needs, their evidence and scores, assessments, and listening sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.who.communities import selectors as communities
from barnraise.who.communities.models import Community

from . import facing, selectors
from .hanlon import COMPONENTS, PEARL, VARIANTS
from .heard import groups_of, lines_of, quotes_of
from .models import Cycle, Evidence, Need, Session
from .models.need import LETTERS


def _offered(pairs: Iterable[tuple[int, str]], none: Any) -> list[tuple[str, Any]]:
    return [("", none), *((str(key), AsWritten(name)) for key, name in pairs)]


class _Placed(Form):
    """A form with a community, and an assessment where it has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["community"]
        places.choices = _offered(communities.choices(), _("None in particular"))
        if "cycle" in self.fields:
            cycles: Any = self.fields["cycle"]
            cycles.choices = _offered(selectors.choices_of_cycles(), _("None"))

    def _chosen(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        key = clean.get("community")
        clean["community"] = Community.objects.defer("boundary").get(pk=key) if key else None
        if "cycle" in self.fields:
            clean["cycle"] = Cycle.objects.get(pk=clean["cycle"]) if clean.get("cycle") else None
        return clean

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        return self._chosen()


def _text(label: Any, most: int, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class NeedForm(_Placed):
    """A need."""

    groups = (Group(_("The gap in numbers"), ("present", "wanted", "unit")),)
    title = forms.CharField(
        label=_("Need"),
        max_length=200,
        help_text=_("What is lacking, as people would say it: evening buses to the hospital."),
    )
    cycle = forms.ChoiceField(label=_("Found by the assessment"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    population = forms.CharField(
        label=_("Whom it concerns"),
        max_length=200,
        required=False,
        help_text=_("Adults without a car, families with small children."),
    )
    present = forms.DecimalField(label=_("As it is"), required=False, max_digits=18, decimal_places=4)
    wanted = forms.DecimalField(label=_("As it should be"), required=False, max_digits=18, decimal_places=4)
    unit = forms.CharField(
        label=_("Unit"),
        max_length=60,
        required=False,
        help_text=_("Percent of adults, places, dollars a month."),
    )
    causes = _text(_("Causes"), 4000)
    about = _text(_("About"), 4000)

    @staticmethod
    def standing(row: Need) -> dict[str, Any]:
        """The values as they stand."""
        names = ("title", "population", "present", "wanted", "unit", "causes", "about")
        keys = {"cycle": row.cycle_id or "", "community": row.community_id or ""}
        return {**{name: getattr(row, name) for name in names}, **keys}


class CycleForm(_Placed):
    """An assessment."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Community health needs assessment 2026.")
    )
    community = forms.ChoiceField(label=_("Community"), required=False)
    starts_on = forms.DateField(label=_("Begins on"))
    ends_on = forms.DateField(label=_("Ends on"), required=False)
    next_due_on = forms.DateField(
        label=_("The next one is due on"),
        required=False,
        help_text=_(
            "Today reminds you half a year before. Hospitals in the US mostly assess every three years, health departments every five."
        ),
    )
    variant = forms.ChoiceField(
        label=_("Formula for what comes first"), choices=list(facing.VARIANTS.items())
    )
    about = _text(_("About"), 4000)

    @staticmethod
    def standing(row: Cycle) -> dict[str, Any]:
        """The values as they stand."""
        names = ("name", "starts_on", "ends_on", "next_due_on", "variant", "about")
        return {**{name: getattr(row, name) for name in names}, "community": row.community_id or ""}


class SessionForm(_Placed):
    """A listening session."""

    shown_at = {"groups": "groups_text", "themes": "themes_text", "quotes": "quotes_free"}

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    held_on = forms.DateField(label=_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    cycle = forms.ChoiceField(label=_("For the assessment"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    groups_text = _text(
        _("Who was in the room"), 4000, 4, _("By group, never by name; one in a line: Seniors: 8.")
    )
    themes_text = _text(_("Themes"), 20_000, 4, _("One in a line."))
    quotes_free = _text(
        _("Quotes that may be repeated"),
        50_000,
        4,
        _("One in a line, of people who agreed to be quoted without their name."),
    )
    quotes_bound = _text(
        _("Quotes that may not be repeated"), 50_000, 3, _("One in a line. They stay with the team.")
    )
    notes = _text(_("Notes"), 10_000, 4)

    @staticmethod
    def standing(row: Session) -> dict[str, Any]:
        """The values as they stand."""
        return {
            **{name: getattr(row, name) for name in ("title", "kind", "held_on", "place", "notes")},
            "cycle": row.cycle_id or "",
            "community": row.community_id or "",
            "groups_text": lines_of(row.groups),
            "themes_text": "\n".join(row.themes),
            "quotes_free": "\n".join(one["text"] for one in row.quotes if one["may_repeat"]),
            "quotes_bound": "\n".join(one["text"] for one in row.quotes if not one["may_repeat"]),
        }

    def clean_groups_text(self) -> str:
        """Lines that are groups."""
        text = str(self.cleaned_data["groups_text"])
        try:
            groups_of(text)
        except ValueError as no:
            raise ValidationError(str(no)) from None
        return text

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        clean = self._chosen()
        themes = [line.strip() for line in clean.pop("themes_text").splitlines() if line.strip()]
        return {
            "groups": groups_of(clean.pop("groups_text")),
            "themes": themes,
            "quotes": quotes_of(clean.pop("quotes_free"), clean.pop("quotes_bound")),
            **clean,
        }


class EvidenceForm(Form):
    """What shows a need."""

    cites = forms.ChoiceField(
        label=_("From"),
        required=False,
        help_text=_(
            "Results of a questionnaire, a listening session, or a public figure about the community; or another source."
        ),
    )
    said = forms.CharField(
        label=_("What it says"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With its number: 44 of 100 who answered lack buses in the evening."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Who says so; a report, a register, our own survey.")
    )
    dated_on = forms.DateField(label=_("Of which day"))

    @staticmethod
    def standing(row: Evidence) -> dict[str, Any]:
        """The values as they stand."""
        return {name: getattr(row, name) for name in ("cites", "said", "source", "dated_on")}

    def __init__(self, *args: Any, need: Need, cited: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cites"]
        offered: list[tuple[str, Any]] = [("", _("Another source"))]
        sources: tuple[tuple[Any, str, list[tuple[int, str]]], ...] = (
            (_("Questionnaires"), "questionnaires.questionnaire", selectors.choices_of_questionnaires()),
            (_("Listening sessions"), selectors.SESSION, selectors.choices_of_sessions()),
            (_("Public figures"), "communities.figure", selectors.choices_of_figures(need.community)),
        )
        for label, kind, pairs in sources:
            if pairs:
                offered.append((label, [(f"{kind}:{key}", AsWritten(name)) for key, name in pairs]))
        known = {code for _label, some in offered[1:] for code, _name in some}
        if cited and cited not in known:
            offered.insert(1, (cited, _("As it is cited now")))
        field.choices = offered

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        clean = dict(self.cleaned_data)
        clean["cites"] = Ref.parse(clean["cites"]) if clean["cites"] else None
        return clean


class ScoreForm(Form):
    """What one rater gives."""

    rater = forms.CharField(label=_("Who gives this score"), max_length=120)
    reason = forms.CharField(
        label=_("Why not, where a letter of PEARL is answered with no"), max_length=300, required=False
    )

    def __init__(self, *args: Any, variant: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for name, highest in zip(COMPONENTS, VARIANTS[variant], strict=True):
            self.fields[name] = forms.DecimalField(
                label=facing.COMPONENTS[name] % {"highest": highest},
                help_text=facing.AIDS[name],
                max_digits=4,
                decimal_places=1,
            )
        for letter in PEARL:
            self.fields[letter] = forms.ChoiceField(
                label=LETTERS[letter],
                choices=[("yes", _("Yes")), ("no", _("No"))],
                widget=forms.RadioSelect,
            )
        self.fields["reason"] = reason

    def values(self) -> dict[str, Any]:
        """Arguments of the service."""
        clean = self.cleaned_data
        return {
            "rater": clean["rater"],
            "values": {name: clean[name] for name in COMPONENTS},
            "pearl": {letter: clean[letter] == "yes" for letter in PEARL},
            "reason": clean["reason"],
        }


class EndForm(Form):
    """How a need ended."""

    end = forms.ChoiceField(label=_("How it ended"), choices=Need.End.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, help_text=_("Needed for all that is not met.")
    )
