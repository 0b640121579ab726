"""Choices that forms of events offer, and lines of text that they read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import get_currency_precision
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.sockets import kinds
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .faults import CITED


def team() -> list[Account]:
    """Active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def citable() -> list[str]:
    """Kinds of things that an event may serve and that some room has."""
    return [kind for kind in CITED if kind in kinds]


def cited(title: str, *, actor: Any) -> str:
    """The typed reference of what is called so. Raises ValidationError when there is none or several."""
    return search.cited(title, actor=actor, kinds=CITED)


def _lines(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), 1)
    return [(at, squeeze(line)) for at, line in lines if line.strip()]


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def read_outputs(text: str) -> list[tuple[Decimal, str]]:
    """ "120 meals" line by line. Raises ValidationError naming the line."""
    found = []
    for at, line in _lines(text):
        first, _blank, unit = line.partition(" ")
        quantity = _number(first)
        if quantity is None or not unit:
            raise ValidationError(
                _("Line %(at)d: write how many and of what, like “120 meals”.") % {"at": at}
            )
        found.append((quantity, unit))
    return found


def read_costs(text: str) -> list[tuple[str, int]]:
    """ "Printing 45.50" line by line, in minor units of the house's currency. Raises ValidationError naming the line."""
    places = get_currency_precision(installation().currency)
    found = []
    for at, line in _lines(text):
        what, _blank, last = line.rpartition(" ")
        amount = _number(last)
        minor = amount.scaleb(places) if amount is not None else None
        if minor is None or not what or minor != minor.to_integral_value():
            raise ValidationError(
                _("Line %(at)d: write what for and how much, like “Printing 45.50”.") % {"at": at}
            )
        found.append((what, int(minor)))
    return found


def read_hosts(text: str) -> list[tuple[Organisation, int]]:
    """ "Oak Hill Pantry 60" line by line. Raises ValidationError naming the line."""
    found = []
    for at, line in _lines(text):
        name, _blank, last = line.rstrip("% ").rpartition(" ")
        share = _number(last)
        keys: Sequence[int] = organisations.named(name) if name else ()
        if share is None or share != share.to_integral_value():
            raise ValidationError(
                _("Line %(at)d: write an organisation and its share in percent, like “Oak Hill Pantry 60”.")
                % {"at": at}
            )
        if len(keys) != 1:
            words = (
                _("Line %(at)d: several organisations are called “%(name)s”. Write a number of theirs.")
                if keys
                else _("Line %(at)d: there is no organisation “%(name)s”. Add it first.")
            )
            raise ValidationError(words % {"at": at, "name": name[:80]})
        found.append((organisations.one_by_key(keys[0]), int(share)))
    return found


def owner_choices(kept: Any = None) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """(accounts by key, choices): the team, and whoever sees to it now."""
    accounts = {str(one.pk): one for one in team()}
    if kept is not None:
        accounts.setdefault(str(kept.pk), kept)
    return accounts, [(key, AsWritten(str(one))) for key, one in accounts.items()]
