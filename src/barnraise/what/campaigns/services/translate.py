"""Write a campaign in a further language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record

from ..drawing import is_worded
from ..models import Campaign
from ..sockets import blocks as kinds
from .blocks import LONGEST
from .make import changed, opened


@transaction.atomic
def translate_campaign(
    campaign: Campaign,
    *,
    language: str,
    subject: str,
    by: Any,
    preview: str = "",
    blocks: Sequence[Mapping[str, str]] = (),
) -> Campaign:
    """Set its words in that language; `blocks` hold those of its blocks, by place and field. All empty takes the language away.

    An approval is taken back by it. Raises ValidationError by field: its own or an unknown language, no subject, words too long.
    """
    row = opened(campaign)
    subject, preview = squeeze(subject), squeeze(preview)
    said = [{name: words.strip() for name, words in one.items()} for one in blocks]
    errors: dict[str, Any] = {}
    if language not in dict(settings.LANGUAGES) or language == row.language:
        errors["language"] = _("Choose one of the other languages.")
    if not subject and (preview or any(words for one in said for words in one.values())):
        errors["subject"] = _("It has no subject.")
    if any("\x00" in text or len(text) > 200 for text in (subject, preview)):
        errors.setdefault("subject", _("It is too long, or contains a character that cannot be stored."))
    if any("\x00" in text or len(text) > LONGEST for one in said for text in one.values()):
        errors["blocks"] = _("It is too long, or contains a character that cannot be stored.")
    if errors:
        raise ValidationError(errors)
    before = (dict(row.texts), list(row.blocks))
    others = {code: texts for code, texts in row.texts.items() if code != language}
    row.texts = {**others, language: {"subject": subject, "preview": preview}} if subject else others
    row.blocks = [
        _worded(one, said[at] if at < len(said) else {}, language) for at, one in enumerate(row.blocks)
    ]
    if before != (row.texts, row.blocks):
        changed(row, ["texts", "blocks"], by)
        record(by=by, verb="campaigns.translated", about=[row], details={"language": language})
    return row


def _worded(block: Mapping[str, str], words: Mapping[str, str], language: str) -> dict[str, str]:
    kind = kinds.find(block["kind"])
    found = {name: text for name, text in block.items() if not name.endswith(f".{language}")}
    for field in kind.fields if kind is not None else ():
        if is_worded(field) and words.get(field.name):
            found[f"{field.name}.{language}"] = words[field.name]
    return found
