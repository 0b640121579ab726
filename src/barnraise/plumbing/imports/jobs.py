"""The work of imports that goes on in the background: the dry run, the run, and who is next in line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .models import Import
from .services import start_next
from .services.check import check_step
from .services.run import run_step

__all__ = ["check_step", "run_step", "start_waiting"]


def start_waiting(*, now: datetime) -> None:
    """The chore: begin what waits although nothing runs, as after the failure of the one before."""
    for noun in Import.objects.filter(state=Import.State.QUEUED).values_list("noun", flat=True).distinct():
        with transaction.atomic():
            start_next(noun)
