"""Open the house for a subcommand: read the settings, load Django. What is wrong with a setting becomes one line with its mend."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answering import Refusal

if TYPE_CHECKING:
    from ..environment import Environment

SETTINGS_PAGE = "Every setting is described in docs/operate/settings.md."


def settings_in_force() -> Environment:
    """The operator's settings. Refusal names each wrong one; nothing of Django is loaded yet."""
    from pydantic import ValidationError

    from ..environment import environment
    from ..explaining import explain

    try:
        _finish_interrupted_restore()
        return environment()
    except ValidationError as wrong:
        raise Refusal("Some settings are wrong.", mend=SETTINGS_PAGE, errors=explain(wrong)) from None
    except OSError as problem:
        raise Refusal(
            f"The data folder cannot be used: {problem.strerror}: {problem.filename}",
            mend="Make it writable for the user who runs Barnraise, or choose another with --data.",
        ) from None


def _finish_interrupted_restore() -> None:
    """A restore that was killed in the middle of its swap is finished before anything reads the folder."""
    from ..environment import default_data_folder

    data = Path(os.environ.get("BARNRAISE_DATA") or default_data_folder()).expanduser().resolve()
    if not (data / ".restoring" / "ready").exists():
        return
    from ..backups.swapping import finish_swap
    from ..locks import Busy, lock, running

    try:
        with lock(running(data)):
            finish_swap(data)
    except Busy:
        raise Refusal("A restore is at work on this data folder.", mend="Wait until it has ended.") from None


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """While code is loaded nothing becomes garbage: looking for it would take a third of the time of a start.

    What is loaded is set aside for good, so that nobody looks through it later and processes that part share its memory.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def load_django() -> None:
    """settings_in_force, then django.setup(), once."""
    settings_in_force()
    import django
    from django.apps import apps

    if apps.ready:
        return
    try:
        with garbage_left_alone():
            django.setup()
    except ValueError as wrong:
        raise Refusal(f"A setting is wrong: {wrong}", mend=SETTINGS_PAGE) from None


def open_house() -> None:
    """load_django, and refuse when the database is not there or not ready. For subcommands that read or write rows."""
    load_django()
    from ..database_state import NotReady, require_ready

    try:
        require_ready()
    except NotReady as no:
        raise Refusal(no.sentence, mend=no.mend) from None


def account_of(email: str | None) -> Any:
    """The active account that --as names; None when it names none, which is the house itself. Raises Refusal."""
    if not email:
        return None
    from django.contrib.auth import get_user_model

    found = get_user_model()._default_manager.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise Refusal(f"There is no account {email}.", mend="`barnraise user add` makes one.")
    return found


@contextmanager
def said_by_validation() -> Iterator[None]:
    """What a service refuses becomes a Refusal that names each field."""
    from django.core.exceptions import ValidationError

    from barnraise.foundation.policy import Refused

    try:
        yield
    except Refused as no:
        raise Refusal(no.reason or "That is not allowed.") from None
    except ValidationError as wrong:
        by_field = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
        errors = [
            {"field": field, "reason": reason} for field, reasons in by_field.items() for reason in reasons
        ]
        raise Refusal("Nothing was changed.", errors=errors) from None
