"""Forms of after-action reviews and lessons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.ui.forms import Form

from .. import selectors
from ..faults import DONE
from ..models import Lesson, Review
from .fields import AboutField, owner_choices

NAMES = ("title", "held_on", "expected", "happened", "difference")


def _lines(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReviewForm(Form):
    """What was expected, what happened, why it differed."""

    about = AboutField(
        label=_("What you look back at"),
        kinds=DONE,
        help_text=_("The full name of an event, a project, an objective or a goal."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    held_on = forms.DateField(label=_("Held on"))
    expected = _lines(_("What was expected"))
    happened = _lines(_("What happened"), required=True)
    difference = _lines(_("Why it differed"))

    def __init__(
        self,
        *args: Any,
        review: Review | None = None,
        about: str = "",
        first: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        kept = review.about if review is not None else about
        initial: dict[str, Any] = {"held_on": timezone.localdate(), **(first or {})}
        if review is not None:
            initial = {name: getattr(review, name) for name in NAMES}
        kwargs["initial"] = {**initial, "about": selectors.titles_of([kept]).get(kept, "")}
        super().__init__(*args, **kwargs)
        about_field: Any = self.fields["about"]
        about_field.kept = kept

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        return {name: self.cleaned_data[name] for name in (*NAMES, "about")}


class NewReviewForm(ReviewForm):
    """A new review, with what was learnt, one lesson a line."""

    lessons = forms.CharField(
        label=_("What was learnt"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One lesson a line. Each then becomes a next step or a promise, or is set aside."),
    )

    def values(self) -> dict[str, Any]:
        """Arguments of `add_review`."""
        lines = [squeeze(line) for line in self.cleaned_data["lessons"].splitlines()]
        return {**super().values(), "lessons": [line for line in lines if line]}


class LessonForm(Form):
    """One thing that was learnt."""

    text = forms.CharField(label=_("What was learnt"), max_length=500)


class FollowForm(Form):
    """What a lesson becomes."""

    kind = forms.ChoiceField(
        label=_("It becomes"),
        choices=[("step", _("A next step")), ("promise", _("A promise of ours"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("What is done"), max_length=300)
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    due_on = forms.DateField(label=_("Until"), required=False, help_text=_("Needed for a promise."))

    def __init__(self, *args: Any, actor: Any, lesson: Lesson, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": "step", "text": lesson.text[:300], "owner": str(actor.pk)}
        super().__init__(*args, **kwargs)
        self.accounts, choices = owner_choices()
        owner: Any = self.fields["owner"]
        owner.choices = choices

    def values(self) -> dict[str, Any]:
        """Arguments of `follow_up`."""
        clean = self.cleaned_data
        said = {name: clean[name] for name in ("kind", "text", "due_on")}
        return {**said, "owner": self.accounts.get(clean["owner"])}
