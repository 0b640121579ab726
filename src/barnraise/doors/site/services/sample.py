"""The website of the sample town: home, two pages and news in both languages, made of what the town has."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Collection, Page, PageLogEntry

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.search import services as search
from barnraise.sowhat.indicators.models import Observation
from barnraise.what.projects.models import Project

from .. import choosing, town
from ..drawing import landscape
from ..models import ContentPage, HomePage, NewsListPage, NewsPage, PageVisits, PublicNumber
from ..selectors import NUMBER, is_begun
from .begin import make_homes
from .groups import remove_groups
from .indexing import index_website

FOLDER = "Sample town"
TONGUES = ("en", "es")
NUMBERS, YEAR = 3, 12
"""How many numbers are public, and how many values the first one has at least."""


def load_sample(*, by: Any) -> Mapping[str, int]:
    """Make it and open it; nothing when there is a website already."""
    if is_begun():
        return {"pages": 0}
    with transaction.atomic(), arriving_by("sample"):
        homes = make_homes(is_sample=True)
        numbers = _numbers(by)
        picture = _picture()
        keys = {name: _keys(homes[0], at) for at, name in enumerate(("work", "results", "news"))}
        count = sum(_tree(home, numbers, picture, keys) for home in homes)
        index_website()
        search.index(NUMBER, [one.pk for one in numbers])
        record(by=by, verb="site.sample_added", about=[], details={"count": count})
    return {"pages": count}


def _keys(home: HomePage, at: int) -> Any:
    """One key for the translations of a page: derived, so that every language has the same."""
    return uuid.uuid5(home.translation_key, str(at))


def _numbers(by: Any) -> list[PublicNumber]:
    """The first indicator of the town with a year of values becomes public, and those counted by themselves with the most periods."""
    rows = Observation.objects.filter(is_sample=True, value__gte=5)
    long = rows.values("indicator_id").annotate(n=Count("pk")).filter(n__gte=YEAR)
    first = long.order_by("indicator_id").values_list("indicator_id", flat=True).first() or 0
    counted = rows.filter(origin=Observation.Origin.SOURCE).exclude(indicator_id=first)
    best = counted.values("indicator_id").annotate(n=Count("pk")).order_by("-n", "indicator_id")
    chosen = [*([first] if first else []), *(row["indicator_id"] for row in best)]
    return [
        PublicNumber.objects.create(indicator_id=key, by=by, is_sample=True, created_at=timezone.now())
        for key in chosen[:NUMBERS]
    ]


def _words(number: PublicNumber, at: int) -> dict[str, str]:
    """Title and unit in the language of the page, of numbers that the town knows in both."""
    name = number.indicator.name
    for names, units in town.NUMBERS:
        if name in names:
            return {"title": names[at], "unit": units[at]}
    return {}


def _picture() -> Image:
    root = Collection.get_first_root_node()
    folder = root.add_child(instance=Collection(name=FOLDER))
    file = ContentFile(landscape(), name="sample-barn.png")
    return Image.objects.create(title=FOLDER, file=file, collection=folder, width=1280, height=960)


def _tree(home: HomePage, numbers: list[PublicNumber], picture: Image, keys: Mapping[str, Any]) -> int:
    at = TONGUES.index(home.locale.language_code)
    blocks = [
        {
            "type": "number",
            "value": {"number": str(one.uuid), **_words(one, at), "text": "", "has_chart": True},
        }
        for one in numbers
    ]
    home.lead, home.picture, home.picture_alt = town.HOME_LEAD[at][:300], picture, town.ALT[at]
    home.body = _front(at, blocks[:1])
    home.live = True
    home.save()
    home.save_revision().publish()
    _below(
        home,
        ContentPage(
            title=town.WORK_TITLE[at],
            slug=town.WORK_SLUG[at],
            lead=town.WORK_LEAD[at],
            body=[{"type": "text", "value": town.WORK[at]}, *_invite(at)],
            translation_key=keys["work"],
            show_in_menus=True,
        ),
    )
    _below(
        home,
        ContentPage(
            title=town.RESULTS_TITLE[at],
            slug=town.RESULTS_SLUG[at],
            lead=town.RESULTS_LEAD[at],
            body=[*blocks, {"type": "stories", "value": {"title": "", "most": 3}}],
            translation_key=keys["results"],
            show_in_menus=True,
        ),
    )
    news = NewsListPage(
        title=town.NEWS_TITLE[at],
        slug=town.NEWS_SLUG[at],
        translation_key=keys["news"],
        show_in_menus=True,
    )
    _below(home, news)
    return 4 + _news(news, at, keys["news"])


def _news(news: Page, at: int, key: Any) -> int:
    today = timezone.localdate()
    project = Project.objects.filter(is_sample=True).order_by("pk").first()
    for number, (name, title, lead, text) in enumerate(town.NEWS):
        serves = project is not None and name == town.KITCHENS
        page = NewsPage(
            title=title[at],
            lead=lead[at],
            body=[{"type": "text", "value": text[at]}],
            published_on=today - timedelta(days=9 + 17 * number),
            translation_key=uuid.uuid5(key, name),
            cites=str(Ref.to(project)) if serves else "",
        )
        _below(news, page)
        if serves:
            _visits(page, today, 4 - 2 * at)
    return len(town.NEWS)


def _visits(page: Any, today: date, many: int) -> None:
    """Some on every day since it stands there, fewer and fewer."""
    rows = [
        PageVisits(page_id=page.pk, on=today - timedelta(days=ago), count=many + ago // 2) for ago in range(9)
    ]
    PageVisits.objects.bulk_create(rows)


def _below(parent: Page, page: Any) -> None:
    page.locale, page.is_sample = parent.locale, True
    parent.add_child(instance=page)
    page.save_revision().publish()


def _front(at: int, numbers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    partners = [key for key, _name in choosing.partners()[:9]]
    return [
        {"type": "text", "value": town.INTRO[at]},
        *numbers,
        {"type": "stories", "value": {"title": "", "most": 2}},
        {"type": "events", "value": {"title": "", "most": 4}},
        *_invite(at),
        *(
            [{"type": "partners", "value": {"title": town.PARTNERS[at], "partners": partners}}]
            if partners
            else []
        ),
        *_letter(at),
    ]


def _invite(at: int) -> list[dict[str, Any]]:
    return [{"type": "involved", "value": {"title": town.INVOLVED[at], "text": ""}}]


def _letter(at: int) -> list[dict[str, Any]]:
    purposes = sorted(choosing.purposes(), key=lambda one: not one[1].startswith(("Riverbend", "Boletín")))[
        :1
    ]
    return [
        {"type": "sign_up", "value": {"title": town.NEWSLETTER[at], "purpose": key}}
        for key, _name in purposes
    ]


def remove_sample(*, by: Any) -> Mapping[str, int]:
    """Take exactly its own away: pages that were made below them stay, with what stands above them."""
    with transaction.atomic(), arriving_by("sample"):
        count = 0
        gone = []
        for model in (NewsPage, ContentPage, NewsListPage, HomePage):
            for page in model.objects.filter(is_sample=True).order_by("-depth", "pk"):
                fresh = model.objects.get(pk=page.pk)
                if fresh.get_children().exists():
                    continue
                gone.append(fresh.pk)
                fresh.delete()
                count += 1
        # The history of a page outlives it, for those who ask who deleted it; nobody asks that of a page that never was.
        PageLogEntry.objects.filter(page_id__in=gone).delete()
        if not is_begun():
            remove_groups()
        index_website()
        numbers = PublicNumber.objects.filter(is_sample=True)
        search.remove(NUMBER, list(numbers.values_list("pk", flat=True)))
        numbers.delete()
        for folder in Collection.objects.filter(name=FOLDER):
            for picture in Image.objects.filter(collection=folder):
                picture.delete()
            folder.delete()
        if count:
            record(by=by, verb="site.sample_removed", about=[], details={"count": count})
    return {"pages": count}
