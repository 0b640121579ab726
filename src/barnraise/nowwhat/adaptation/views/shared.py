"""Ways the pages of this room share: a form that writes and leads on, a button that does, an undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.toasts import say

TEMPLATE = "adaptation/form.html"


def undo_of(done: Any) -> str:
    """The address that takes a change set back; empty for anything else."""
    return reverse("journal:undo", kwargs={"key": done.pk}) if isinstance(done, ChangeSet) else ""


def written(
    request: HttpRequest,
    form: Any,
    write: Callable[[], Any],
    *,
    title: Any,
    said: Any,
    cancel: str,
    leads_to: str = "",
    thing: Any = None,
    **more: Any,
) -> HttpResponse:
    """Show the form; when it was sent, do what it asks, say so, and lead on: to the row that was made, else to `leads_to`."""
    done = kept(form, write) if request.method == "POST" else None
    if done is None:
        return form_page(request, form, title, cancel, template=TEMPLATE, thing=thing, **more)
    say(request, said, undo_url=undo_of(done))
    return redirect(leads_to or done)


def pressed(request: HttpRequest, do: Callable[[], Any], *, said: Any, leads_to: str) -> HttpResponse:
    """Do what a button asks, say so or why not, and lead on."""
    try:
        done = do()
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, said, undo_url=undo_of(done))
    return redirect(leads_to)
