"""An organisation, a service, a give or a seek as search sees it."""

from __future__ import annotations

from collections.abc import Iterable

from barnraise.plumbing.search.sockets import Document

from . import sectors
from .documents import Offered, OrganisationDocument
from .offering import search_words, words_of


def found_as(key: int, said: OrganisationDocument, exchanged: Iterable[str] = ()) -> Document:
    """Its name, and all it is found by: other names, towns, sectors, tags, mission, services, what it gives and seeks, identifiers,
    contact points."""
    words = [
        *(part.name for part in said.names),
        *(part.city for part in said.addresses),
        *(sectors.label(part.scheme, part.code) for part in said.sectors),
        *said.tags,
        said.mission[:2000],
        *map(search_words, said.services),
        *exchanged,
    ]
    found_by = [*(part.value for part in said.identifiers), *(part.value for part in said.contacts)]
    text = " · ".join(dict.fromkeys(word for word in words if word))
    return Document(key, said.name, text, identifiers=found_by)


def service_found_as(key: int, one: Offered, organisation: str) -> Document:
    """Its name, and all it is found by: who offers it, what it is, for whom, where, in which languages, contact points."""
    text = " · ".join(word for word in (organisation, *words_of(one)) if word)
    return Document(key, one.name, text, identifiers=[word for word in (one.phone, one.email) if word])


def exchange_found_as(key: int, what: str, condition: str, organisation: str) -> Document:
    """What it is; who gives or seeks it, and on what condition."""
    return Document(key, what, " · ".join(word for word in (organisation, condition) if word))
