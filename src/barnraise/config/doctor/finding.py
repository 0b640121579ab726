"""What the doctor says: a code, how bad it is, a sentence, and the mend."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad a finding is: something does not work, soon will not, or is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is "<part>.<what>" and never changes, so that programs can watch for it."""

    code: str
    severity: Severity
    sentence: str
    mend: str

    def shown(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)

    def lines(self) -> list[str]:
        """For people."""
        said = [f"{self.severity.upper():8} {self.sentence} [{self.code}]"]
        return [*said, f"         {self.mend}"] if self.mend else said


def error(code: str, sentence: str, mend: str) -> Finding:
    """Barnraise does not work, or loses something."""
    return Finding(code, Severity.ERROR, sentence, mend)


def warning(code: str, sentence: str, mend: str) -> Finding:
    """It works, and will not for long, or not for everyone."""
    return Finding(code, Severity.WARNING, sentence, mend)


def notice(code: str, sentence: str, mend: str) -> Finding:
    """Good to know."""
    return Finding(code, Severity.NOTICE, sentence, mend)
