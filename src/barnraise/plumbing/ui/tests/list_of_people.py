"""A list over accounts, mounted beside the product's own pages for the length of a test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.test import override_settings
from django.urls import path

from barnraise.foundation.policy import leads, team
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    NumberFilter,
    SubqueryFilter,
    TextFilter,
    lists,
)

URL = "/test-people/"
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class NameForm(forms.Form):
    """Which name."""

    name = forms.CharField(max_length=20)


def rename(rows: Any, *, by: Any, values: Any, change_set: Any) -> int:
    """Give all of them one name."""
    return int(rows.update(name=values.get("name", "renamed")))


def people(**changed: Any) -> ListPage:
    """The list: everybody whose address ends in @people.test."""
    declared: dict[str, Any] = {
        "name": "test-people",
        "kind": "accounts.account",
        "noun": "person",
        "noun_plural": "people",
        "policy": team,
        "rows": lambda actor: Account.objects.filter(email__endswith="@people.test"),
        "columns": (
            Column("name", "Name", lambda row: data(row.name), lambda row: row.name, sort="name"),
            Column("email", "E-mail", lambda row: data(row.email), lambda row: row.email, sort="email"),
            Column("role", "Role", lambda row: row.get_role_display(), sort="role"),
            Column(
                "seen",
                "Seen",
                lambda row: when(row.last_login),
                lambda row: row.last_login,
                sort="last_login",
            ),
            Column("key", "Key", lambda row: row.pk, lambda row: row.pk, is_default=False),
        ),
        "row_url": lambda row: f"/person/{row.pk}/",
        "empty": Empty("Nobody yet", "Here stand people."),
        "default_sort": "name",
        "filters": (
            TextFilter("called", "Called", field="name", is_folded=False),
            ChoiceFilter("role", "Role", options=Account.Roles.choices),
            BooleanFilter("active", "May log in", condition=Q(is_active=True)),
            DateFilter("seen", "Seen", field="last_login__date"),
            NumberFilter("key", "Key", field="pk"),
            SubqueryFilter(
                "near",
                "Near",
                options=[("a", "Anna"), ("b", "Ben")],
                subquery=lambda one: Account.objects.filter(name__istartswith=one).values("pk"),
            ),
        ),
        "bulk": (
            BulkAction("rename", "Rename", leads, rename, form=NameForm),
            BulkAction("same", "Call them all renamed", leads, rename),
        ),
    }
    return ListPage(**{**declared, **changed})


def fill(count: int, **fields: Any) -> list[Account]:
    """`count` people: name 000…, seen one day apart, each third never."""
    made = [
        Account(
            email=f"p{at:05}@people.test",
            name=f"name {at:05}",
            last_login=None if at % 3 == 2 else START + timedelta(days=at),
            **fields,
        )
        for at in range(count)
    ]
    return Account.objects.bulk_create(made)


@contextmanager
def mounted(page: ListPage) -> Iterator[ListPage]:
    """Serve the list at URL."""
    module = ModuleType("barnraise_test_list_urls")
    own = import_module(settings.ROOT_URLCONF)
    module.urlpatterns = [path(URL[1:], page.view, name="test-people"), *own.urlpatterns]  # type: ignore[attr-defined]
    for name in ("handler404", "handler500", "handler403", "handler400"):
        if hasattr(own, name):
            setattr(module, name, getattr(own, name))
    sys.modules[module.__name__] = module
    try:
        with override_settings(ROOT_URLCONF=module.__name__):
            yield page
    finally:
        sys.modules.pop(module.__name__, None)
        lists._plugs.pop(page.name, None)
