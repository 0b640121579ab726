"""Begin the website: a home page in each language, not published yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Site

from barnraise.foundation.policy import require
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.selectors import own

from ..house import house_name
from ..models import HomePage
from ..policies import may_begin
from ..selectors import home_pages, is_begun
from .groups import arrange_groups
from .indexing import index_pages

WELCOME = "Welcome to your new Wagtail site!"


def _roots(locale: Locale) -> Page:
    """Wagtail's own roots; a database that was emptied has none."""
    Page.objects.filter(depth=2, title=WELCOME).delete()
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    found: Page | None = Page.get_first_root_node()
    return found or Page.add_root(title="Root", slug="root", locale=locale)


def begin(*, by: Any) -> list[HomePage]:
    """The home pages that were made, one for each language, as drafts; the editor's groups follow the roles.

    Raises Refused, or ValidationError when there is a website already.
    """
    require(may_begin, by, reason=_("Admins and coordinators begin the website."))
    with transaction.atomic():
        if is_begun():
            raise ValidationError(_("There is a website already."))
        made = make_homes()
        record(by=by, verb="site.begun", about=[])
    return made


def make_homes(*, is_sample: bool = False) -> list[HomePage]:
    """The home pages as drafts, that of the main language first, and the editor's groups. In the caller's transaction."""
    facts = installation()
    codes = dict(settings.LANGUAGES)
    first = facts.default_language if facts.default_language in codes else settings.LANGUAGE_CODE
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in codes}
    root = _roots(locales[first])
    home = root.add_child(instance=_home(house_name(), locales[first], is_sample=is_sample))
    made = [home]
    for code, locale in locales.items():
        if code != first:
            other = _home(house_name(), locale, is_sample=is_sample)
            other.translation_key = home.translation_key
            made.append(root.add_child(instance=other))
    _site(home)
    arrange_groups()
    index_pages(made)
    return made


def _words(house: str) -> str:
    return house or _("Welcome")


def _home(house: str, locale: Locale, *, is_sample: bool) -> HomePage:
    code = locale.language_code
    with translation.override(code):
        title, lead, body = _words(house), _lead(), _body()
    return HomePage(
        title=title,
        slug=f"home-{code}",
        locale=locale,
        live=False,
        is_sample=is_sample,
        lead=lead[:300],
        body=body,
    )


def _lead() -> str:
    """What the house does: in the words of our own organisation, else in ours."""
    us = own()
    mission = squeeze(us.mission) if us is not None else ""
    return mission or _("Neighbours and organisations work together here. See what comes next and take part.")


def _body() -> list[dict[str, Any]]:
    """What a home page shows before anybody edits it: it stays true by itself."""
    return [
        {"type": "events", "value": {"title": "", "most": 5}},
        {"type": "stories", "value": {"title": "", "most": 3}},
        {"type": "involved", "value": {"title": _("Get involved"), "text": ""}},
    ]


def _site(home: Page) -> None:
    parts = urlsplit(settings.BARNRAISE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    name = house_name() or "Barnraise"
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": parts.hostname, "port": port, "root_page": home, "site_name": name[:255]},
    )


def publish_home(*, by: Any) -> int:
    """Open the website: home pages that are drafts are published. How many."""
    require(may_begin, by, reason=_("Admins and coordinators open the website."))
    with transaction.atomic():
        shut = [one for one in home_pages() if not one.live]
        for one in shut:
            page = one.specific
            page.save_revision(user=by).publish(user=by)
        index_pages(shut)
        if shut:
            record(by=by, verb="site.opened", about=[])
    return len(shut)


def withdraw_home(*, by: Any) -> int:
    """Close the website: no page of it answers until it is opened again. How many home pages were open."""
    require(may_begin, by, reason=_("Admins and coordinators close the website."))
    with transaction.atomic():
        live = [one for one in home_pages() if one.live]
        for one in live:
            one.specific.unpublish(user=by)
        if live:
            record(by=by, verb="site.closed", about=[])
    return len(live)
