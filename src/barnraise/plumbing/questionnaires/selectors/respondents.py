"""Whom a name or an address means."""

from __future__ import annotations

from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref

from ..sockets import respondents


def find_respondent(text: str) -> Ref | str:
    """Whom a name or an address means, or a sentence saying why nobody can be told."""
    found: list[tuple[Ref, str]] = []
    for plug in respondents:
        found += plug.find(text, 2)
    if not found:
        return _("Nobody here has the name or address “%(text)s”.") % {"text": text[:80]}
    if len(found) > 1:
        return _("Several have the name or address “%(text)s”: write the e-mail address.") % {
            "text": text[:80]
        }
    return found[0][0]
