"""Find tags by name, and make those that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.plumbing.journal.services import record

from ..models import Tag
from ..names import LONGEST, MOST_AT_ONCE, distinct, folded, tidy


def checked(name: str) -> str:
    """The tidied name. Raises ValidationError on `name` when it is empty or too long."""
    kept = tidy(name)
    if not folded(kept):
        raise ValidationError({"name": _("Give the tag a name with at least one letter or digit.")})
    if len(kept) > LONGEST:
        raise ValidationError({"name": _("The name is longer than %(most)s characters.") % {"most": LONGEST}})
    return kept


def ensured(names: Sequence[str], *, by: Any) -> list[Tag]:
    """The tags of these names in order; missing ones are made, with their journal entries.

    Raises ValidationError when a name is too long or there are more than MOST_AT_ONCE.
    """
    wanted = distinct(names)
    if len(wanted) > MOST_AT_ONCE:
        raise ValidationError(
            ngettext("At most %(most)s tag at a time.", "At most %(most)s tags at a time.", MOST_AT_ONCE)
            % {"most": MOST_AT_ONCE}
        )
    wanted = [checked(name) for name in wanted]
    known = {tag.folded: tag for tag in Tag.objects.filter(folded__in=[folded(name) for name in wanted])}
    for name in wanted:
        if folded(name) not in known:
            tag, is_new = Tag.objects.get_or_create(folded=folded(name), defaults={"name": name})
            known[tag.folded] = tag
            if is_new:
                record(by=by, verb="tags.created", about=[tag], details={"name": tag.name})
    return [known[folded(name)] for name in wanted]
