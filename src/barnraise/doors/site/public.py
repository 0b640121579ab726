"""What everybody may open: pages, numbers and how they are made, sign-up, get involved, pictures, the map of the site."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.views import serve

from barnraise.foundation.policy import team
from barnraise.plumbing.links.services import is_visit
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.form_pages import kept
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page
from barnraise.who.consent.models import Purpose

from . import selectors, services, showing
from .card import card
from .forms import WAYS, InvolvedForm, SignUpForm
from .house import house_name
from .menus import address, frame, homes
from .models import PublicNumber
from .policies import may_read

OPENS, SENDS = 240, 10
"""Per address and minute. A library's many visitors share one address."""
View = Callable[..., HttpResponseBase]


def spoken(view: View) -> View:
    """The view in the language at the beginning of its address, and with the website's own 404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        code = request.path.split("/", 2)[1]
        translation.activate(code)
        request.LANGUAGE_CODE = code
        try:
            if not homes():
                raise Http404
            return view(request, *args, **kwargs)
        except Http404:
            return missing(request)

    return answer


def missing(request: HttpRequest) -> HttpResponse:
    """The website's own page for what is not there."""
    return render(request, "site/missing.html", frame(request), status=404)


def _too_many() -> HttpResponse:
    response = HttpResponse(
        _("Too many at once. Please wait a minute; nothing was lost."), status=429, content_type="text/plain"
    )
    response["Retry-After"] = "60"
    return response


@page(may_read)
@spoken
def show(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A page of the editors."""
    found: HttpResponseBase = serve(request, path)
    drawn: Any = getattr(found, "context_data", None) or {}
    _count(request, drawn.get("page"))
    # No copy outlives a number or a story that is taken back.
    found["Cache-Control"] = "no-store"
    return found


def _count(request: HttpRequest, shown: Any) -> None:
    """One visit more of a page that serves something. What the team opens is no reach."""
    serves: str = getattr(shown, "cites", "")
    if serves and not team(request.user) and is_visit(request):
        services.count_visit(shown, on=timezone.localdate())


@page(may_read)
@spoken
def number(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How a public number is made: what counts, the rule, the periods with how many rows, small ones hidden."""
    try:
        row = selectors.one_number(uuid)
    except PublicNumber.DoesNotExist:
        raise Http404 from None
    threshold = installation().disclosure_threshold
    shown = showing.of_number(row, today=timezone.localdate(), threshold=threshold)
    chart = showing.chart(shown)
    context = {
        **frame(request, path=f"numbers/{uuid}/"),
        "shown": shown,
        "indicator": row.indicator,
        "lines": [(line, *showing.cells(line, is_team=team(request.user))) for line in reversed(shown.lines)],
        "chart": chart,
        "narrow": showing.narrow(chart),
        "has_hidden": any(line.is_hidden for line in shown.lines),
    }
    return render(request, "site/number.html", context)


@page(may_read, methods=("GET", "POST"))
@spoken
def involved(request: HttpRequest) -> HttpResponse:
    """A form for those who want to take part; somebody answers within three working days."""
    is_sent = request.method == "POST"
    if is_over(request, "involved" if is_sent else "site", SENDS if is_sent else OPENS):
        return _too_many()
    asked = request.GET.get("as", "")
    way = asked if asked in dict(WAYS) else "volunteer"
    form = InvolvedForm(request.POST if is_sent else None, initial={"way": way})
    language = (get_language() or "")[:10]
    # People do not see the field "website"; programs that fill in every field are thanked and nothing is kept.
    is_done = is_sent and (
        bool(request.POST.get("website"))
        or kept(form, lambda: services.involve(services.Wish(language=language, **form.cleaned_data)))
        is not None
    )
    context = {
        **frame(request, path="get-involved/"),
        "form": form,
        "is_done": is_done,
        "due": services.due(timezone.localdate()),
    }
    return _answered(request, "site/involved.html", context, is_bad=is_sent and not is_done)


@page(may_read, methods=("GET", "POST"))
@spoken
def sign_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Sign up for a purpose; a mail asks to confirm."""
    is_sent = request.method == "POST"
    if is_over(request, "sign-up" if is_sent else "site", SENDS if is_sent else OPENS):
        return _too_many()
    found = showing.sign_up(uuid)
    purpose: Purpose | None = found["purpose"]
    if purpose is None:
        raise Http404
    form = SignUpForm(request.POST if is_sent else None)
    language = (get_language() or "")[:10]
    is_done = is_sent and (
        bool(request.POST.get("website"))
        or kept(form, lambda: services.ask_to_confirm(purpose, language=language, **form.cleaned_data))
        is not None
    )
    context = {**frame(request, path=f"sign-up/{uuid}/"), **found, "form": form, "is_done": is_done}
    return _answered(request, "site/sign_up.html", context, is_bad=is_sent and not is_done)


def _answered(request: HttpRequest, template: str, context: dict[str, Any], *, is_bad: bool) -> HttpResponse:
    response = render(request, template, context, status=422 if is_bad else 200)
    response["Cache-Control"] = "no-store"
    return response


@page(may_read)
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture in the size that a page shows it in. Its name changes with its content."""
    storage = storages["pictures"]
    kind, _encoding = mimetypes.guess_type(path)
    if kind is None or not kind.startswith("image/") or ".." in path:
        raise Http404
    try:
        response = FileResponse(storage.open(path), content_type=kind)
    except (OSError, ValueError):
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@page(may_read)
def share_card(request: HttpRequest, language: str, key: int) -> HttpResponse:
    """The picture that is shown where somebody shares a page's link."""
    found = Page.objects.live().public().filter(pk=key, depth__gte=2, locale__language_code=language).first()
    if found is None or not homes():
        raise Http404
    response = HttpResponse(card(found.title, house_name()), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@page(may_read)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is live, with its other languages."""
    fronts = homes()
    rows = Page.objects.live().public().filter(depth__gte=2, content_type__app_label="site")
    kept_rows = [
        row
        for row in rows.select_related("locale").order_by("path")[:50_000]
        if row.locale.language_code in fronts
        and row.url_path.startswith(fronts[row.locale.language_code].url_path)
    ]
    same: dict[Any, list[tuple[str, str]]] = {}
    found = []
    for row in kept_rows:
        url = settings.BARNRAISE_URL + str(row.get_url(request))
        same.setdefault(row.translation_key, []).append((row.locale.language_code, url))
        found.append({"url": url, "changed": row.last_published_at, "others": same[row.translation_key]})
    ways = [(code, settings.BARNRAISE_URL + address("site:involved", code)) for code in fronts]
    found += [{"url": url, "changed": None, "others": ways} for _code, url in ways]
    return render(request, "site/sitemap.xml", {"urls": found}, content_type="application/xml; charset=utf-8")


def robots() -> list[str]:
    """What search engines may read: the website, once it is open."""
    fronts = homes()
    if not fronts:
        return []
    lines = [f"Allow: /{code}/" for code in fronts]
    lines += [
        "Allow: /pictures/",
        "Allow: /static/",
        "Allow: /what/events/at/",
        "Allow: /nowwhat/stories/read/",
        "Allow: /documents/",
    ]
    return [*lines, f"Sitemap: {settings.BARNRAISE_URL}/sitemap.xml"]
