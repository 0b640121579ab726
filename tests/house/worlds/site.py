"""The website of the small world: that of the sample town, with one public number."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from .finding import named

ORDER = 90


def build(people: dict[str, Any]) -> None:
    """The sample town has made a website; a document lies there to be opened."""
    if not settings.ENVIRONMENT.site:
        return
    from django.core.files.base import ContentFile
    from wagtail.documents.models import Document

    file = ContentFile(b"%PDF-1.4 a plan", name="plan.pdf")
    Document.objects.create(title="The plan", file=file)


def _picture() -> str:
    from django.apps import apps

    found = apps.get_model("wagtailimages.Image").objects.order_by("pk").first()
    return str(found.get_rendition("fill-960x720").file.name) if found else "none.png"


EXAMPLES = {
    "site:number:uuid": named("site.PublicNumber", "uuid"),
    "site:end_number:uuid": named("site.PublicNumber", "uuid"),
    "site:change_number:uuid": named("site.PublicNumber", "uuid"),
    "site:page:key": named("site.NewsPage", "pk", live=True),
    "site:sign_up:uuid": named("consent.Purpose", "uuid"),
    "site:picture:path": _picture,
    "site:share_card:language": lambda: "en",
    "site:share_card:key": named("wagtailcore.Page", "pk", depth=2, live=True, locale__language_code="en"),
    ":path": lambda: "",
    ":document_id": named("wagtaildocs.Document", "pk"),
    ":document_filename": lambda: "plan.pdf",
}
