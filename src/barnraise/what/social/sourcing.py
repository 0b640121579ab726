"""What posts give to indicators: how many people they reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.lists.subqueries import is_there
from barnraise.why.goals.sockets import Row, Source, stamp_of

from . import facing
from .models import Reach, Variant
from .selectors import latest_reach
from .services.post import SOURCE

AT_ONCE = 2000


def _networks() -> list[tuple[str, Any]]:
    return [(name, AsWritten(title)) for name, title in facing.choices()]


class NetworkChoice(Form):
    """Which networks count."""

    networks = forms.MultipleChoiceField(
        label=_("Which networks count"),
        choices=_networks,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )


def _words(options: Mapping[str, Any]) -> str:
    said = [facing.title_of(one) for one in options.get("networks") or ()]
    return _now("Counts: %(kinds)s") % {"kinds": ", ".join(said) if said else _now("all networks")}


def posted_in(period: Period) -> QuerySet[Variant]:
    """Those posted in the period, taken down since or not, of which a reach is noted."""
    zone = timezone.get_current_timezone()
    begins = datetime.combine(period.begins, time.min, zone).astimezone(UTC)
    ends = datetime.combine(period.ends + timedelta(days=1), time.min, zone).astimezone(UTC)
    rows = Variant.objects.filter(posted_at__gte=begins, posted_at__lt=ends)
    return rows.filter(is_there(Reach.objects.filter(variant=OuterRef("pk"))))


def _posted(options: Mapping[str, Any], period: Period) -> QuerySet[Variant]:
    rows = posted_in(period)
    return rows.filter(network__in=options["networks"]) if options.get("networks") else rows


def _reached(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    last = 0
    while True:
        rows = list(
            _posted(options, period)
            .filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", "posted_at")[:AT_ONCE]
        )
        if not rows:
            return
        reaches = latest_reach([key for key, _at in rows])
        for key, at in rows:
            on = timezone.localdate(at)
            yield Row(Ref("social", "variant", key), on, Decimal(reaches[key].reached))
        last = rows[-1][0]


def _stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_posted(options, period), "updated_at")


SOURCES: Mapping[str, Source] = {
    SOURCE: Source(
        label=_("People reached by posts"),
        about=_("The latest number noted of each post of the period; people who saw two posts count twice."),
        unit=_("people"),
        rules=("sum", "mean", "maximum", "count"),
        rows=_reached,
        form=NetworkChoice,
        words=_words,
        stamp=_stamp,
    ),
}
"""By name."""
