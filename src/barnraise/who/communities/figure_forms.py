"""Forms of measures and figures; their cleaned data goes to a service as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation import periods
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form, Group

from . import areas, selectors
from .models import Community, Figure, Measure

_NUMBERS = ("value", "low", "high", "numerator", "denominator", "population", "benchmark")


def _number(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, max_digits=25, decimal_places=10, help_text=help_text
    )


class MeasureForm(Form):
    """A measure of the catalogue."""

    name = forms.CharField(
        label=_("Name"), max_length=300, help_text=_("What it measures: “Homes without heating”.")
    )
    publisher = forms.CharField(
        label=_("Publisher"),
        max_length=120,
        help_text=_("Who defines it: a register, an office, we ourselves."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=60,
        help_text=_("What the numbers count: %, USD, per 100,000. Empty: plain numbers."),
    )
    direction = forms.ChoiceField(
        label=_("Which way is better"), choices=Measure.Direction.choices, initial=Measure.Direction.NEUTRAL
    )
    category = forms.CharField(
        label=_("Category"),
        required=False,
        max_length=80,
        help_text=_("Figures of one category stand together: Health, Housing, Schools."),
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=80,
        help_text=_("What its publisher calls it for short. Empty: made of the name."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("How it is counted, and what it leaves out."),
    )

    def __init__(self, *args: Any, instance: Measure | None = None, **kwargs: Any) -> None:
        if instance is not None:
            kwargs.setdefault("initial", {name: getattr(instance, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.fields["code"].required = instance is not None


class FigureForm(Form):
    """One figure: whom it is about, what it measures, when, how much, and who says so."""

    about = forms.ChoiceField(label=_("Whom it is about"))
    measure = forms.ChoiceField(label=_("Measure"))
    period = forms.CharField(
        label=_("Period"),
        max_length=40,
        help_text=_(
            "A year (2023), years (2020–2022), a month (2024-05), or days (2024-03-01 – 2024-08-31)."
        ),
    )
    value = _number(_("Value"))
    reason = forms.ChoiceField(
        label=_("If not known, why"),
        required=False,
        choices=[("", _("It is known")), *Figure.Reason.choices],
        help_text=_("What is not known is not zero."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Who says so, as others can find it again.")
    )
    edition = forms.CharField(
        label=_("Edition"), required=False, max_length=60, help_text=_("Which release or printing: 2025.")
    )
    low = _number(_("Lower end of the confidence interval"))
    high = _number(_("Upper end of the confidence interval"))
    is_unreliable = forms.BooleanField(label=_("The source itself calls it unreliable"), required=False)
    numerator = _number(_("Cases"), _("How many were counted."))
    denominator = _number(_("Out of"), _("How many it is a part of."))
    population = _number(_("Population"), _("How many people live there, as the source counts."))
    benchmark = _number(
        _("Benchmark"), _("What the source itself compares it with: a target, a state's value.")
    )
    benchmark_name = forms.CharField(
        label=_("Name of the benchmark"), required=False, max_length=120, help_text=_("Target 2030, Ohio.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)
    groups = (
        Group(
            _("How sure it is"),
            ("low", "high", "is_unreliable", "numerator", "denominator", "population"),
            is_folded=True,
        ),
        Group(_("Compared with"), ("benchmark", "benchmark_name"), is_folded=True),
        Group(_("Note"), ("note",), is_folded=True),
    )

    def __init__(self, *args: Any, instance: Figure | None = None, **kwargs: Any) -> None:
        self.instance = instance
        if instance is not None:
            kwargs.setdefault("initial", self._values(instance))
        super().__init__(*args, **kwargs)
        measures: Any = self.fields["measure"]
        measures.choices = [
            ("", _("Choose a measure")),
            *((str(key), AsWritten(name)) for key, name in selectors.measure_choices()),
        ]
        if instance is not None:
            del self.fields["about"]
            return
        about: Any = self.fields["about"]
        about.choices = [
            ("", _("Choose a community")),
            *((f"c{key}", AsWritten(name)) for key, name in selectors.choices()),
            (_("Wider areas, to compare with"), [(code, name) for code, name in areas.choices()]),
        ]

    @staticmethod
    def _values(row: Figure) -> dict[str, Any]:
        names = ("reason", "source", "edition", "is_unreliable", "benchmark_name", "note")
        numbers = {name: _plain(getattr(row, name)) for name in _NUMBERS}
        told = {name: getattr(row, name) for name in names}
        return {"measure": str(row.measure_id), "period": str(row.period), **numbers, **told}

    def clean_about(self) -> Community | str:
        """A community, or the code of a wider area."""
        given = self.cleaned_data["about"]
        if given.startswith("c") and given[1:].isdigit():
            return selectors.one_by_key(int(given[1:]))
        return str(given)

    def clean_measure(self) -> Measure:
        """The measure."""
        return selectors.measure_by_key(int(self.cleaned_data["measure"]))

    def clean_period(self) -> periods.Period:
        """The period."""
        try:
            return periods.parse(self.cleaned_data["period"])
        except ValueError:
            raise ValidationError(
                _(
                    "Write a year (2023), years (2020–2022), a month (2024-05), or days (2024-03-01 – 2024-08-31)."
                )
            ) from None

    def clean(self) -> dict[str, Any]:
        """A value or a reason, not both and not neither."""
        given: dict[str, Any] = dict(self.cleaned_data)
        if "value" in given and given["value"] is None and not given.get("reason"):
            self.add_error("value", _("Write the value, or say below why it is not known."))
        if given.get("value") is not None and given.get("reason"):
            self.add_error("reason", _("There is a value, so it is known."))
        if given.get("benchmark") is not None and not given.get("benchmark_name"):
            self.add_error("benchmark_name", _("Name the benchmark: which state, which target."))
        low, high = given.get("low"), given.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The lower end of the interval lies above the upper end."))
        return given


def _plain(value: Any) -> Any:
    return None if value is None else format(value.normalize(), "f")
