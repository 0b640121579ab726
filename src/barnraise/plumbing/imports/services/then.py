"""Files that hold records of two nouns: when the first import is done, another takes in the rest of the same files."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import Refused

from ..models import Import, ImportFile
from ..reading import sources
from ..sockets import IS_REST, formats
from .give import SURE
from .start import start_check, start_run


def begin_then(*, batch: Import, by: Any, via: str, is_looked_at: bool) -> Import | None:
    """Begin the import of the rest, in the caller's transaction. None when its format names none, or nothing is left.

    Whoever looked at what the first one would do looks at the rest too (`is_looked_at`): it begins with its dry run and waits.
    When something has to be chosen first it waits to be looked at, too.
    """
    plug = formats.find(batch.format) if batch.format else None
    if plug is None or not plug.then:
        return None
    following = formats.get(plug.then)
    if following.recognises(sources(batch)) < SURE:
        return None
    rest = Import.objects.create(
        noun=following.noun,
        format=plug.then,
        source=following.source,
        signature=batch.signature,
        state=Import.State.MAPPED,
        by=batch.by,
        after=batch,
    )
    ImportFile.objects.bulk_create(
        ImportFile(
            batch=rest,
            file_id=one.file_id,
            position=one.position,
            choices={**one.choices, IS_REST: True},
            recognition=one.recognition,
        )
        for one in batch.files.order_by("position")
    )
    try:
        if is_looked_at:
            start_check(batch=rest, by=by)
        else:
            start_run(batch=rest, by=by, via=via)
    except Refused:
        rest.refresh_from_db()
    return rest
