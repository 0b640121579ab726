"""The lists of consents as they stand, and of purposes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import badge, data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    MeantFilter,
    TextFilter,
)
from barnraise.who.people import selectors as people

from . import facing, policies, selectors
from .models import Consent, Purpose, Standing
from .models.purpose import Channel

NAMESAKES = 50


def _purposes() -> list[tuple[str, Any]]:
    rows = Purpose.objects.order_by("name_folded", "id").values_list("pk", "name")
    return [(str(key), data(name)) for key, name in rows]


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """Given, expired, withdrawn."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        today = timezone.localdate()
        conditions = {
            "given": Q(is_given=True) & (Q(expires_on__isnull=True) | Q(expires_on__gte=today)),
            "expired": Q(is_given=True, expires_on__lt=today),
            "withdrawn": Q(is_given=False),
        }
        passing = Q(pk__in=())
        for one in value:
            passing |= conditions[one]
        return passing


def _meant(name: str) -> Q | None:
    """What people say who have this name, address or number."""
    keys = people.named(name, NAMESAKES)
    return Q(person_id__in=keys) if keys else None


def _state(row: Standing) -> Any:
    return facing.state_badge(row, timezone.localdate())


def _state_text(row: Standing) -> str:
    return str(facing.state_word(facing.state_of(row, timezone.localdate())))


def of_person(row: Standing) -> str:
    """The page of all that this person said."""
    return reverse("consent:person", args=[row.person.uuid])


standings = ListPage(
    name="consents",
    kind="consent.standing",
    noun=_("consent"),
    noun_plural=_("consents"),
    title=_("Consents"),
    intro=_("Who may be contacted for what, as people said last. Without a recorded consent nobody is written to."),
    policy=policies.may_see,
    rows=selectors.standings_listed,
    default_sort="-since_at",
    row_url=of_person,
    heading_links=((_("Purposes"), "consent:purposes", policies.may_see),),
    empty=Empty(
        _("No consents yet"),
        _(
            "Say first what people are asked for: a newsletter, invitations. Then note on a person's page what they said, "
            "take in a file, or give them their own page to choose on."
        ),
        ((_("Purposes"), "consent:purposes", policies.may_see), (_("Take in a file"), "imports:start", policies.may_record)),
        icon="shield-check",
    ),
    columns=(
        Column("person", _("Person"), lambda row: data(row.person.display_name), lambda row: row.person.display_name),
        Column("purpose", _("For what"), lambda row: data(row.purpose.name), lambda row: row.purpose.name),
        Column("channel", _("Channel"), lambda row: facing.channel_word(row.channel), lambda row: row.get_channel_display()),
        Column("state", _("State"), _state, _state_text),
        Column("since", _("Since"), lambda row: when(row.since_at), lambda row: row.since_at, sort="since_at"),
        Column("until", _("Counts until"), facing.until, lambda row: row.expires_on),
        Column("source", _("How it was said"), lambda row: row.last.get_source_display(), lambda row: row.last.get_source_display()),
        Column("proof", _("Where it can be looked up"), lambda row: data(row.last.proof), lambda row: row.last.proof, is_default=False),
        Column("uuid", _("Id of the person"), lambda row: data(str(row.person.uuid)), lambda row: str(row.person.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("purpose", _("For what"), options=_purposes, field="purpose_id"),
        ChoiceFilter("channel", _("Channel"), options=Channel.choices),
        StateFilter("state", _("State"), options=(("given", _("Given")), ("expired", _("Expired")), ("withdrawn", _("Withdrawn")))),
        DateFilter("until", _("Counts until"), field="expires_on"),
        MeantFilter(
            "person", _("Person"),
            meant=_meant, nobody=_("There is no person of the name “%(name)s”."),
        ),
        ChoiceFilter("source", _("How it was said"), options=Consent.Source.choices, field="last__source"),
    ),
)  # fmt: skip
"""What stands."""


def _channels(row: Purpose) -> str:
    return ", ".join(str(Channel(code).label) for code in row.channels)


def _purpose_rows(actor: Any) -> QuerySet[Purpose]:
    return selectors.purposes_listed(actor)


def _purpose_word(row: Purpose) -> Any:
    return _("Ended") if row.is_ended else _("People are asked")


def _purpose_state(row: Purpose) -> Any:
    return badge(_purpose_word(row), tone="neutral" if row.is_ended else "good")


def _with_words(rows: list[Any]) -> None:
    """The words in which people are asked now, for the whole page at once."""
    wordings = selectors.current_wordings(rows)
    for row in rows:
        row.words = wordings[row.pk].texts if row.pk in wordings else {}


def _words(code: str, row: Any) -> str:
    return str(row.words.get(code, ""))


def _shown_words(code: str, row: Any) -> Any:
    return data(_words(code, row))


purposes = ListPage(
    name="consent_purposes",
    kind=selectors.PURPOSE,
    noun=_("purpose"),
    noun_plural=_("purposes"),
    title=_("Purposes"),
    intro=_("What people are asked whether they want, and in which words."),
    policy=policies.may_see,
    rows=_purpose_rows,
    prepare=_with_words,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="consent:add_purpose",
    create_policy=policies.may_shape,
    create_label=_("Add a purpose"),
    heading_links=((_("Consents"), "consent:list", policies.may_see),),
    empty=Empty(
        _("No purposes yet"),
        _(
            "A purpose is one thing that people can say yes or no to: a newsletter, invitations, a survey. "
            "Whoever said yes to one said nothing about the others."
        ),
        ((_("Add a purpose"), "consent:add_purpose", policies.may_shape),),
        icon="shield-check",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("channels", _("Channels"), _channels, _channels),
        Column("state", _("State"), _purpose_state, lambda row: str(_purpose_word(row))),
        Column("about", _("What it is, for the team"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        *(
            Column(f"words_{code}", name, partial(_shown_words, code), partial(_words, code), is_default=False)
            for code, name in settings.LANGUAGES
        ),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        BooleanFilter("ended", _("State"), condition=Q(ended_at__isnull=False), yes=_("Ended"), no=_("People are asked")),
    ),
)  # fmt: skip
"""What people are asked."""
