"""How mails look."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data, icon
from barnraise.plumbing.ui.sockets import kinds

from .models import Message, Notice, Suppression

REASONS: dict[str, Any] = {
    "draft": gettext_lazy("It is a draft: it goes out once somebody puts it into the outbox."),
    "later": gettext_lazy("The mail server refused it for now. It is tried again by itself."),
    "away": gettext_lazy("The mail server could not be reached. It is tried again by itself."),
    "refused": gettext_lazy(
        "The mail server refused it for good. Read what it said, mend that, and send it again."
    ),
    "no_mailbox": gettext_lazy("There is no such mailbox. Ask for another address."),
    "bounced": gettext_lazy("It came back. Read what the other server said."),
    "given_up": gettext_lazy("It was tried for two days in vain. Send it again when the mail server works."),
    "suppressed": gettext_lazy("Nothing is sent to this address."),
    "consent": gettext_lazy("The reader does not want mails of this kind any more, or never agreed to them."),
    "sample": gettext_lazy("Its reader belongs to the sample town, and nothing is ever sent there."),
    "import": gettext_lazy("An import never sends anything."),
    "erased": gettext_lazy("Its reader was erased."),
}
"""Why a mail is where it is, and what to do, as a sentence."""

_TONES: dict[str, Any] = {
    "draft": "neutral", "queued": "neutral", "sending": "accent", "handed_over": "good", "bounced": "bad",
    "failed": "bad", "suppressed": "warning", "cancelled": "neutral",
}  # fmt: skip
_ICONS = {
    "draft": "pencil",
    "queued": "clock",
    "sending": "send",
    "handed_over": "check",
    "suppressed": "mail-off",
    "cancelled": "ban",
}


def state_badge(row: Message) -> Safe:
    """The state as word and icon."""
    drawn = "file-text" if row.is_file else _ICONS.get(row.state)
    shown = badge(row.state_word, tone="warning" if row.is_file else _TONES[row.state], icon=drawn)
    if row.complained_at:
        shown = join([shown, " ", badge(_("Complaint"), tone="bad")])
    return shown


def why(row: Message) -> str:
    """Why it is where it is, "" when there is nothing to explain."""
    if row.is_sample:
        return _("It belongs to the sample town: nothing was ever sent.")
    if row.is_file:
        return _("No mail server is set, so it lies as a file in the folder of mails and has reached nobody.")
    return str(REASONS.get(row.reason, ""))


def repeats_words(row: Message) -> str:
    """That it may have arrived more than once."""
    if not row.repeats:
        return ""
    return ngettext(
        "The program was stopped while this mail was being sent, so it may have arrived twice.",
        "The program was stopped %(count)d times while this mail was being sent, so it may have arrived more than once.",
        row.repeats,
    ) % {"count": row.repeats}


def reader(row: Message) -> Safe:
    """Name and address of who gets it."""
    if row.erased_at:
        return el("span", _("erased"), class_="muted")
    if row.to_name:
        return join(
            [data(row.to_name), " ", el("span", "<", row.to_address, ">", translate="no", class_="muted")]
        )
    return data(row.to_address)


def linked(text: str) -> Any:
    """A typed reference as a link with its title; None when nobody knows it."""
    if not text:
        return None
    ref = Ref.parse(text)
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id) if described else None
    if described is None or title is None:
        return None
    return el("a", icon(described.icon), " ", data(title), href=described.url(ref.id))


def suppression_badge(row: Suppression) -> Safe:
    """Whether it stands."""
    if row.is_lifted:
        return badge(_("Lifted"), icon="check")
    return badge(_("Nothing is sent"), tone="warning", icon="mail-off")


def notice_word(row: Notice) -> Safe:
    """What a notice says, as word and icon."""
    tones: dict[str, Any] = {
        "failed": "bad",
        "complaint": "bad",
        "delayed": "warning",
        "unreadable": "warning",
    }
    return badge(row.get_kind_display(), tone=tones.get(row.kind, "neutral"))
