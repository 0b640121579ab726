"""What an organisation may ask of us, for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from barnraise.plumbing.ui import rest

from .. import policies, selectors, services

router = rest.router(tags=["Organisations"])


@router.post("/organisations/{uuid}/export", response=dict[str, Any], operation_id="export_organisation")
@rest.asks(policies.may_export)
def export_organisation(request: HttpRequest, uuid: UUID) -> Any:
    """Everything that is kept about the organisation, by room; that it was handed out is noted."""
    return services.export_organisation(selectors.one_row(uuid), by=request.user)
