"""A wrong setting, said in words: its name as the operator writes it, what is wrong, and what it holds now."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from .environment import Environment

if TYPE_CHECKING:
    from pydantic import ValidationError

SECRET = {"BARNRAISE_SECRET_KEY", "DATABASE_URL", "EMAIL_URL"}
"""Their values are not printed."""


def setting_names() -> dict[str, str]:
    """Field name -> name in the environment."""
    return {
        name: str(field.alias or f"BARNRAISE_{name}".upper())
        for name, field in Environment.model_fields.items()
    }


def explain(wrong: ValidationError) -> list[dict[str, str]]:
    """[{"field": "BARNRAISE_URL", "reason": "…"}], one for each wrong setting."""
    names = setting_names()
    found = []
    for error in wrong.errors(include_url=False, include_context=False):
        key = str(error["loc"][0]) if error["loc"] else ""
        name = names.get(key, key)
        if error["type"] == "extra_forbidden":
            found.append({"field": key.upper(), "reason": _unknown(key.upper(), list(names.values()))})
            continue
        reason = str(error["msg"]).removeprefix("Value error, ")
        if name not in SECRET and error.get("input") not in (None, ""):
            reason += f" (it is {str(error['input'])[:80]!r})"
        found.append({"field": name, "reason": reason})
    return found


def _unknown(name: str, known: list[str]) -> str:
    # The prefix they all share would make any two of them look alike.
    plain = {one.removeprefix("BARNRAISE_"): one for one in known}
    close = [plain[one] for one in get_close_matches(name.removeprefix("BARNRAISE_"), plain, n=1, cutoff=0.6)]
    hint = f"did you mean {close[0]}?" if close else "remove the line."
    return f"there is no such setting; {hint}"
