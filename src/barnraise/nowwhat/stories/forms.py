"""Forms of stories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, fold, squeeze
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.sowhat.indicators.models import Observation
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.people import selectors as people
from barnraise.why.goals.models import Indicator

from . import selectors
from .models import Story

_MARKS = _("A blank line begins a paragraph. {1} shows the figure of that number, once the story cites it.")


def _text(rows: int = 14) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StoryForm(Form):
    """A story in its own language."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In two sentences"), required=False, max_length=400, widget=_text(3),
        help_text=_("Stands in lists, mails and posts."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("The story"), required=False, max_length=20000, widget=_text(), help_text=_MARKS
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    cites = forms.CharField(
        label=_("What it tells about"),
        required=False,
        max_length=300,
        help_text=_("The name of a project, event, goal, objective, need or organisation."),
    )
    owner = forms.ChoiceField(
        label=_("Who sees to it"), required=False, help_text=_("Today reminds them before a consent ends.")
    )

    def __init__(self, *args: Any, actor: Any, story: Story | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"language": installation().default_language, "owner": str(actor.pk)}
        if story is not None:
            names = ("title", "summary", "text", "language")
            initial = {name: getattr(story, name) for name in names}
            initial["owner"] = str(story.owner_id or "")
            initial["cites"] = search.cited_title(story.cites) if story.cites else ""
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.actor, self.kept_cites = actor, story.cites if story is not None else ""
        self.accounts = {str(one.pk): one for one in selectors.owners()}
        if story is not None and story.owner is not None:
            self.accounts.setdefault(str(story.owner_id), story.owner)
        field: Any = self.fields["owner"]
        field.choices = [
            ("", _("Nobody yet")),
            *((key, AsWritten(str(one))) for key, one in self.accounts.items()),
        ]

    def clean_cites(self) -> str:
        """The typed reference of what it tells about."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=selectors.ABOUT)

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        names = ("title", "summary", "text", "language", "cites")
        return {**{name: clean[name] for name in names}, "owner": self.accounts.get(clean["owner"])}


class TranslationForm(Form):
    """The story in a further language; all empty takes that language away."""

    title = forms.CharField(label=_("Title"), required=False, max_length=160)
    summary = forms.CharField(label=_("In two sentences"), required=False, max_length=400, widget=_text(3))
    text = forms.CharField(
        label=_("The story"), required=False, max_length=20000, widget=_text(), help_text=_MARKS
    )


class CiteForm(Form):
    """Which observation a story cites: an indicator by name, and a day in the period that counts."""

    figure = forms.CharField(
        label=_("Indicator"), max_length=300, help_text=_("The full name of an indicator.")
    )
    on = forms.DateField(
        label=_("A day in the period"),
        required=False,
        help_text=_("Empty: the latest period that has a value."),
    )
    words = forms.CharField(
        label=_("What the number counts, in words for everybody"),
        required=False,
        max_length=200,
        help_text=_("Empty: the name of the indicator."),
    )
    shown_at = {"observation": "figure"}

    def clean(self) -> dict[str, Any]:
        """The observation. Raises ValidationError at the field."""
        values: dict[str, Any] = super().clean() or {}
        name = fold(squeeze(values.get("figure") or ""))
        if not name:
            return values
        rows = Observation.objects.filter(
            indicator__in=Indicator.objects.filter(name_folded=name[:200]), value__isnull=False
        ).select_related("indicator")
        if values.get("on"):
            rows = rows.filter(begins_on__lte=values["on"], ends_on__gte=values["on"])
        values["observation"] = rows.order_by("-begins_on", "-pk").first()
        if not Indicator.objects.filter(name_folded=name[:200]).exists():
            self.add_error("figure", _now("There is no indicator of this name."))
        elif values["observation"] is None:
            at = "on" if values.get("on") else "figure"
            self.add_error(at, _now("It has no value then. Cite another period, or write the value first."))
        return values

    def values(self) -> dict[str, Any]:
        """Arguments of `cite`."""
        return {name: self.cleaned_data[name] for name in ("observation", "words")}


class NameForm(Form):
    """Whom a story names or shows, and what they agree to."""

    person = forms.CharField(
        label=_("Person"), max_length=300, help_text=_("The full name, or an e-mail of theirs.")
    )
    named_as = forms.CharField(
        label=_("Named in the story as"),
        required=False,
        max_length=120,
        help_text=_("As the story says it: a first name, a name they chose. Empty: their full name."),
    )
    purpose = forms.ChoiceField(
        label=_("What they agree to"),
        help_text=_("Purposes with the channel “Publication”. The story is public only while they agree."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = {
            str(row.pk): row for row in consents.live_purposes() if Channel.PUBLIC.value in row.channels
        }
        field: Any = self.fields["purpose"]
        field.choices = [(key, AsWritten(row.name)) for key, row in self.purposes.items()]

    def clean_person(self) -> Any:
        """The person. Raises ValidationError when nobody is called so, or several."""
        found = people.named(squeeze(self.cleaned_data["person"]))
        if len(found) > 1:
            raise ValidationError(_now("Several have this name. Write an e-mail of the one you mean."))
        if not found:
            raise ValidationError(_now("There is no person of this name. Add them first."))
        return people.one_by_key(found[0])

    def values(self) -> dict[str, Any]:
        """Arguments of `name_person`."""
        clean = self.cleaned_data
        return {
            "person": clean["person"],
            "named_as": clean["named_as"],
            "purpose": self.purposes[clean["purpose"]],
        }


class EndForm(Form):
    """Why it is taken back."""

    note = forms.CharField(label=_("Why"), max_length=300)
