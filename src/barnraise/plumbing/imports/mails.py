"""Single mails as imports see them; their room stands below this one, so that imports plugs the noun on its behalf.

    {"to": "ana@example.org", "to_name": "Ana Ruiz", "subject": "Garden", "text": "Come along.", "reply_to": "", "send_on": "2026-05-04",
     "state": "cancelled"}

What comes in are drafts: nothing is sent until somebody puts them into the outbox. A draft is told by its address and its subject; the rest of
a row changes the one that is there, or cancels it. A blank changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.selectors import KIND, suppressed
from barnraise.plumbing.mail.services import (
    LONGEST_TEXT,
    Draft,
    amend_drafts,
    draft_faults,
    keep_drafts,
    tidy,
)

from .sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from .sockets.cells import TOO_LONG, built, given, refusal

GOES_OUT = time(9)
"""At this hour of its day a mail goes out that is planned by a file and released."""
BLOCKED = gettext_noop("Nothing is sent to this address: %(why)s.")
NO_DRAFT = gettext_noop("It is no draft any more (%(state)s). Write it once more under another subject, or send it again on its page.")  # fmt: skip
SEVERAL = gettext_noop("Several are called “%(said)s”. Give them names that tell them apart.")
COLUMNS = {"to_address": "to", "due_at": "send_on"}
DRAFT, CANCELLED = Message.State.DRAFT.value, Message.State.CANCELLED.value


class Mails(AddedOnly):
    """The noun "mails" for imports."""

    name = "mails"
    list_url_name = "mail:list"
    kind = KIND
    title: Any = _("Mails, as drafts")
    fields: Sequence[Field] = (
        Field("to", _("To"), is_required=True, aliases=("to", "e-mail", "email", "address", "para", "correo")),
        Field("to_name", _("Name"), aliases=("name", "to name", "nombre")),
        Field("subject", _("Subject"), is_required=True, is_shared=True, aliases=("subject", "asunto")),
        Field("text", _("Text"), is_shared=True, aliases=("text", "body", "message", "texto", "mensaje")),
        Field("reply_to", _("Answers go to"), is_shared=True, aliases=("answers go to", "reply to", "respuestas")),
        Field(
            "send_on", _("Goes out"), "date", is_shared=True, aliases=("goes out", "day", "date", "send on", "fecha", "sale"),
            hint=_("The day that is planned. It goes out only once somebody has put it into the outbox."),
        ),
        Field("state", _("State"), "choice", options=((DRAFT, _("Draft")), (CANCELLED, _("Cancelled"))), aliases=("state", "estado")),
    )  # fmt: skip
    only_adds = False
    told_by = ("to", "subject")
    fills: Mapping[str, Any] = {"state": DRAFT}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """To whom, and the subject."""
        return f"{document['to']}|{fold(str(document['subject']))}"[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The draft to that address with that subject, None for a new one; Bad with what is wrong with it. Three queries."""
        addresses = {str(one["to"]) for one in documents}
        there = self._there(documents, addresses)
        blocked = suppressed(addresses)
        return [_found(one, there.get(self.source_key(one), ()), blocked) for one in documents]

    def _there(self, documents: Sequence[Document], addresses: Collection[str]) -> dict[str, list[Message]]:
        """What the rows mean: all drafts to that address with that subject; where there is none, the latest mail that was one."""
        wanted = {self.source_key(one) for one in documents}
        by_key: dict[str, list[tuple[int, str]]] = defaultdict(list)
        rows = Message.objects.filter(to_address__in=addresses, is_bulk=False).order_by("pk")
        for pk, state, to, subject in rows.values_list(
            "pk", "state", "to_address", "body__subject"
        ).iterator():
            if (key := self.source_key({"to": to, "subject": subject})) in wanted:
                by_key[key].append((pk, state))
        meant = {
            key: [pk for pk, state in some if state == DRAFT] or [some[-1][0]] for key, some in by_key.items()
        }
        keys = [pk for some in meant.values() for pk in some]
        full = Message.objects.select_related("body").in_bulk(keys)
        return {key: [full[pk] for pk in some if pk in full] for key, some in meant.items()}

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in Message.objects.select_related("body").filter(pk__in=keys)}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        at = timezone.now()
        made = keep_drafts([_draft(one) for one in creates], by=by, at=at)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in made]
        changes += amend_drafts([(key, _amended(one)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in made]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """To whom, and the subject."""
        return [f"{one['to']}: {one['subject']}" for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells; the text keeps its lines. Raises FieldRefused."""
    texts = {"to": 254, "to_name": 200, "subject": 300, "reply_to": 254}
    out = built(values, texts=texts, days=("send_on",), choices=("state",))
    out["to"] = tidy(out["to"])
    out["text"] = str(values.get("text") or "").replace("\x00", "").replace("\r\n", "\n").strip()
    if len(out["text"]) > LONGEST_TEXT:
        raise FieldRefused("text", out["text"][:80], TOO_LONG, most=LONGEST_TEXT)
    return out


def _document(row: Message) -> Document:
    """A mail as a file says it; a day only where one was planned."""
    return {
        "to": row.to_address,
        "to_name": row.to_name,
        "subject": row.body.subject,
        "text": row.body.text,
        "reply_to": row.reply_to,
        "send_on": timezone.localdate(row.due_at).isoformat() if row.due_at != row.created_at else None,
        "state": row.state,
    }


def _due(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(date.fromisoformat(str(day)), GOES_OUT)) if day else None


def _draft(one: Document) -> Draft:
    plain = {name.name: one[name.name] for name in fields(Draft) if name.name in one}
    return Draft(
        to_address=str(one["to"]),
        due_at=_due(one["send_on"]),
        is_cancelled=one["state"] == CANCELLED,
        **plain,
    )


def _amended(one: Document) -> dict[str, Any]:
    """Fields of a draft that a row gives another value."""
    out = {name: value for name, value in given(one).items() if name not in {"to", "state"}}
    if "send_on" in out:
        out["due_at"] = _due(out.pop("send_on"))
    if one.get("state") == CANCELLED:
        out |= {"state": CANCELLED, "reason": ""}
    return out


def _found(one: Document, rows: Sequence[Message], blocked: Mapping[str, Any]) -> int | None | Bad:
    """Of several drafts the row means the one that says all the same; else nobody knows which is to change."""
    if len(rows) < 2:
        return _judged(one, rows[0] if rows else None, blocked)
    same = next((row for row in rows if not _differ(one, _document(row))), None)
    said = str(one["subject"])
    return same.pk if same is not None else Bad(0, "subject", said, SEVERAL, {"said": said[:80]})


def _differ(one: Document, has: Document) -> list[str]:
    """Fields of which a row says something else."""
    return [name for name, value in one.items() if name not in {"to", "subject"} and value not in (None, "", has.get(name))]  # fmt: skip


def _judged(one: Document, row: Message | None, blocked: Mapping[str, Any]) -> int | None | Bad:
    has = _document(row) if row is not None else {}
    differ = _differ(one, has)
    if row is not None and not differ:
        return row.pk
    if row is not None and row.state != DRAFT:
        state = str(row.get_state_display())
        return Bad(0, differ[0], str(one[differ[0]])[:80], NO_DRAFT, {"state": state})
    if (block := blocked.get(str(one["to"]))) is not None and one["state"] != CANCELLED:
        return Bad(0, "to", str(one["to"]), BLOCKED, {"why": str(block.get_reason_display())})
    whole = {**one, **{name: value for name, value in has.items() if one.get(name) in (None, "")}}
    bad = refusal(one, lambda: _checked(_draft(whole)), COLUMNS)
    return bad or (row.pk if row is not None else None)


def _checked(draft: Draft) -> None:
    if found := draft_faults(draft):
        raise ValidationError(found)
