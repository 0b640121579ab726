"""Forms of the import flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.tabular import Recognition, Table
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form, prepare
from barnraise.plumbing.ui.widgets import FilesInput

from .notices import reason
from .sockets import NUMBERS, Field, FieldRefused, Noun, Question

DELIMITERS = ((",", _("Comma")), (";", _("Semicolon")), ("tab", _("Tab")), ("|", _("Vertical bar")))
ENCODINGS = (
    "utf-8",
    "cp1252",
    "latin-1",
    "mac_roman",
    "cp1250",
    "iso8859-15",
    "utf-16",
    "shift_jis",
    "gb18030",
    "cp1251",
)
SPLITS = (
    ("", _("One value")),
    (";", _("Several, with ;")),
    (",", _("Several, with ,")),
    ("|", _("Several, with |")),
    ("||", _("Several, with ||")),
    (" ::: ", _("Several, with :::")),
    ("newline", _("Several, one on each line")),
)
ORDERS = (
    ("", _("Choose the order")),
    ("dmy", _("day, month, year")),
    ("mdy", _("month, day, year")),
    ("ymd", _("year, month, day")),
)
WRITTEN = {"tab": "\t", "newline": "\n"}
"""Separators that an HTML form would change on the way."""
SPOKEN = {sign: word for word, sign in WRITTEN.items()}
STYLES = (("point", _("1,234.56")), ("comma", _("1.234,56")))


class FilesField(forms.FileField):
    """One or several files; cleans to a list. An empty one is the reader's to refuse: it names it and says what to do."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_empty_file": True, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file given, each checked as a single one would be."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given] or [
            super().clean(None, initial)
        ]


class GiveForm(Form):
    """The files."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_(
            "CSV, TSV, Excel (.xlsx, .xls), JSON, or a zip of these. Several files of one export can be given together."
        ),
    )


class ReadingForm(Form):
    """How one file is to be read, where that is not certain or was found wrongly."""

    encoding = forms.ChoiceField(label=_("Letters are written as"), required=False)
    delimiter = forms.ChoiceField(label=_("Columns are separated by"), required=False)
    sheet = forms.ChoiceField(label=_("Table to take in"), required=False)
    header_row = forms.IntegerField(
        label=_("Row with the headings"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_("As the first column of the table above counts them; 0 when there are no headings."),
    )

    def __init__(
        self,
        *args: Any,
        recognition: Recognition,
        table: Table | None,
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found = [candidate.encoding for candidate in table.encodings] if table else []
        encodings = list(dict.fromkeys([*found, *ENCODINGS]))
        self.fields["encoding"].choices = [("", _("as recognised")), *((e, AsWritten(e)) for e in encodings)]  # type: ignore[attr-defined]
        self.fields["delimiter"].choices = [("", _("as recognised")), *DELIMITERS]  # type: ignore[attr-defined]
        sheets = [(t.name, AsWritten(t.name)) for t in recognition.tables]
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        if table is not None:
            self.initial.setdefault("sheet", table.name)
        if recognition.container != "text":
            del self.fields["delimiter"]
        if recognition.container in {"xlsx", "xls", "json", "vcard"}:
            del self.fields["encoding"]
        if recognition.container == "vcard":
            del self.fields["header_row"]
        if len(sheets) < 2:
            del self.fields["sheet"]
        self.table = table
        self.questions = list(questions)
        answers = self.initial.get("answers") or {}
        for one in self.questions:
            self.fields[f"answer-{one.name}"] = forms.CharField(
                label=one.title,
                help_text=one.hint,
                required=one.is_required,
                max_length=200,
                initial=answers.get(one.name) or one.suggestion,
            )
        prepare(self)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The format's own questions."""
        return [self[f"answer-{one.name}"] for one in self.questions]

    @property
    def otherwise(self) -> list[forms.BoundField]:
        """How else the file can be read."""
        names = ("encoding", "delimiter", "header_row")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Answers fit their questions."""
        given: dict[str, Any] = dict(self.cleaned_data)
        for one in self.questions:
            text = given.get(f"answer-{one.name}")
            if text and one.check is not None:
                try:
                    one.check(text)
                except FieldRefused as no:
                    self.add_error(f"answer-{one.name}", reason(no.reason, no.details))
        return given

    def choices(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What was chosen otherwise than recognised. Call it after is_valid(); `before` are the choices that hold now."""
        chosen = {
            name: WRITTEN.get(str(value), value)
            for name, value in self.cleaned_data.items()
            if value not in ("", None) and not name.startswith("answer-")
        }
        answers = {one.name: self.cleaned_data.get(f"answer-{one.name}", "") for one in self.questions}
        answers = {
            one.name: answers[one.name] for one in self.questions if answers[one.name] != one.suggestion
        }
        if answers:
            chosen["answers"] = answers
        found = self.table.choice.header_row if self.table else None
        if chosen.get("header_row") == found and "header_row" not in before:
            chosen.pop("header_row", None)
        if self.table and chosen.get("sheet") == self.table.name and "sheet" not in before:
            chosen.pop("sheet")
        return chosen


