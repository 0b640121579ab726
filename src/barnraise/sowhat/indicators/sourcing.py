"""What the rooms of who and plumbing give to indicators, plugged on their behalf: they stand below the socket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.models import ShortLink, Visits
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.picking import offer
from barnraise.who.communities.models import Community, Figure, Measure
from barnraise.who.consent.models import Consent, Purpose
from barnraise.who.interactions.models import Interaction, InteractionOrganisation, InteractionPerson
from barnraise.why.goals.sockets import Row, Source, stamp_of

AT_ONCE = 2000
VISITS = "links.visits"


def _instants(period: Period) -> tuple[datetime, datetime]:
    """The first instant of the period and the first one after it, in the zone of the house."""
    after = period.ends + timedelta(days=1)
    return (
        timezone.make_aware(datetime.combine(period.begins, time.min)),
        timezone.make_aware(datetime.combine(after, time.min)),
    )


def _key(options: Mapping[str, Any], name: str) -> int:
    """A key that was chosen; 0 where none was."""
    return int(options.get(name) or 0)


class TalkForm(Form):
    """Which interactions count."""

    kinds = forms.MultipleChoiceField(
        label=_("Which interactions count"),
        choices=Interaction.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )


def _talks(options: Mapping[str, Any], period: Period) -> QuerySet[Interaction]:
    begins, after = _instants(period)
    rows = Interaction.objects.filter(happened_at__gte=begins, happened_at__lt=after)
    kinds = options.get("kinds") or []
    return rows.filter(kind__in=kinds) if kinds else rows


def _talk_words(options: Mapping[str, Any]) -> str:
    kinds = [
        str(Interaction.Kind(one).label)
        for one in options.get("kinds") or ()
        if one in Interaction.Kind.values
    ]
    return _now("Counts: %(kinds)s") % {"kinds": ", ".join(kinds) if kinds else _now("all interactions")}


def _talk_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_talks(options, period), "updated_at")


def _talk_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _talks(options, period).order_by("pk").values_list("pk", "happened_at")
    for key, at in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("interactions", "interaction", key), timezone.localdate(at))


def _taking_part(
    model: Any, options: Mapping[str, Any], period: Period, kind: str, field: str
) -> Iterator[Row]:
    begins, after = _instants(period)
    rows = model.objects.filter(happened_at__gte=begins, happened_at__lt=after)
    if options.get("kinds"):
        rows = rows.filter(interaction__kind__in=options["kinds"])
    label, _dot, name = kind.partition(".")
    found = rows.order_by("pk").values_list("interaction_id", f"{field}_id", "happened_at")
    for talk, who, at in found.iterator(chunk_size=AT_ONCE):
        yield Row(
            Ref("interactions", "interaction", talk), timezone.localdate(at), counts=Ref(label, name, who)
        )


def _people(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    return _taking_part(InteractionPerson, options, period, "people.person", "person")


def _bodies(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    return _taking_part(
        InteractionOrganisation, options, period, "organisations.organisation", "organisation"
    )


class VisitForm(Form):
    """Which short link counts."""

    link = forms.ModelChoiceField(ShortLink.objects.none(), label=_("Short link"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "link", ShortLink.objects.order_by("title", "pk"), title="code", folded="code")

    def clean(self) -> dict[str, Any]:
        """The key of the link."""
        cleaned = super().clean() or self.cleaned_data
        if isinstance(cleaned.get("link"), ShortLink):
            cleaned["link"] = cleaned["link"].pk
        return cleaned


def _visits(options: Mapping[str, Any], period: Period) -> QuerySet[Visits]:
    return Visits.objects.filter(link_id=_key(options, "link"), on__gte=period.begins, on__lte=period.ends)


def _visit_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _visits(options, period).order_by("pk").values_list("pk", "on", "count")
    for key, on, many in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("links", "visits", key), on, Decimal(many))


def _visit_stamp(options: Mapping[str, Any], period: Period) -> str:
    found = _visits(options, period).aggregate(many=Count("pk"), total=Sum("count"))
    return f"{found['many']}:{found['total']}"


def _visit_words(options: Mapping[str, Any]) -> str:
    title = ShortLink.objects.filter(pk=_key(options, "link")).values_list("title", flat=True).first()
    return _now("Visits by the short link “%(title)s”") % {"title": title or "–"}


def visit_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Flyer, 2026-05-03: 12" by key."""
    rows = Visits.objects.filter(pk__in=list(keys)).select_related("link")
    return {row.pk: f"{row.link.title}, {row.on.isoformat()} {row.channel}".strip() for row in rows}


