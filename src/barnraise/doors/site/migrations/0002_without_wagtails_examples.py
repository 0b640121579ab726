"""Wagtail's migrations leave an example page and an example site; the website begins with nothing but its languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations


def clear(apps: Any, editor: Any) -> None:
    """Take the examples away where nobody has used them, and name the languages."""
    page, site, locale = (apps.get_model("wagtailcore", name) for name in ("Page", "Site", "Locale"))
    for code, _name in settings.LANGUAGES:
        locale.objects.get_or_create(language_code=code)
    example = page.objects.filter(depth=2, slug="home", content_type__model="page")
    if page.objects.exclude(depth=1).count() == example.count():
        site.objects.all().delete()
        example.delete()
        page.objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("site", "0001_pages_and_public_numbers")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
