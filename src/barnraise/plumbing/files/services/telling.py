"""Tell the journal about a file; of a private one neither its name nor its content's description is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..models import File


def tell(*, by: Any, done: str, file: File, changes: Mapping[str, tuple[Any, Any]] | None = None) -> None:
    """One entry "files.<done>" about the file and the thing it is about; "files.<done>_private" for a private file."""
    about: list[Any] = [file.about] if file.about else []
    hidden = file.visibility == File.Visibility.PRIVATE or "visibility" in (changes or {})
    if hidden:
        record(by=by, verb=f"files.{done}_private", about=[Ref.to(file)])
        return
    record(by=by, verb=f"files.{done}", about=[*about, file], changes=changes, details={"name": file.name})
