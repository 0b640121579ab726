"""What the endpoints of this room share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from .. import selectors


def clean(given: dict[str, Any], *, empty: tuple[str, ...] = ()) -> dict[str, Any]:
    """Values as the services take them: nothing that cannot be stored, accounts by e-mail, empty texts for null. Raises ValidationError."""
    for name, value in given.items():
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError({name: "It contains a character that cannot be stored."})
    if given.get("owner") is not None:
        email = str(given["owner"]).casefold()
        found = next((one for one in selectors.owners() if one.email == email), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name in empty:
        if name in given and given[name] is None:
            given[name] = ""
    return {name: value for name, value in given.items() if value is not None or name == "owner"}


def must_be_there(field: str, refs: list[str]) -> None:
    """Raise ValidationError when one of these typed references names nothing."""
    titles = selectors.titles_of(refs)
    for ref in refs:
        if ref not in titles:
            raise ValidationError({field: f"There is nothing of the reference {ref[:80]}."})
