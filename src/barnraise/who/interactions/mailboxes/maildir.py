"""A Maildir: new mails lie in `new`, filed ones are moved to `cur` with the mark of those that were seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

Key = str


class Maildir:
    """New mails of a folder. Raises OSError when it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Maildir:
        if not (self._folder / "new").is_dir():
            raise FileNotFoundError(f"{self._folder} has no folder “new”: it is no Maildir.")
        (self._folder / "cur").mkdir(exist_ok=True)
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def waiting(self) -> Iterator[tuple[Key, int]]:
        """(key, size in bytes) of new mails, oldest name first."""
        for path in sorted((self._folder / "new").iterdir()):
            if path.is_file() and not path.name.startswith("."):
                yield path.name, path.stat().st_size

    def content(self, key: Key) -> bytes:
        """The whole mail."""
        return (self._folder / "new" / key).read_bytes()

    def done(self, key: Key, *, is_passed_over: bool) -> None:
        """It was filed, or passed over: then it is flagged for a person to look at."""
        name = key.partition(":2,")[0]
        (self._folder / "new" / key).rename(
            self._folder / "cur" / f"{name}:2,{'FS' if is_passed_over else 'S'}"
        )
