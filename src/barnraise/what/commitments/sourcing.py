"""What promises give to indicators: how many were kept, how many were made, the share kept in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.forms import Form
from barnraise.why.goals.sockets import Row, Source, stamp_of

from .models import Commitment

AT_ONCE = 2000


class PromiseChoice(Form):
    """Whose promises count."""

    directions = forms.MultipleChoiceField(
        label=_("Whose promises count"),
        choices=Commitment.Direction.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )


def _words(options: Mapping[str, Any]) -> str:
    known = Commitment.Direction
    said = [str(known(one).label) for one in options.get("directions") or () if one in known.values]
    return _now("Counts: %(kinds)s") % {"kinds": ", ".join(said) if said else _now("all promises")}


def _of(options: Mapping[str, Any]) -> QuerySet[Commitment]:
    rows = Commitment.objects.all()
    return rows.filter(direction__in=options["directions"]) if options.get("directions") else rows


def _settled(options: Mapping[str, Any], period: Period) -> QuerySet[Commitment]:
    rows = _of(options).filter(settled="kept")
    return rows.filter(settled_on__gte=period.begins, settled_on__lte=period.ends)


def _was_due(options: Mapping[str, Any], period: Period) -> QuerySet[Commitment]:
    """Due in the period and by now, not released."""
    rows = _of(options).filter(due_on__gte=period.begins, due_on__lte=period.ends)
    is_due = Q(settled__in=("kept", "broken")) | Q(settled="", due_on__lt=timezone.localdate())
    return rows.filter(is_due)


def _kept(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _settled(options, period).order_by("pk").values_list("pk", "settled_on")
    for key, on in rows.iterator(chunk_size=AT_ONCE):
        if on is not None:
            yield Row(Ref("commitments", "commitment", key), on)


def _in_time(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _was_due(options, period).order_by("pk").values_list("pk", "due_on", "settled", "settled_on")
    for key, due_on, settled, on in rows.iterator(chunk_size=AT_ONCE):
        is_kept = settled == "kept" and on is not None and on <= due_on
        yield Row(Ref("commitments", "commitment", key), due_on, Decimal(100 if is_kept else 0))


def _kept_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_settled(options, period), "updated_at")


def _due_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_was_due(options, period), "updated_at")


SOURCES: Mapping[str, Source] = {
    "commitments.kept": Source(
        label=_("Promises kept"),
        about=_("Promises that were kept in the period, in time or late."),
        unit=_("promises"),
        rules=("count",),
        rows=_kept,
        form=PromiseChoice,
        words=_words,
        stamp=_kept_stamp,
    ),
    "commitments.in_time": Source(
        label=_("Share of promises kept in time"),
        about=_("Each promise due in the period counts 100 when it was kept in time and 0 when it was not; the mean is the share."),
        unit=_("percent"),
        rules=("mean",),
        rows=_in_time,
        form=PromiseChoice,
        words=_words,
        stamp=_due_stamp,
    ),
}  # fmt: skip
"""By name."""
