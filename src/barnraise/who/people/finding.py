"""A person as search sees them."""

from __future__ import annotations

from collections.abc import Mapping

from barnraise.plumbing.search.sockets import Document

from .documents import PersonDocument


def found_as(key: int, said: PersonDocument, organisations: Mapping[int, str]) -> Document:
    """The name, and all a person is found by: roles and where they are held, constituencies, towns, tags, contacts, identifiers.

    `organisations` gives names by key; those it leaves out are not told.
    """
    words: list[str] = []
    for post in said.roles:
        words += [post.title, organisations.get(post.organisation, "")]
    words += [one.constituency for one in said.leaderships]
    words += [at.city for at in said.addresses]
    words += said.tags
    words += [f"{said.given_name} {said.family_name}", said.pronunciation, said.about[:2000]]
    found_by = [*(part.value for part in said.identifiers), *(part.value for part in said.contacts)]
    told = dict.fromkeys(word.strip() for word in words if word.strip() and word.strip() != said.display_name)
    return Document(key, said.display_name, " · ".join(told), identifiers=found_by)
