"""Who promised and to whom, and where, in the rows of a file; looked up for all rows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from barnraise.plumbing.imports.sockets import Bad, Document
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from .models import Commitment
from .sockets import occasions

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
NO_OCCASION = gettext_noop("There is no meeting “%(said)s”, or it is cancelled. Plan it first.")
SEVERAL_SO = gettext_noop("Several are called “%(said)s”. Write the day behind a comma, or the id.")
ELSEWHERE = gettext_noop("It was promised elsewhere, or nobody said where. That does not change.")

Parties = tuple[Organisation | Person | None, Organisation | None]


def bad(field: str, said: str, reason: Any) -> Bad:
    """The refusal of a row at this field."""
    return Bad(0, field, said, reason, {"said": said[:80]})


def parties_of(documents: Sequence[Document]) -> list[Parties | Bad]:
    """Who promised and to whom in each row, or why that is not known."""
    texts = {str(one[name]) for one in documents for name in ("partner", "to") if one.get(name)}
    bodies = organisations.named_many(texts)
    persons = people.named_many(texts - set(bodies))
    by_key = Organisation.objects.in_bulk([key for keys in bodies.values() for key in keys])
    by_person = Person.objects.in_bulk([key for keys in persons.values() for key in keys])
    found: list[Parties | Bad] = []
    for one in documents:
        pair: list[Any] = []
        for name in ("partner", "to"):
            said = str(one.get(name) or "")
            keys = bodies.get(said) or (persons.get(said, []) if name == "partner" else [])
            if said and len(keys) != 1:
                found.append(bad(name, said, SEVERAL if keys else NOT_HERE))
                break
            pair.append(
                None if not said else by_key.get(keys[0]) if said in bodies else by_person.get(keys[0])
            )
        else:
            found.append((pair[0], pair[1]))
    return found


def made_of(documents: Sequence[Document]) -> Mapping[str, Sequence[str]]:
    """Typed references of where something was promised, by how the rows call it."""
    texts = {str(one["made_at"]) for one in documents if one.get("made_at")}
    found: dict[str, list[str]] = defaultdict(list)
    if texts:
        for _name, occasion in occasions.items():
            for text, refs in occasion.named_many(texts).items():
                found[text] += refs
    return found


def made_fault(one: Document, made: Mapping[str, Sequence[str]], there: Commitment | None) -> Bad | None:
    """Why it cannot have been promised there; `there` is the promise that is here already."""
    said = str(one["made_at"])
    refs = made.get(said, ())
    if not said or (there is not None and there.made_at in refs):
        return None
    if there is not None:
        return bad("made_at", said, ELSEWHERE)
    return None if len(refs) == 1 else bad("made_at", said, SEVERAL_SO if refs else NO_OCCASION)
