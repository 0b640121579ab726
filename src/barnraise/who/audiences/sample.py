"""The audiences of the sample town."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.consent.models import Purpose

from .models import Audience
from .services import Given, make_audience, remove_sample

AUDIENCES: tuple[tuple[str, str, str, str, str, tuple[Given, ...]], ...] = (
    (
        "Residents and volunteers",
        "Residentes y voluntarios",
        "Whoever lives here or lends a hand; the newsletter goes to them.",
        "Quien vive aquí o echa una mano; a ellos va el boletín.",
        "any",
        (Given("kind", ["resident"]), Given("kind", ["volunteer"])),
    ),
    (
        "Leaders of faith and neighbourhood groups",
        "Líderes de fe y de grupos vecinales",
        "Asked first when something is planned.",
        "Se les pregunta primero cuando se planea algo.",
        "all",
        (Given("leads", ["faith", "grassroots"]), Given("status", ["active"])),
    ),
    (
        "People at nonprofits, without our team",
        "Personas de organizaciones sin fines de lucro, sin nuestro equipo",
        "For the partners' round.",
        "Para la ronda de aliados.",
        "all",
        (Given("works_at", ["nonprofit"]), Given("kind", ["staff"], is_not=True)),
    ),
)


def load(*, by: Any) -> Mapping[str, int]:
    """Write audiences; nothing when they are there already."""
    if Audience.objects.filter(is_sample=True).exists():
        return {"audiences": 0}
    is_spanish = installation().default_language == "es"
    purpose = Purpose.objects.filter(is_sample=True, ended_at__isnull=True).order_by("pk").first()
    channel = purpose.channels[0] if purpose else ""
    with transaction.atomic(), arriving_by("sample"):
        for english, spanish, about, para, mode, rules in AUDIENCES:
            name = spanish if is_spanish else english
            if Audience.objects.filter(name_folded=fold(name)[:120]).exists():
                name = f"{name} (Riverbend)"
            make_audience(
                by=by,
                name=name,
                about=para if is_spanish else about,
                mode=mode,
                rules=rules,
                purpose=purpose,
                channel=channel,
                is_sample=True,
            )
        record(by=by, verb="audiences.sample_added", about=[], details={"count": len(AUDIENCES)})
    return {"audiences": len(AUDIENCES)}


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's audiences away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"audiences": remove_sample(by=by)}
