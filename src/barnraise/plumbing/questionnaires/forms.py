"""Forms of questionnaires and their questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.forms import Form, Group, prepare

from . import shown
from .models import Questionnaire, Version
from .questions import CHOICES, Option, Question, fresh_code

WORDS = (
    ("title", _("Title"), 1),
    ("intro", _("What people read first"), 3),
    ("thanks", _("Thanks, after answering"), 2),
)


def languages(texts: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """(code, name) of the languages of the house, the main one first, and of those the texts are in already."""
    house = installation()
    known = dict(settings.LANGUAGES)
    codes = dict.fromkeys([house.default_language, *house.languages, *(texts or ())])
    return [(code, str(known.get(code, code))) for code in codes]


class SettingsForm(Form):
    """What may be changed at any time."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("For the team. People read the title.")
    )
    is_public = forms.BooleanField(
        label=_("Open to everybody"),
        required=False,
        help_text=_(
            "Whoever has the address may answer. Otherwise only by personal link or typed in by the team."
        ),
    )
    is_anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_("Who answered is not kept, also not of those with a personal link."),
    )
    is_sensitive = forms.BooleanField(
        label=_("About health or something as sensitive"),
        required=False,
        help_text=_("Numbers below 11 are hidden in the results."),
    )
    opens_on = forms.DateField(label=_("Takes answers from"), required=False)
    closes_on = forms.DateField(label=_("Takes answers until"), required=False)
    code = forms.CharField(
        label=_("Public address"),
        max_length=40,
        required=False,
        help_text=_("Small letters, digits and hyphens. Empty: made of the name."),
    )

    @staticmethod
    def standing(row: Questionnaire) -> dict[str, Any]:
        """The values as they stand."""
        names = ("name", "is_public", "is_anonymous", "is_sensitive", "opens_on", "closes_on", "code")
        return {name: getattr(row, name) for name in names}

    def values(self) -> dict[str, Any]:
        """The settings."""
        return {name: self.cleaned_data[name] for name in SettingsForm.base_fields}


