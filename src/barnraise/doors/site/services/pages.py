"""Change a page from outside the editor: its title, what it serves, whether everybody can read it. Every change is a version in the editor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, require
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.links.selectors import CITED
from barnraise.plumbing.search import selectors as search

from ..models.pages import ServingPage
from ..policies import may_edit
from ..selectors import one_page, pages_listed
from .indexing import index_pages


def change_page(
    page: Any, *, by: Any, title: str | None = None, cites: str | None = None, is_live: bool | None = None
) -> Any:
    """The page with these values; None leaves a value as it is. `cites` is a typed reference, empty for nothing.

    What changes becomes the latest version of the page. Everybody reads it once it is published: with `is_live`, or in the editor.
    Raises Refused, or ValidationError by field.
    """
    require(may_edit, by, reason=_("Admins, coordinators and contributors write the website."))
    with transaction.atomic():
        row = pages_listed().select_for_update(of=("self",)).get(pk=page.pk)
        _refuse_unless_may(row.permissions_for_user(by), is_live)
        draft = row.get_latest_revision_as_object()
        changes = _changed(draft, title, cites)
        if changes:
            # As in the editor: of a page that nobody can read yet the page itself changes, of another only its draft.
            draft.full_clean()
            if not row.live:
                draft.save()
            draft.save_revision(user=by, log_action=True)
            record(by=by, verb="site.page_changed", about=[draft], changes=changes)
        if is_live and (not row.live or row.has_unpublished_changes or changes):
            (draft.get_latest_revision() or draft.save_revision(user=by)).publish(user=by)
            record(by=by, verb="site.page_published", about=[draft])
        elif is_live is False and row.live:
            row.specific.unpublish(user=by)
            record(by=by, verb="site.page_withdrawn", about=[draft])
        index_pages([draft])
    return one_page(row.pk).specific


def _refuse_unless_may(rights: Any, is_live: bool | None) -> None:
    if not rights.can_edit():
        raise Refused(_("Admins, coordinators and contributors write the website."))
    if is_live is not None and not rights.can_publish():
        raise Refused(_("Admins and coordinators publish pages of the website."))
    if rights.page_locked():
        raise ValidationError(_("Somebody has locked this page in the editor. Ask them to unlock it."))


def _changed(draft: Any, title: str | None, cites: str | None) -> dict[str, tuple[str, str]]:
    """Set what is said on the draft; what it was and is, by field. Raises ValidationError."""
    wanted = {} if title is None else {"title": _titled(title)}
    if cites is not None and (cites or isinstance(draft, ServingPage)):
        wanted["cites"] = _cited(draft, cites)
    changes = {name: (getattr(draft, name), value) for name, value in wanted.items()}
    for name, value in wanted.items():
        setattr(draft, name, value)
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def _titled(title: str) -> str:
    title = squeeze(title)
    if not title or len(title) > 255 or "\x00" in title:
        raise ValidationError({"title": _("Write a title of at most 255 characters.")})
    return title


def _cited(draft: Any, cites: str) -> str:
    if not isinstance(draft, ServingPage):
        raise ValidationError({"cites": _("Only pages and news serve something.")})
    try:
        is_known = not cites or (Ref.parse(cites).kind in CITED and bool(search.cited_title(cites)))
    except ValueError:
        is_known = False
    if not is_known or len(cites) > 80:
        raise ValidationError(
            {"cites": _("There is no project, objective, goal, need or event of this reference.")}
        )
    return cites
