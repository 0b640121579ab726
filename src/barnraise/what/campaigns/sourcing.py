"""What campaigns give to indicators: people whom a mail reached, people who said that they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.sockets import kinds
from barnraise.what.projects.sockets import Channel, Reached
from barnraise.why.goals.sockets import Row, Source, stamp_of

from .models import Campaign, CampaignReader
from .selectors import citable

AT_ONCE = 2000


class ServedChoice(Form):
    """Of campaigns that serve what."""

    cites = forms.ChoiceField(label=_("Serves"), required=False, help_text=_("None: all campaigns."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cites"]
        field.choices = [("", "–"), *((ref, AsWritten(title)) for ref, title in citable())]


def _words(options: Mapping[str, Any]) -> str:
    text = str(options.get("cites") or "")
    if not text:
        return _now("Of all campaigns")
    ref = Ref.parse(text)
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id) if described else None
    return _now("Of campaigns that serve “%(name)s”") % {"name": title or text}


def _bounds(period: Period) -> tuple[datetime, datetime]:
    """The period as instants in the network's zone, the end not included."""
    zone = ZoneInfo(installation().time_zone)
    first = datetime.combine(period.begins, time.min, zone)
    return first, datetime.combine(period.ends + timedelta(days=1), time.min, zone)


def _served(options: Mapping[str, Any]) -> QuerySet[CampaignReader]:
    rows = CampaignReader.objects.all()
    return rows.filter(campaign__cites=options["cites"]) if options.get("cites") else rows


def _reached(options: Mapping[str, Any], period: Period) -> QuerySet[CampaignReader]:
    first, end = _bounds(period)
    return _served(options).filter(
        message__state=Message.State.HANDED_OVER, message__handed_at__gte=first, message__handed_at__lt=end
    )


def _coming(options: Mapping[str, Any], period: Period) -> QuerySet[CampaignReader]:
    first, end = _bounds(period)
    return _served(options).filter(
        answer=CampaignReader.Answer.YES, answered_at__gte=first, answered_at__lt=end
    )


def _rows(rows: QuerySet[CampaignReader], field: str) -> Iterator[Row]:
    zone = ZoneInfo(installation().time_zone)
    for key, at, person in (
        rows.order_by("pk").values_list("pk", field, "person_id").iterator(chunk_size=AT_ONCE)
    ):
        counts = Ref("people", "person", person) if person else None
        yield Row(Ref("campaigns", "campaignreader", key), at.astimezone(zone).date(), counts=counts)


def _state(rows: QuerySet[CampaignReader]) -> str:
    return stamp_of(rows, "updated_at", "message__updated_at")


def _sent(ref: Ref, most: int) -> list[Reached]:
    """Campaigns that serve a project, with how many mails were taken and did not come back."""
    went = Q(readers__message__state=Message.State.HANDED_OVER)
    rows = (
        Campaign.objects.filter(cites=str(ref), started_at__isnull=False)
        .annotate(reached=Count("readers", filter=went))
        .order_by("-pk")[:most]
    )
    address = reverse("campaigns:readers")
    return [
        Reached(
            row.name, row.get_absolute_url(), row.reached, f"{address}?campaign={row.pk}&mail=handed_over"
        )
        for row in rows
    ]


def _served_by(ref: Ref) -> dict[str, Any]:
    return {"cites": str(ref)}


CHANNEL = Channel(
    _("Campaigns"),
    _sent,
    lambda ref, period: _rows(_reached(_served_by(ref), period), "message__handed_at"),
    lambda ref, period: _state(_reached(_served_by(ref), period)),
)
"""Campaigns among the channels of a project's reach."""

SOURCES: Mapping[str, Source] = {
    "campaigns.reached": Source(
        label=_("People whom a campaign reached"),
        about=_(
            "Everybody whose mail the mail server took in the period and that did not come back. Opens are not claimed."
        ),
        unit=_("people"),
        rules=("distinct", "count"),
        rows=lambda options, period: _rows(_reached(options, period), "message__handed_at"),
        form=ServedChoice,
        words=_words,
        stamp=lambda options, period: _state(_reached(options, period)),
    ),
    "campaigns.said_yes": Source(
        label=_("People who said that they come"),
        about=_("Everybody who answered an invitation of a campaign with yes in the period."),
        unit=_("people"),
        rules=("distinct", "count"),
        rows=lambda options, period: _rows(_coming(options, period), "answered_at"),
        form=ServedChoice,
        words=_words,
        stamp=lambda options, period: _state(_coming(options, period)),
    ),
}
