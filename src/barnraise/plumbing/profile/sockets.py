"""What other rooms hear of the installation."""

from __future__ import annotations

from collections.abc import Callable, Collection

from barnraise.foundation.registry import Socket

changes: Socket[Callable[[Collection[str]], None]] = Socket(
    "profile.changes",
    doc="Told in the same transaction which facts of the installation have changed: told(names).",
)
