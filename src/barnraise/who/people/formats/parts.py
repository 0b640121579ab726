"""Parts of a person's document from what other programs write. What cannot be a part is kept as a fact, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from barnraise.foundation import contacts
from barnraise.foundation.countries import code_of
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.profile.selectors import home_country

from .. import identifiers

_LABELS = {
    "cell": "mobile",
    "cell phone": "mobile",
    "iphone": "mobile",
    "main": "main",
    "homefax": "home fax",
    "workfax": "work fax",
}
_NO_LABELS = {"", "*", "other", "internet", "profile", "homepage", "home page", "unknown", "custom"}
_STRANGERS = {"mycontacts", "my contacts", "starred", "starred in android", "friends_", "all contacts"}
"""Groups that programs make by themselves."""
FACT, CODE = 2000, 60


class Parts:
    """Collects contacts, addresses, roles, facts and tags of one person."""

    def __init__(self, *, country: str = "") -> None:
        self._dialled_from = country or home_country()
        self.contacts: dict[tuple[str, str], dict[str, str]] = {}
        self.addresses: list[dict[str, Any]] = []
        self.roles: list[dict[str, Any]] = []
        self.identifiers: list[dict[str, str]] = []
        self.facts: dict[str, str] = {}
        self.tags: set[str] = set()

    def reach(self, kind: str, given: str, label: str = "") -> None:
        """A way to reach the person; one that is none (a name in the place of a number) becomes a fact."""
        given = given.strip()
        if not given:
            return
        label = label_of(label)
        try:
            value = contacts.normalise(kind, given, country=self._dialled_from)
        except contacts.ContactError:
            self.fact(f"{kind} {label}".strip(), given)
            return
        there = self.contacts.setdefault(
            (kind, value.casefold()), {"kind": kind, "value": value, "label": label}
        )
        there["label"] = there["label"] or label

    def place(self, label: str, *, lines: str, city: str, region: str, postcode: str, country: str) -> None:
        """An address; the name of a country that is not known stays among its lines."""
        code = code_of(country)
        written = [squeeze(line) for line in lines.splitlines()]
        if country.strip() and not code:
            written.append(squeeze(country))
        shown = ", ".join(line for line in written if line)[:400]
        parts = {
            "city": squeeze(city)[:120],
            "region": squeeze(region)[:80],
            "postcode": squeeze(postcode)[:20],
        }
        if not shown and not any(parts.values()) and not code:
            return
        place = {
            "label": label_of(label),
            "lines": shown,
            **parts,
            "country": code,
            "lat": None,
            "lon": None,
            "source": "",
        }
        if place not in self.addresses:
            self.addresses.append(place)

    def role(self, organisation: str, title: str = "", *, unit: str = "") -> None:
        """A role in an organisation; a title alone is a fact."""
        organisation, title, unit = squeeze(organisation), squeeze(title), squeeze(unit)
        if not organisation:
            self.fact("title", title)
            self.fact("department", unit)
            return
        told = {
            "organisation": organisation[:300],
            "title": title[:120],
            "kind": "employee" if title else "contact",
            "note": unit[:400],
        }
        self.roles.append({key: value for key, value in told.items() if value})

    def fact(self, code: str, text: str) -> None:
        """Something a source says beyond the fields; said twice, both are kept."""
        code, text = squeeze(code)[:CODE], text.strip()
        if not code or not text:
            return
        before = self.facts.get(code, "")
        if text not in before.split("; "):
            self.facts[code] = (f"{before}; {text}" if before else text)[:FACT]

    def identify(self, scheme: str, value: str) -> None:
        """What a program calls the person."""
        if not value.strip():
            return
        try:
            scheme, value = identifiers.normalise(scheme, value)
        except identifiers.IdentifierError:
            self.fact(scheme, value)
            return
        self.identifiers.append({"scheme": scheme, "value": value})

    def tag(self, names: Iterable[str]) -> None:
        """Labels, groups, categories."""
        for name in names:
            name = squeeze(name).removeprefix("* ").strip()
            if name and fold(name) not in _STRANGERS:
                self.tags.add(name[:60])

    def document(self, **fields: Any) -> dict[str, Any]:
        """All that says something, as the noun's document."""
        made = {
            **fields,
            "contacts": list(self.contacts.values()),
            "addresses": self.addresses,
            "roles": self.roles,
            "identifiers": self.identifiers,
            "facts": self.facts,
            "tags": sorted(self.tags),
        }
        return {name: value for name, value in made.items() if value not in (None, "", [], {})}

    def organisation(self, name: str, *, mission: str) -> dict[str, Any]:
        """All that says something, as the document of an organisation; its one address is where it is."""
        parts = ("lines", "city", "region", "postcode", "country", "lat", "lon", "source")
        places = [{"kind": "physical", **{part: at[part] for part in parts}} for at in self.addresses]
        said = {
            "name": squeeze(name)[:300],
            "mission": mission[:20_000],
            "facts": self.facts,
            "identifiers": self.identifiers,
            "contacts": list(self.contacts.values()),
            "addresses": places[:1],
            "tags": sorted(self.tags),
        }
        return {name: value for name, value in said.items() if value}

    @property
    def first_mailbox(self) -> str:
        """The first e-mail address, "" when there is none."""
        return next((one["value"] for one in self.contacts.values() if one["kind"] == "email"), "")


def label_of(label: str) -> str:
    """A label as people here write it: "* Home" is home, CELL is mobile; what says nothing is ""."""
    plain = squeeze(label).removeprefix("*").strip().lower()
    if plain in _NO_LABELS:
        return ""
    return _LABELS.get(plain, plain)[:40]


def names(given: str, family: str, shown: str) -> dict[str, str]:
    """Name fields: the shown name only where it says something else than given and family name together."""
    given, family, shown = squeeze(given)[:100], squeeze(family)[:100], squeeze(shown)[:200]
    if shown == squeeze(f"{given} {family}"):
        shown = ""
    return {"given_name": given, "family_name": family, "display_name": shown}


def row_of(columns: Iterable[str], values: Iterable[str]) -> Mapping[str, str]:
    """Cells by their heading, blanks at the ends gone."""
    return {name: value.strip() for name, value in zip(columns, values, strict=False)}
