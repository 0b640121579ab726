"""Forms of comments, themes and answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.picking import OFFERED
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .models import Answer, Comment, Theme
from .selectors import CITED, live_themes


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SayerField(forms.CharField):
    """A person or an organisation by name, number or address; cleans to its reference, None when empty."""

    def clean(self, value: Any) -> Ref | None:
        """Raises ValidationError when nobody is called so, or several."""
        text = squeeze(super().clean(value) or "")
        if not text:
            return None
        bodies, persons = organisations.named(text), people.named(text)
        if len(bodies) + len(persons) > 1:
            raise ValidationError(
                _now("Several have this name. Write a number or an e-mail of the one you mean.")
            )
        if bodies:
            return Ref("organisations", "organisation", bodies[0])
        if persons:
            return Ref("people", "person", persons[0])
        raise ValidationError(_now("There is no organisation and no person of this name. Add them first."))


class NoteForm(Form):
    """What somebody said."""

    text = forms.CharField(label=_("What was said"), max_length=4000, widget=_area(4))
    said_on = forms.DateField(label=_("Said on"))
    said_by = SayerField(
        label=_("Who said it"),
        required=False,
        max_length=300,
        help_text=_("Only the team sees it. Leave it empty where it does not matter."),
    )


class ThemesForm(Form):
    """What a comment is about."""

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new = forms.CharField(label=_("Or a new theme"), required=False, max_length=120)

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        held = list(comment.marks.values_list("theme_id", flat=True))
        kwargs.setdefault("initial", {"themes": held})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        offered = list(
            live_themes().order_by("-updated_at", "pk").values_list("pk", flat=True)[: OFFERED + 1]
        )
        fields["themes"].queryset = Theme.objects.filter(pk__in=[*offered[:OFFERED], *held]).order_by(
            "name_folded"
        )
        if len(offered) > OFFERED:
            fields["new"].help_text = _(
                "There are many themes: write the name of one that is not offered here."
            )


class ThemeForm(Form):
    """A theme."""

    name = forms.CharField(label=_("Theme"), max_length=120)
    about = forms.CharField(label=_("What belongs to it"), required=False, max_length=500, widget=_area(2))


class ChangeThemeForm(ThemeForm):
    """A theme, and whether it is still offered."""

    is_ended = forms.BooleanField(
        label=_("It has ended"), required=False, help_text=_("It stays on its comments and is no longer offered.")
    )  # fmt: skip

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": theme.name,
            "about": theme.about,
            "is_ended": theme.ended_on is not None,
        }
        super().__init__(*args, **kwargs)


class AnswerForm(Form):
    """You said, we did."""

    you_said = forms.CharField(
        label=_("You said"),
        max_length=300,
        help_text=_("In your own words, without names: everybody may read it once it is published."),
    )
    we_did = forms.CharField(
        label=_("We did"),
        max_length=2000,
        widget=_area(4),
        help_text=_("What was done, or why nothing can be."),
    )
    cites = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=300,
        help_text=_("The name of a project, an objective, a goal, an event or a decision."),
    )

    def __init__(self, *args: Any, actor: Any, answer: Answer | None = None, **kwargs: Any) -> None:
        if answer is not None:
            kwargs["initial"] = {
                "you_said": answer.you_said,
                "we_did": answer.we_did,
                "cites": search.cited_title(answer.cites) if answer.cites else "",
            }
        super().__init__(*args, **kwargs)
        self.actor, self.kept_cites = actor, answer.cites if answer is not None else ""

    def clean_cites(self) -> str:
        """The typed reference of what was done."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=CITED)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class NameForm(Form):
    """What a suggested theme is called."""

    name = forms.CharField(label=_("Name of the theme"), max_length=120)