class _Worded:
    """Fields for the words around the questions, in every language."""

    def add_words(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """One field for each word and language."""
        form: Any = self
        main = installation().default_language
        for code, name in languages(texts):
            for word, label, rows in WORDS:
                attrs = {"lang": code, "rows": rows}
                form.fields[f"{word}_{code}"] = forms.CharField(
                    label=_("%(word)s (%(language)s)") % {"word": label, "language": name},
                    max_length=200 if word == "title" else 2000,
                    required=word == "title" and code == main,
                    initial=(texts.get(code) or {}).get(word, ""),
                    widget=forms.TextInput(attrs={"lang": code})
                    if rows == 1
                    else forms.Textarea(attrs=attrs),
                )
        prepare(form)

    def texts(self) -> dict[str, dict[str, str]]:
        """The words by language."""
        clean = self.cleaned_data  # type: ignore[attr-defined]
        found: dict[str, dict[str, str]] = {}
        for name, value in clean.items():
            word, _mark, code = name.partition("_")
            if word in {one for one, _label, _rows in WORDS}:
                found.setdefault(code, {})[word] = value
        return found


class AddForm(SettingsForm, _Worded):
    """A new questionnaire."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words({})


class WordsForm(Form, _Worded):
    """The words around the questions of a draft."""

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words(version.texts)


class QuestionForm(Form):
    """One question of a draft."""

    kind = forms.ChoiceField(label=_("How it is answered"), choices=list(shown.KINDS.items()))
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)
    lowest = forms.DecimalField(label=_("Lowest"), required=False, max_digits=15, decimal_places=4)
    highest = forms.DecimalField(label=_("Highest"), required=False, max_digits=15, decimal_places=4)
    unit = forms.CharField(
        label=_("Unit"), max_length=40, required=False, help_text=_("Years, dollars, people")
    )

    def __init__(
        self, *args: Any, before: Sequence[Question], question: Question | None = None, **kwargs: Any
    ) -> None:
        self.question, self.before = question, before
        if question is not None:
            kwargs["initial"] = _initial(question)
        super().__init__(*args, **kwargs)
        main = installation().default_language
        first: dict[str, forms.Field] = {}
        self.tongues = languages(question.texts if question else None)
        for code, name in self.tongues:
            said = {"language": name}
            first[f"text_{code}"] = forms.CharField(
                label=_("The question (%(language)s)") % said,
                max_length=2000,
                required=code == main,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )
        more: dict[str, forms.Field] = {}
        for code, name in self.tongues:
            said = {"language": name}
            more[f"help_{code}"] = forms.CharField(
                label=_("Help below it (%(language)s)") % said, max_length=2000, required=False
            )
            more[f"options_{code}"] = forms.CharField(
                label=_("Options, one in a line (%(language)s)") % said,
                max_length=20_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5, "lang": code}),
            )
            for end, label in (
                ("low", _("The lowest step means (%(language)s)")),
                ("high", _("The highest step means (%(language)s)")),
            ):
                more[f"{end}_{code}"] = forms.CharField(label=label % said, max_length=200, required=False)
        self.fields = {**first, **self.fields, **more}
        self._add_rule()
        self._group()
        prepare(self)

    def _add_rule(self) -> None:
        pairs = [
            (
                f"{one.code}:{code}",
                AsWritten(f"{shown.question_text(one)}: {one.label(code, *shown.tongue())}"),
            )
            for one in self.before
            if one.kind in CHOICES
            for code in one.choices()
        ]
        if pairs:
            self.fields["asked_when"] = forms.MultipleChoiceField(
                label=_("After which answers"),
                choices=pairs,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _group(self) -> None:
        codes = [code for code, _name in self.tongues]
        helps, options, ends = (
            [f"help_{code}" for code in codes],
            [f"options_{code}" for code in codes],
            [f"{end}_{code}" for code in codes for end in ("low", "high")],
        )
        self.groups = (
            Group(
                _("Options"), options, _("For questions with options; in the same order in each language.")
            ),
            Group(
                _("Scale, number"),
                ("lowest", "highest", "unit", *ends),
                _("For scales and numbers. A scale has 2 to 11 steps."),
                is_folded=True,
            ),
            Group(_("Help"), helps, is_folded=True),
            Group(
                _("Ask it only sometimes"),
                ("asked_when",),
                _("Only of those who gave one of these answers to an earlier question."),
                is_folded=True,
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Answers of one question only make a rule."""
        clean = super().clean() or {}
        chosen = {pair.partition(":")[0] for pair in clean.get("asked_when") or ()}
        if len(chosen) > 1:
            self.add_error("asked_when", _("Tick answers of one question only."))
        return clean

    def made(self, taken: Sequence[str]) -> Question:
        """The question. `taken` are codes of the others."""
        clean = self.cleaned_data
        texts = self._by_language("text")
        main = installation().default_language
        rule = [pair.partition(":")[::2] for pair in clean.get("asked_when") or ()]
        kind = clean["kind"]
        return Question(
            code=self.question.code if self.question else fresh_code(texts.get(main, ""), taken),
            kind=kind,
            texts=texts,
            help=self._by_language("help"),
            is_required=clean["is_required"],
            options=self._options(main) if kind in ("single", "multiple") else (),
            lowest=clean["lowest"] if kind in ("scale", "number") else None,
            highest=clean["highest"] if kind in ("scale", "number") else None,
            low=self._by_language("low") if kind == "scale" else {},
            high=self._by_language("high") if kind == "scale" else {},
            unit=clean["unit"] if kind == "number" else "",
            asked_if=(rule[0][0], tuple(code for _name, code in rule)) if rule else None,
        )

    def _by_language(self, word: str) -> dict[str, str]:
        said = {code: self.cleaned_data.get(f"{word}_{code}", "").strip() for code, _name in self.tongues}
        return {code: text for code, text in said.items() if text}

    def _options(self, main: str) -> tuple[Option, ...]:
        """Options keep their code while their line in the main language, or their place, stays."""
        lines = {
            code: [
                line.strip()
                for line in self.cleaned_data.get(f"options_{code}", "").splitlines()
                if line.strip()
            ]
            for code, _name in self.tongues
        }
        old = self.question.options if self.question else ()
        by_text = {option.texts.get(main, ""): option.code for option in old}
        taken: set[str] = set()
        made = []
        for at, text in enumerate(lines.get(main, ())):
            code = by_text.get(text)
            if code is None and len(old) == len(lines[main]) and old[at].texts.get(main) not in lines[main]:
                code = old[at].code
            code = code if code and code not in taken else fresh_code(text, taken | set(by_text.values()))
            taken.add(code)
            texts = {tongue: said[at] for tongue, said in lines.items() if at < len(said)}
            made.append(Option(code, texts))
        return tuple(made)


def _initial(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": question.kind,
        "is_required": question.is_required,
        "lowest": question.lowest,
        "highest": question.highest,
        "unit": question.unit,
        "asked_when": [f"{question.asked_if[0]}:{code}" for code in question.asked_if[1]]
        if question.asked_if
        else [],
    }
    for word in ("texts", "help", "low", "high"):
        name = "text" if word == "texts" else word
        found |= {f"{name}_{code}": text for code, text in getattr(question, word).items()}
    tongues = {code for option in question.options for code in option.texts}
    for code in tongues:
        found[f"options_{code}"] = "\n".join(option.texts.get(code, "") for option in question.options)
    return found


class TypedForm(Form):
    """What the team says of a form that somebody filled in on paper."""

    who = forms.CharField(
        label=_("Who answered"),
        max_length=200,
        required=False,
        help_text=_("Name or e-mail address of somebody in the directory. Empty: nobody is named."),
    )
    answered_on = forms.DateField(label=_("On which day"))

    def clean_answered_on(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["answered_on"]
        if day.year < 1900 or day > timezone.localdate():
            raise ValidationError(_("Write a day that is not in the future."))
        return day


class LinkForm(Form):
    """For whom a personal link is."""

    who = forms.CharField(
        label=_("For whom"),
        max_length=200,
        help_text=_("Name or e-mail address of somebody in the directory."),
    )


class FileForm(Form):
    """A table of filled forms."""

    file = forms.FileField(
        label=_("Table"), help_text=_("CSV, Excel or OpenDocument; one row for each filled form.")
    )
    is_dry = forms.BooleanField(label=_("Only look whether all of it can be taken in"), required=False)


class QuestionFileForm(Form):
    """A table of questions."""

    file = forms.FileField(
        label=_("Table"), help_text=_("CSV, Excel or OpenDocument; one row for each question.")
    )
    is_added = forms.BooleanField(
        label=_("Add them after the questions that are there"),
        required=False,
        help_text=_("Else they take the place of those."),
    )


class ShortForm(Form):
    """Where a short link to the public page is handed out."""

    channels = forms.CharField(
        label=_("Where it is handed out"),
        max_length=400,
        required=False,
        help_text=_(
            "Words with commas between them: flyer, library, newsletter. Visits are counted for each."
        ),
    )
