"""Take back what a change set did to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.belongings import held
from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.files.models import File
from barnraise.plumbing.journal.models import Change
from barnraise.who.communities.models import Community
from barnraise.who.organisations.models import Organisation, Source
from barnraise.who.organisations.services import person_source

from .. import documents as shapes
from ..documents import PersonDocument
from ..models import FormerAddress, Person, PersonIdentifier
from ..selectors import KIND, documents
from .remove import delete_rows
from .writing import Told, insert_again, write


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo these changes, newest first, in the caller's transaction. Search stays in line.

    Created ones are deleted unless something hangs on them ("in_use"); changed fields get their former values back;
    removed ones are written again under their old key and uuid, unless an identifier of theirs has been given to another
    since ("taken"). Returns by key why one was kept.
    """
    kept: dict[int, str] = {}
    with transaction.atomic():
        ordered = sorted(changes, key=lambda one: one.pk or 0, reverse=True)
        updated = [c for c in ordered if c.action == Change.Action.UPDATED]
        merged = {c.key for c in ordered if c.action == Change.Action.REMOVED}
        # What a merge gave to the kept person is taken from them first: identifiers and accounts are had once only.
        _put_back([c for c in updated if c.key not in merged], by, kept)
        for change in ordered:
            if change.action == Change.Action.REMOVED and (reason := _write_again(change, by)):
                kept[change.key] = reason
        _put_back([c for c in updated if c.key in merged and c.key not in kept], by, kept)
        created = [c.key for c in ordered if c.action == Change.Action.CREATED and c.key not in kept]
        held_ones = held([Ref.parse(f"{KIND}:{key}") for key in created])
        kept.update(dict.fromkeys(held_ones, "in_use"))
        kept.update(delete_rows([key for key in created if key not in held_ones]))
    return kept


def _put_back(changes: Sequence[Change], by: Any, kept: dict[int, str]) -> None:
    if not changes:
        return
    there = documents({change.key for change in changes})
    for change in changes:
        document = there.get(change.key)
        if document is None:
            kept[change.key] = "gone"
            continue
        there[change.key] = shapes.with_fields(document, (change.before or {})["document"])
    told = Told(by=by, source=person_source(by), at=timezone.now())
    alive = _alive([there[key] for key in sorted({c.key for c in changes} & set(there))])
    write(alive, told)
    for change in changes:
        stamp = (change.before or {}).get("source_at")
        if change.key in there and stamp:
            Person.objects.filter(pk=change.key).update(source_at=datetime.fromisoformat(stamp))


def _alive(documents: Sequence[PersonDocument]) -> list[PersonDocument]:
    """Without communities, organisations, accounts and photos that have gone since."""
    wanted = {name: {getattr(one, name) for one in documents} - {None} for name in shapes.KEYS}
    posts = {post.organisation for one in documents for post in one.roles}
    posts |= {s.organisation for one in documents for s in one.leaderships if s.organisation is not None}
    wanted["community"] |= {s.community for one in documents for s in one.leaderships} - {None}
    accounts = wanted["account"] | wanted["owner"]
    alive: dict[str, set[Any]] = {
        "community": _there(Community, wanted["community"]),
        "account": _there(Account, accounts),
        "owner": _there(Account, accounts),
        "photo": _there(File, wanted["photo"]),
    }
    organisations = _there(Organisation, posts)
    found = []
    for one in documents:
        gone: dict[str, Any] = {
            name: None for name in shapes.KEYS if getattr(one, name) not in alive[name] and getattr(one, name)
        }
        found.append(
            replace(
                one,
                **gone,
                roles=tuple(post for post in one.roles if post.organisation in organisations),
                leaderships=tuple(
                    replace(
                        s,
                        community=s.community if s.community in alive["community"] else None,
                        organisation=s.organisation if s.organisation in organisations else None,
                    )
                    for s in one.leaderships
                ),
            )
        )
    return found


def _there(model: Any, keys: set[Any]) -> set[Any]:
    return set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _write_again(change: Change, by: Any) -> str:
    stored = change.before or {}
    if Person.objects.filter(pk=change.key).exists():
        return "exists"
    document = _alive([shapes.from_json(stored["document"], key=change.key)])[0]
    for part in document.identifiers:
        if PersonIdentifier.objects.filter(scheme=part.scheme, value=part.value).exists():
            return "taken"
    if document.account and Person.objects.filter(account_id=document.account).exists():
        document = replace(document, account=None)
    source = Source.objects.filter(pk=stored["source"]).first() or person_source(by)
    insert_again(
        document, stored, Told(by=by, source=source, at=timezone.now(), is_sample=stored["is_sample"])
    )
    FormerAddress.objects.filter(uuid__in=Person.objects.filter(pk=change.key).values("uuid")).delete()
    return ""
