"""What profile plugs into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.accounts.sockets import House, houses
from barnraise.plumbing.jobs.sockets import surroundings
from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.ui import sockets as ui

from .models import Installation
from .policies import may_change, may_see
from .selectors import installation

houses.plug(
    "profile", lambda: House(name=installation().network_name, language=installation().default_language)
)
sentences.plug(
    "profile.changed", Sentence(_("{who} changed the settings of the installation"), icon="settings")
)
sentences.plug("profile.set_up", Sentence(_("{who} finished setting up the installation"), icon="check"))
sentences.plug("profile.set_up_again", Sentence(_("{who} opened the first run again"), icon="settings"))


def _in_its_zone() -> AbstractContextManager[Any]:
    return timezone.override(installation().time_zone)


surroundings.plug("profile", _in_its_zone)


def _titles(keys: Sequence[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Installation.objects.filter(pk__in=keys)}


ui.kinds.plug(
    "profile.installation",
    ui.Described(
        noun=_("installation"),
        titles=_titles,
        url=lambda key: reverse("profile:show"),
        policy=may_see,
        icon="settings",
    ),
)
ui.navigation.plug(
    "profile",
    ui.NavigationItem(_("Installation"), "profile:show", "settings", may_see, icon="settings"),
    order=900,
)
ui.actions.plug(
    "profile.change",
    ui.Action(
        _("Change the settings of the installation"),
        "profile:change",
        may_change,
        icon="settings",
        keywords=_("name place language time zone currency fiscal year"),
    ),
)
