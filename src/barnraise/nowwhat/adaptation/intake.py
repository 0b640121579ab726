"""Revisions, experiments and lessons as imports see them: what the three nouns share. Each is one row, naming the thing it concerns.

`about` is the name, or the typed reference, of a project, an objective, a goal or (for experiments and lessons) an event. A row is told
by its id, as a list gives it out, else by what it says and what it concerns. What else stands in it changes what is there, and may end it;
a blank changes nothing. What is settled stays as it was settled.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import Fault

from . import selectors, services
from .faults import day_of
from .services.writing import fill

NOTHING = gettext_noop("Nothing is called “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give them names that tell them apart.")
SEVERAL_SO = gettext_noop(
    "Several say “%(said)s”. Give the id of the one you mean, as its list gives it out."
)
NO_ID = gettext_noop("There is no row with the id “%(said)s”. Leave the id empty for a new one.")
ELSE = gettext_noop("It concerns something else than “%(said)s”. Change that on its page.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_OWNER = gettext_noop("Nobody of the team is “%(said)s”, or several are. Write an e-mail.")

ID = Field(
    "id", _("Id"), aliases=("id", "uuid"), hint=_("As a list gives it out; empty for a new one. With it, other words change the row.")
)  # fmt: skip
OWNER = Field(
    "owner", _("Who sees to it"), aliases=("owner", "who sees to it", "responsable"),
    hint=_("E-mail or name of an account of the team."),
)  # fmt: skip


Team = Mapping[str, Account]
"""Those who may see to something, by their e-mail."""
Beside = Mapping[str, Any]
"""What the undo of a change needs beyond the fields of its row."""


class Told(AddedOnly, ABC):
    """What the three nouns share. `says` is the field that tells a row, `own` are fields that a document gives its model, `open_as` choices
    that say that it has not ended."""

    name: str
    title: Any
    fields: Sequence[Field]
    model: ClassVar[Any]
    says: ClassVar[str]
    abouts: ClassVar[Sequence[str]]
    own: ClassVar[Sequence[str]]
    most: Mapping[str, int]
    days: ClassVar[Sequence[str]] = ()
    choice: ClassVar[str]
    open_as: ClassVar[Collection[str]]
    only_adds = False
    told_by: Sequence[str] = ("id", "about")

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = _accounts() if any(one.name == "owner" for one in self.fields) else {}
        return lambda values: self._built(values, accounts)

    def source_key(self, document: Document) -> str:
        """The id, else what and about what."""
        said = document.get("id") or f"{document.get('about')} {document.get(self.says)}"
        return fold(str(said))[:200]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they say."""
        return [str(one.get(self.says) or "") for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: self.said(row) for row in self.rows().filter(pk__in=keys)}

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The row there is already, None for a new one, or why it cannot be taken."""
        named = selectors.named_many({str(one["about"]) for one in documents} - {""}, self.abouts)
        there = self._there(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            refs = named.get(str(one["about"]), [])
            row = self._row_of(one, refs, there)
            if isinstance(row, Bad):
                found.append(row)
                continue
            key = row.pk if row is not None else (refs[0] if refs else "", self.source_key(one))
            if key in seen:
                found.append(bad(self.says, str(one[self.says]), TWICE))
                continue
            seen.add(key)
            refused = self.refused(one, row, refs[0] if refs else "")
            found.append(refused or (row.pk if row is not None else None))
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. What was settled meanwhile is left as it is."""
        named = selectors.named_many({str(one["about"]) for one in creates} - {""}, self.abouts)
        at, team = timezone.now(), _team([*creates, *(one for _key, one in updates)])
        made = []
        for one in creates:
            row = self.new(one, (named.get(str(one["about"])) or [""])[0], at, change_set, team)
            row.created_at = row.updated_at = at
            self.settle(row, one, by=by, at=at, change_set=change_set, team=team)
            row.save(force_insert=True)
            made.append(row.pk)
        keep(change_set, self.kind, made)
        rows = self.rows().in_bulk([key for key, _one in updates])
        free = [(key, one) for key, one in updates if key in rows and not self.settled_fault(one, rows[key])]
        told, beside = dict(free), dict[int, Beside]()

        def follow(row: Any) -> None:
            fill(row, {self.says: getattr(row, self.says)})
            whole = {**self.said(rows[row.pk]), **told[row.pk]}
            beside[row.pk] = self.settle(row, whole, by=by, at=at, change_set=change_set, team=team)

        given = [(key, self.values(one, team)) for key, one in free]
        changes = services.amend(self.kind, self.model, given, at=at, settle=follow)
        add_changes(change_set=change_set, changes=services.with_beside(changes, beside))
        return made

    @abstractmethod
    def said(self, row: Any) -> dict[str, Any]:
        """A row as a document says it, without what only tells which it is."""

    @abstractmethod
    def refused(self, document: Document, row: Any, about: str) -> Bad | None:
        """Why the document cannot be a new row (None), or what the row there is becomes."""

    @abstractmethod
    def settle(
        self, row: Any, document: Document, *, by: Any, at: datetime, change_set: Any, team: Team
    ) -> Beside:
        """Set on a row what follows from how the document, whole, says it ended; what was done beside it."""

    @abstractmethod
    def settled_fault(self, document: Document, row: Any) -> Bad | None:
        """What the document says otherwise of a row that is settled."""

    def values(self, document: Document, team: Team) -> dict[str, Any]:
        """Fields of a row that a document gives; whoever sees to it stands in `team`."""
        return {
            name: day_of(document[name]) if name in self.days else document[name]
            for name in self.own
            if document.get(name)
        }

    def new(self, document: Document, about: str, at: datetime, change_set: Any, team: Team) -> Any:
        """The new row of a document, not saved."""
        row = self.model()
        fill(row, {**self.values(document, team), "about": about})
        return row

    def rows(self) -> Any:
        """All rows with what `said` reads of them."""
        return self.model._default_manager.all()

    def concerns(self, row: Any) -> str:
        """The typed reference of what a row concerns."""
        return str(row.about)

    def is_it(self, document: Document, row: Any) -> bool:
        """Whether a row that says the same is meant, beyond what it concerns."""
        return True

    def differs(self, document: Document, row: Any, reason: Any) -> Bad | None:
        """The first thing that a document says otherwise than the row, refused with this reason."""
        for name, said in self.said(row).items():
            is_same = name == self.says and fold(str(document.get(name))) == fold(str(said))
            if document.get(name) not in (None, "", said) and not is_same:
                return bad(name, str(document[name]), reason)
        return None

    def _built(self, values: Mapping[str, Any], accounts: Mapping[str, str]) -> Document:
        """The document of mapped cells. Raises FieldRefused."""
        chosen = str(values.get(self.choice) or "")
        out: dict[str, Any] = {self.choice: "" if chosen in self.open_as else chosen}
        for name, most in {"id": 40, "about": 300, **self.most}.items():
            out[name] = plain(str(values.get(name) or ""), is_one_line=most <= 500)
            if len(out[name]) > most:
                raise FieldRefused(name, out[name][:80], TOO_LONG, most=most)
        for name in self.days:
            day = values.get(name)
            out[name] = day.isoformat() if isinstance(day, date) else day or None
        if accounts:
            said = squeeze(str(values.get("owner") or ""))
            out["owner"] = accounts.get(fold(said), "")
            if said and not out["owner"]:
                raise FieldRefused("owner", said, NO_OWNER, said=said)
        return out

    def _there(self, documents: Sequence[Document]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Rows by id, and by what they say. Two queries."""
        ids = {one["id"] for one in documents if _is_id(str(one["id"]))}
        by_id = {str(row.uuid): row for row in self.rows().filter(uuid__in=ids)} if ids else {}
        column = f"{self.says}_folded"
        length = self.model._meta.get_field(column).max_length
        folded = {fold(str(one[self.says]))[:length] for one in documents}
        by_words: dict[str, list[Any]] = defaultdict(list)
        for row in self.rows().filter(**{f"{column}__in": folded}).order_by("pk"):
            by_words[getattr(row, column)].append(row)
        return by_id, by_words

    def _row_of(
        self, document: Document, refs: Sequence[str], there: tuple[dict[str, Any], dict[str, list[Any]]]
    ) -> Any:
        """The row that a document means, None for a new one; Bad when that cannot be told."""
        by_id, by_words = there
        about, said = str(document["about"]), str(document[self.says])
        if about and not refs:
            return bad("about", about, NOTHING)
        if document["id"]:
            row = by_id.get(str(document["id"]).lower())
            if row is None:
                return bad("id", str(document["id"]), NO_ID)
            return bad("about", about, ELSE) if about and self.concerns(row) not in refs else row
        if len(refs) > 1:
            return bad("about", about, SEVERAL)
        alike = by_words.get(fold(said)[: self.model._meta.get_field(f"{self.says}_folded").max_length], [])
        met = [row for row in alike if self.is_it(document, row)]
        same = [row for row in met if self.concerns(row) == (refs[0] if refs else "")]
        meant = same if same or about else met
        if len(meant) > 1:
            return bad(self.says, said, SEVERAL_SO)
        return meant[0] if meant else None


def plain(said: str, *, is_one_line: bool = False) -> str:
    """A cell as it is kept: one line, or lines that end alike."""
    said = said.replace("\x00", "")
    return squeeze(said) if is_one_line else said.strip().replace("\r\n", "\n")


def keep(change_set: Any, kind: str, keys: Sequence[int]) -> None:
    """Note new rows for the undo and the search."""
    changes = [Change(kind=kind, key=key, action=Change.Action.CREATED) for key in keys]
    add_changes(change_set=change_set, changes=changes)
    search.index(kind, list(keys))


def bad(field: str, said: str, reason: Any) -> Bad:
    """A refusal; `find` names no row."""
    return Bad(0, field, said, reason, {"said": said[:80]})


def first(document: Document, faults: Sequence[Fault]) -> Bad | None:
    """The first fault as a refusal."""
    return next((bad(field, str(document.get(field) or ""), str(reason)) for field, reason in faults), None)


def _is_id(said: str) -> bool:
    try:
        return bool(UUID(said))
    except ValueError:
        return False


def _team(documents: Sequence[Document]) -> Team:
    """Who may see to something, asked once where a document names somebody."""
    return (
        {one.email: one for one in selectors.owners()} if any(one.get("owner") for one in documents) else {}
    )


def _accounts() -> dict[str, str]:
    """E-mails of those who may see to something, by folded e-mail and by a name that one of them has."""
    found: dict[str, str] = {}
    names: dict[str, list[str]] = defaultdict(list)
    for one in selectors.owners():
        found[fold(one.email)] = one.email
        names[fold(str(one))].append(one.email)
    return {name: emails[0] for name, emails in names.items() if len(emails) == 1} | found
