"""Settings of the public website, where the installation has one (BARNRAISE_SITE): Wagtail, its editor, its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

LIBRARIES = (
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
)
FIRST = (
    "taggit",
    "wagtailcore",
    "wagtailimages",
    "wagtaildocs",
    "wagtailusers",
    "wagtailadmin",
    "wagtailsearch",
    "simple_translation",
)
"""Labels of the libraries' migrations."""
FRONT_DOOR = "barnraise.doors.site.middleware.FrontDoor"
TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "hr", "link", "document-link"]


def website_settings(*, url: str, languages: list[tuple[str, str]], limit_mb: int) -> dict[str, Any]:
    """What Wagtail reads from Django's settings. It asks no other host anything, and its login and passwords are ours."""
    return {
        "WAGTAIL_SITE_NAME": "Barnraise",
        "WAGTAILADMIN_BASE_URL": url,
        "WAGTAIL_I18N_ENABLED": True,
        "WAGTAIL_ALLOW_UNICODE_SLUGS": False,
        "WAGTAIL_CONTENT_LANGUAGES": languages,
        "WAGTAILADMIN_PERMITTED_LANGUAGES": languages,
        "WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE": False,
        "WAGTAIL_ENABLE_UPDATE_CHECK": False,
        "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
        "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
        "WAGTAILADMIN_LOGIN_URL": "account_login",
        "WAGTAIL_FRONTEND_LOGIN_URL": "/account/login/",
        "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED": False,
        "WAGTAIL_PASSWORD_RESET_ENABLED": False,
        "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
        "WAGTAILUSERS_PASSWORD_ENABLED": False,
        "WAGTAIL_WORKFLOW_ENABLED": False,
        "WAGTAIL_PRIVATE_PAGE_OPTIONS": {"SHARED_PASSWORD": False},
        "WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS": {"SHARED_PASSWORD": False},
        "WAGTAIL_USER_TIME_ZONES": [],
        "WAGTAILADMIN_RICH_TEXT_EDITORS": {
            "default": {
                "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
                "OPTIONS": {"features": TEXT},
            }
        },
        "WAGTAILIMAGES_RENDITION_STORAGE": "pictures",
        "WAGTAILIMAGES_EXTENSIONS": ["avif", "gif", "jpg", "jpeg", "png", "webp"],
        "WAGTAILIMAGES_MAX_UPLOAD_SIZE": min(limit_mb, 20) * 1024 * 1024,
        "WAGTAILDOCS_EXTENSIONS": ["csv", "mp4", "odt", "pdf", "vtt", "webm", "xlsx"],
        "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": "wagtail.search.backends.database"}},
    }


def picture_storage(data: Path) -> dict[str, Any]:
    """Where pictures lie in the sizes that pages show; anybody may open them."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(data / "files" / "website"), "base_url": "/pictures/"},
    }
