"""How one comes in: by a signed link of a mail, or by an account of the role partner. What a session of the portal holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.links.sockets import NotNow
from barnraise.who.organisations.models import Organisation

from . import policies, selectors
from .policies import Visitor

PURPOSE = "portal.enter"
LASTS = timedelta(days=3)
"""So long the link of a mail opens; it opens once."""
STAYS = timedelta(hours=12)
"""So long one is in after that."""
SESSION = "portal"
CHOSEN = "portal_chosen"


def link_for(organisation: Organisation, person: int | None, language: str) -> str:
    """The address that lets whoever has it in for this organisation, once. Its page speaks the language of the mail."""
    said = {"l": language, **({"p": person} if person else {})}
    return sign(PURPOSE, Ref.to(organisation), expires=LASTS, data=said)


def offer(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the page of the link says before anything happens. Raises Organisation.DoesNotExist, and NotNow for who left."""
    organisation = selectors.organisation_by_key(ref.id)
    person = data.get("p")
    if person is not None and not selectors.speaks_for(person, organisation.pk):
        raise NotNow(
            _("This link lets nobody in any more"),
            _("Whoever it was sent to has no role at this organisation now. Ask for a new one."),
        )
    return {"organisation": organisation}


def enter(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse:
    """Begin a session of the portal, and nothing more."""
    organisation = offer(ref, data)["organisation"]
    request.session.cycle_key()
    until = timezone.now() + STAYS
    request.session[SESSION] = {"o": organisation.pk, "p": data.get("p"), "until": int(until.timestamp())}
    return redirect("portal:home")


def leave(request: HttpRequest) -> None:
    """End the session of the portal; an account stays logged in."""
    request.session.pop(SESSION, None)


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Who is in the portal with this request. Asked anew each time: whoever lost their role is out at once."""
    if policies.is_partner(request.user):
        bodies = selectors.organisations_of_account(request.user)
        chosen = request.session.get(CHOSEN)
        organisation = next((one for one in bodies if one.pk == chosen), bodies[0] if bodies else None)
        if organisation is None:
            return None
        return visitor_by_account(request.user, organisation)
    return _by_link(request.session.get(SESSION))


def visitor_by_account(account: Any, organisation: Organisation) -> Visitor:
    """Somebody with an account of the role partner, for an organisation that it speaks for."""
    return Visitor(organisation, str(account), selectors.person_of_account(account), account)


def _by_link(held: Any) -> Visitor | None:
    if not isinstance(held, dict) or held.get("until", 0) <= timezone.now().timestamp():
        return None
    organisation = selectors.live_organisation(held.get("o"))
    person = held.get("p")
    if organisation is None or (person is not None and not selectors.speaks_for(person, organisation.pk)):
        return None
    return Visitor(organisation, selectors.name_of(person), person)


View = Callable[..., HttpResponse]


def portal_page(
    *,
    of: Callable[[UUID], Any] | None = None,
    policy: Any = policies.may_enter,
    methods: Sequence[str] = ("GET",),
) -> Callable[[View], View]:
    """A page of the portal: `view(request, visitor)`, or `view(request, visitor, thing)` with `of` the selector of its uuid.

    Whoever is not in is led to the door. What does not concern the visitor's organisation is not there (404), whatever it is.
    """
    allowed = (*methods, "HEAD") if "GET" in methods else tuple(methods)

    def make(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            visitor = visitor_of(request)
            if visitor is None:
                return redirect(f"{reverse('portal:door')}")
            if of is None:
                return _kept_here(view(request, visitor))
            thing = of(kwargs["uuid"])
            if thing is None or not policy(visitor, thing):
                raise Http404
            return _kept_here(view(request, visitor, thing))

        answer.policy = policy  # type: ignore[attr-defined]
        answer.allowed_methods = allowed  # type: ignore[attr-defined]
        return answer

    return make


def _kept_here(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