def _shared(field: Field, initial: Any) -> forms.Field:
    """The form field of what all rows have in common."""
    if field.kind == "choice":
        choices = [("", _("Not said")), *field.options]
        return forms.ChoiceField(label=field.title, choices=choices, required=False, initial=initial)
    return forms.CharField(
        label=field.title, help_text=field.hint, required=False, max_length=300, initial=initial
    )


class MappingForm(Form):
    """One select for each column, and how to read it. Field names are "column-<index>" and "<rule>-<index>"."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        noun: Noun,
        rules: dict[str, Any],
        constants: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = list(columns)
        self.targets: dict[str, Field] = {field.name: field for field in noun.fields}
        choices = [("", _("Leave out")), *((f.name, f.title) for f in noun.fields)]
        for index, column in enumerate(columns):
            rule = rules.get(column, {})
            self._add("column", index, choices, rule.get("field", ""), column)
            self._add(
                "split",
                index,
                SPLITS,
                SPOKEN.get(rule.get("split", ""), rule.get("split", "")),
                _("Values in one cell"),
            )
            self._add("order", index, ORDERS, rule.get("order", ""), _("Order of dates"))
            self._add("style", index, STYLES, rule.get("style", "point"), _("Numbers are written"))
            self.fields[f"repair-{index}"] = forms.BooleanField(
                label=_("Mend misread letters"), required=False, initial=bool(rule.get("repair"))
            )
        self.shared = [field for field in noun.fields if field.is_shared]
        for field in self.shared:
            self.fields[f"shared-{field.name}"] = _shared(field, (constants or {}).get(field.name, ""))
        self.rules = rules
        prepare(self)

    def _add(self, kind: str, index: int, choices: Any, initial: str, label: Any) -> None:
        self.fields[f"{kind}-{index}"] = forms.ChoiceField(
            label=label, choices=choices, required=False, initial=initial
        )

    def mapping(self) -> dict[str, Any]:
        """The mapping that was chosen, as mapping.compile_mapping takes it. Call it after is_valid()."""
        columns: dict[str, Any] = {}
        for index, column in enumerate(self.columns):
            name = self.cleaned_data.get(f"column-{index}")
            if name:
                columns[column] = {"field": name, **self._reading(index, self.targets[name], column)}
        taken = {rule["field"] for rule in columns.values()}
        given = {field.name: self.cleaned_data.get(f"shared-{field.name}", "") for field in self.shared}
        constants = {name: text for name, text in given.items() if text and name not in taken}
        return {"version": 1, "columns": columns, "constants": constants}

    @property
    def in_common(self) -> list[forms.BoundField]:
        """What all rows may have in common, where no column says it."""
        return [self[f"shared-{field.name}"] for field in self.shared]

    def _reading(self, index: int, field: Field, column: str) -> dict[str, Any]:
        given = self.cleaned_data
        out: dict[str, Any] = {}
        if field.kind in {"many", "email", "phone", "url"}:
            out["split"] = WRITTEN.get(given.get(f"split-{index}", ""), given.get(f"split-{index}", ""))
        if field.kind == "date":
            out["order"] = given.get(f"order-{index}", "")
        if field.kind in NUMBERS:
            out["style"] = given.get(f"style-{index}") or "point"
        if given.get(f"repair-{index}") and self.rules.get(column, {}).get("damage"):
            out["repair"] = self.rules[column]["damage"]
        return out

    def clean(self) -> dict[str, Any]:
        """Dates need an order."""
        given: dict[str, Any] = dict(self.cleaned_data)
        for index in range(len(self.columns)):
            field = self.targets.get(given.get(f"column-{index}", ""))
            if field and field.kind == "date" and not given.get(f"order-{index}"):
                self.add_error(f"order-{index}", _("Say in which order day, month and year are written."))
        return given
