"""`{% load jobs %}{% job_progress job %}`: a job's progress inside any page, kept fresh without reload."""

from __future__ import annotations

from typing import Any

from django import template

from .. import showing
from ..models import Job

register = template.Library()


@register.inclusion_tag("jobs/_progress.html", takes_context=True)
def job_progress(context: dict[str, Any], job: Job) -> dict[str, Any]:
    """State, bar, time left, and the buttons this reader may use."""
    request = context["request"]
    return {**showing.context(job, request.user), "csrf_token": context.get("csrf_token")}
