"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.jobs.sockets import Calling, ChorePlug, chores, handlers, stages
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import handing, jobs, policies, selectors, today, unsubscribing
from . import sample as town
from .building import UNSUBSCRIBE, spoken
from .selectors import KIND, SUPPRESSION
from .services import restore
from .services.deliver import HANDLER


def _address(key: int) -> str:
    return reverse("mail:by_key", args=[key])


def _suppression_address(key: int) -> str:
    return reverse("mail:suppression_by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = selectors.messages_listed().filter(pk__in=list(keys), is_bulk=False, erased_at__isnull=True)
    for row in rows:
        subject, text, _html = spoken(row)
        yield Document(
            row.pk, subject, f"{row.to_name} {text}", visibility="team", identifiers=(row.to_address,)
        )


ui.navigation.plug(
    "mail", ui.NavigationItem(_("Outbox"), "mail:list", "what", policies.may_see, "mail-forward"), order=90
)
ui.actions.plug(
    "mail.write",
    ui.Action(_("Write a mail"), "mail:write", policies.may_write, "mail-forward", _("e-mail send letter")),
)
ui.actions.plug(
    "mail.take",
    ui.Action(
        _("Take returned mails in"),
        "mail:take",
        policies.may_take,
        "mail-opened",
        _("bounce dsn complaint eml"),
    ),
)
ui.prompts.plug(
    "mail.write",
    ui.Prompt(
        title=_("Mail: %(name)s"),
        words=_("mail write"),
        kinds=("people.person",),
        url=lambda ref: f"{reverse('mail:write')}?to={ref}",
        policy=policies.may_write,
        icon="mail-forward",
    ),
)
ui.cards.plug(
    "mail.trouble",
    ui.Card(
        _("Mails that did not arrive"),
        policies.may_see,
        "mail/cards/trouble.html",
        today.trouble,
        today.trouble_lines,
    ),
    order=22,
)
ui.kinds.plug(KIND, ui.Described(_("mail"), selectors.titles, _address, policies.may_see, "mail-forward"))
ui.kinds.plug(
    SUPPRESSION,
    ui.Described(
        _("suppressed address"),
        selectors.suppression_titles,
        _suppression_address,
        policies.may_see,
        "mail-off",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.served))
for _cited in selectors.CITED:
    ui.threads.plug(f"{_cited}@mail", ui.Thread(downstream=selectors.serving))
documents.plug(
    KIND,
    Documents(_("Mails"), _documents, policies.may_see, after=selectors.after, count=selectors.count_found),
)
handlers.plug(HANDLER, Calling(handing.call, handing.step))
stages.plug(handing.STEP, _("Handing mails to the mail server"))
stages.plug(handing.AWAY, _("The mail server is away; tried again in a minute"))
chores.plug(
    "mail.outbox",
    ChorePlug(
        timedelta(minutes=1),
        jobs.outbox,
        "Hands mails over whose time has come, also those that a lost job left in hand.",
    ),
)
chores.plug(
    "mail.purge",
    ChorePlug(
        timedelta(days=1),
        jobs.purge,
        "Removes texts that no mail has, and notices nobody could read after 90 days.",
    ),
)
ui.sample.plug("mail", ui.SamplePart(town.load, town.remove), order=47)
undoers.plug(KIND, restore)
purposes.plug(
    UNSUBSCRIBE,
    Purpose(
        title=_("No more of these mails?"),
        text=_("You can say so here, without an account."),
        button=_("Send me no more of them"),
        done=_("You get no more mails of this kind."),
        act=unsubscribing.act,
        template="mail/unsubscribe.html",
        select=unsubscribing.shown,
        is_once=False,
        has_one_click=True,
    ),
)

for _verb, _text in {
    "written": _("{who} wrote the mail {what}"),
    "changed": _("{who} changed the mail {what}"),
    "released": _("{who} put the draft {what} into the outbox"),
    "cancelled": _("{who} cancelled the mail {what}"),
    "bounced": _("The mail {what} came back"),
    "complained": _("The reader of the mail {what} complained"),
    "suppressed": _("{who} noted that nothing is sent to {what} any more"),
    "suppressed_many": ngettext_lazy(
        "{who} noted {count} address that nothing is sent to", "{who} noted {count} addresses that nothing is sent to", "count"
    ),
    "suppression_noted": _("{who} changed the note beside {what}"),
    "suppression_lifted": _("{who} lets mails go to {what} again"),
    "sample_added": ngettext_lazy("{who} added {count} mail of the sample town", "{who} added {count} mails of the sample town", "count"),
    "sample_removed": ngettext_lazy("{who} removed {count} mail of the sample town", "{who} removed {count} mails of the sample town", "count"),
}.items():  # fmt: skip
    sentences.plug(f"mail.{_verb}", Sentence(_text, icon="mail-forward"))