def visit_url(key: int) -> str:
    """The page of the link."""
    row = Visits.objects.filter(pk=key).select_related("link").first()
    return reverse("links:show", args=[row.link.uuid]) if row else reverse("links:index")


class ConsentForm(Form):
    """Consents to which purpose count."""

    purpose = forms.ModelChoiceField(
        Purpose.objects.order_by("name_folded"),
        label=_("For what"),
        required=False,
        help_text=_("None: any."),
    )

    def clean(self) -> dict[str, Any]:
        """The key of the purpose."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("purpose")
        cleaned["purpose"] = chosen.pk if isinstance(chosen, Purpose) else None
        return cleaned


def _consents(options: Mapping[str, Any], period: Period) -> QuerySet[Consent]:
    begins, after = _instants(period)
    rows = Consent.objects.filter(is_given=True, happened_at__gte=begins, happened_at__lt=after)
    return rows.filter(purpose_id=options["purpose"]) if options.get("purpose") else rows


def _consent_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _consents(options, period).order_by("pk").values_list("pk", "person_id", "happened_at")
    for key, who, at in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("consent", "consent", key), timezone.localdate(at), counts=Ref("people", "person", who))


def _consent_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_consents(options, period), "updated_at")


def _consent_words(options: Mapping[str, Any]) -> str:
    name = Purpose.objects.filter(pk=_key(options, "purpose")).values_list("name", flat=True).first()
    return _now("Consents to “%(name)s”") % {"name": name} if name else _now("Consents to anything")


class FigureForm(Form):
    """Which public figure counts."""

    measure = forms.ModelChoiceField(Measure.objects.none(), label=_("Measure"))
    community = forms.ModelChoiceField(Community.objects.none(), label=_("Community"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure: Any = self.fields["measure"]
        community: Any = self.fields["community"]
        measure.queryset = Measure.objects.order_by("pk")
        community.queryset = Community.objects.order_by("pk")

    def clean(self) -> dict[str, Any]:
        """The keys."""
        cleaned = super().clean() or self.cleaned_data
        return {name: getattr(one, "pk", None) for name, one in cleaned.items()}


def _figures(options: Mapping[str, Any], period: Period) -> QuerySet[Figure]:
    return Figure.objects.filter(
        measure_id=_key(options, "measure"),
        community_id=_key(options, "community"),
        ends_on__gte=period.begins,
        ends_on__lte=period.ends,
        value__isnull=False,
    )


def _figure_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _figures(options, period).order_by("pk").values_list("pk", "ends_on", "value")
    for key, on, value in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("communities", "figure", key), on, value)


def _figure_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_figures(options, period), "updated_at")


SOURCES: Mapping[str, Source] = {
    "people.reached": Source(
        label=_("People we talked with"),
        about=_("Every person of an interaction of the period, told by the notebook."),
        unit=_("people"),
        rules=("distinct", "count"),
        rows=_people,
        form=TalkForm,
        words=_talk_words,
        stamp=_talk_stamp,
    ),
    "organisations.reached": Source(
        label=_("Organisations we talked with"),
        about=_("Every organisation of an interaction of the period, told by the notebook."),
        unit=_("organisations"),
        rules=("distinct", "count"),
        rows=_bodies,
        form=TalkForm,
        words=_talk_words,
        stamp=_talk_stamp,
    ),
    "interactions.logged": Source(
        label=_("Interactions"),
        about=_("Calls, visits, mails, talks and notes of the period."),
        unit=_("interactions"),
        rules=("count",),
        rows=_talk_rows,
        form=TalkForm,
        words=_talk_words,
        stamp=_talk_stamp,
    ),
    "links.visits": Source(
        label=_("Visits by a short link"),
        about=_("Visits of the period by one short link or its QR code, day by day."),
        unit=_("visits"),
        rules=("sum",),
        rows=_visit_rows,
        form=VisitForm,
        words=_visit_words,
        stamp=_visit_stamp,
    ),
    "consent.given": Source(
        label=_("People who agreed to be contacted"),
        about=_("Consents that people gave in the period."),
        unit=_("people"),
        rules=("distinct", "count"),
        rows=_consent_rows,
        form=ConsentForm,
        words=_consent_words,
        stamp=_consent_stamp,
    ),
    "communities.figures": Source(
        label=_("A public figure of a community"),
        about=_(
            "The values that a source published of one measure for one community, by the period in which they end."
        ),
        unit=_("as the measure says"),
        rules=("last", "mean", "maximum", "minimum"),
        rows=_figure_rows,
        form=FigureForm,
        stamp=_figure_stamp,
    ),
}
