"""What questionnaires and partnerships give to indicators, plugged on their behalf: they stand below the socket.

Of questionnaires marked as sensitive nothing is offered: a number of few answers would say too much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.questionnaires.models import Answer, Questionnaire, Response, Version
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.picking import offer
from barnraise.who.partnerships.models import Stage, StageChange
from barnraise.why.goals.sockets import Row, Source, stamp_of

AT_ONCE = 2000
NUMERIC = ("number", "scale")


def _instants(period: Period) -> tuple[datetime, datetime]:
    after = period.ends + timedelta(days=1)
    return (
        timezone.make_aware(datetime.combine(period.begins, time.min)),
        timezone.make_aware(datetime.combine(after, time.min)),
    )


def _open() -> QuerySet[Questionnaire]:
    return Questionnaire.objects.filter(is_sensitive=False).order_by("name_folded", "pk")


class ResponseForm(Form):
    """Answers to which questionnaire count."""

    questionnaire = forms.ModelChoiceField(Questionnaire.objects.none(), label=_("Questionnaire"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "questionnaire", _open(), folded="name_folded")

    def clean(self) -> dict[str, Any]:
        """The key."""
        cleaned = super().clean() or self.cleaned_data
        return {name: getattr(one, "pk", None) for name, one in cleaned.items()}


def _responses(options: Mapping[str, Any], period: Period) -> QuerySet[Response]:
    begins, after = _instants(period)
    return Response.objects.filter(
        questionnaire_id=int(options.get("questionnaire") or 0),
        questionnaire__is_sensitive=False,
        answered_at__gte=begins,
        answered_at__lt=after,
    )


def _response_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _responses(options, period).order_by("pk").values_list("pk", "answered_at")
    for key, at in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("questionnaires", "response", key), timezone.localdate(at))


def _response_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_responses(options, period), "updated_at")


def _response_words(options: Mapping[str, Any]) -> str:
    key = int(options.get("questionnaire") or 0)
    name = Questionnaire.objects.filter(pk=key).values_list("name", flat=True).first()
    return _now("Answers to “%(name)s”") % {"name": name or "–"}


class NumberForm(Form):
    """Answers to which question count."""

    question = forms.ChoiceField(label=_("Question"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["question"]
        field.choices = _numeric_questions()


def _numeric_questions() -> list[tuple[str, Any]]:
    """ "questionnaire:question" and its words, of all published questions that are answered by a number."""
    language = get_language() or "en"
    found: dict[str, Any] = {}
    versions = Version.objects.filter(questionnaire__is_sensitive=False, published_at__isnull=False)
    for row in versions.select_related("questionnaire").order_by("-pk")[:200]:
        for one in row.questions:
            if one["kind"] in NUMERIC:
                words = one["texts"].get(language) or next(iter(one["texts"].values()), one["code"])
                key = f"{row.questionnaire_id}:{one['code']}"
                found.setdefault(key, AsWritten(f"{row.questionnaire.name}: {words}"))
    return list(found.items())


def _answers(options: Mapping[str, Any], period: Period) -> QuerySet[Answer]:
    key, _colon, code = str(options.get("question") or "0:").partition(":")
    begins, after = _instants(period)
    return Answer.objects.filter(
        question=code,
        number__isnull=False,
        version__questionnaire_id=int(key) if key.isdigit() else 0,
        version__questionnaire__is_sensitive=False,
        response__answered_at__gte=begins,
        response__answered_at__lt=after,
    )


def _answer_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _answers(options, period).order_by("response_id")
    for key, at, number in rows.values_list("response_id", "response__answered_at", "number").iterator(
        chunk_size=AT_ONCE
    ):
        if number is not None:
            yield Row(Ref("questionnaires", "response", key), timezone.localdate(at), number)


def _answer_stamp(options: Mapping[str, Any], period: Period) -> str:
    found = _answers(options, period).aggregate(many=Count("pk"), last=Max("response__updated_at"))
    return f"{found['many']}:{found['last'] or ''}"


def _answer_words(options: Mapping[str, Any]) -> Any:
    return dict(_numeric_questions()).get(str(options.get("question") or ""), "")


def _activated(options: Mapping[str, Any], period: Period) -> QuerySet[StageChange]:
    return StageChange.objects.filter(
        stage=Stage.ACTIVE, since_on__gte=period.begins, since_on__lte=period.ends
    )


def _activated_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = (
        _activated(options, period).order_by("partnership_id", "pk").values_list("partnership_id", "since_on")
    )
    last = 0
    for key, on in rows.iterator(chunk_size=AT_ONCE):
        if key != last:
            yield Row(Ref("partnerships", "partnership", key), on)
        last = key


def _activated_stamp(options: Mapping[str, Any], period: Period) -> str:
    found = _activated(options, period).aggregate(many=Count("pk"), last=Max("pk"))
    return f"{found['many']}:{found['last'] or ''}"


SOURCES: Mapping[str, Source] = {
    "questionnaires.responses": Source(
        label=_("Answers to a questionnaire"),
        about=_("Every filled-in questionnaire of the period."),
        unit=_("answers"),
        rules=("count",),
        rows=_response_rows,
        form=ResponseForm,
        words=_response_words,
        stamp=_response_stamp,
    ),
    "questionnaires.numbers": Source(
        label=_("Numbers that people answer"),
        about=_("What people answered in the period to one question that asks for a number or a scale."),
        unit=_("as the question says"),
        rules=("mean", "sum", "maximum", "minimum", "last", "count"),
        rows=_answer_rows,
        form=NumberForm,
        words=_answer_words,
        stamp=_answer_stamp,
    ),
    "partnerships.activated": Source(
        label=_("Partnerships that became active"),
        about=_("Partnerships that reached the stage “active” in the period, each once."),
        unit=_("partnerships"),
        rules=("count",),
        rows=_activated_rows,
        stamp=_activated_stamp,
    ),
}
