"""The page that a reader opens to get no more mails of one kind, and the answer to their mail program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from barnraise.foundation.refs import Ref
from barnraise.plumbing.profile.selectors import installation

from . import services
from .selectors import one_by_key
from .sockets import permissions


def shown(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the page says. Raises Message.DoesNotExist. The reader's address is not shown: the link may have been passed on."""
    message = one_by_key(ref.id)
    title = ""
    if message.purpose:
        purpose = Ref.parse(message.purpose)
        permission = permissions.find(purpose.kind)
        title = permission.title(purpose.id) if permission else ""
    return {"house": installation().network_name, "purpose_title": title}


def act(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> None:
    """No more of it. Raises Message.DoesNotExist."""
    services.unsubscribed(one_by_key(ref.id))
