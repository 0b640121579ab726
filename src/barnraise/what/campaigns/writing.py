"""Text as people type it, as MJML and as plain text: paragraphs, **bold**, [words](address). Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from barnraise.foundation.html import Safe, text

_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_ANY = re.compile(r"https?://[^\s<>()\[\]\"']+")


def paragraphs(value: str) -> list[str]:
    """The paragraphs of a text; a blank line parts them."""
    return [part.strip() for part in re.split(r"\n\s*\n", value.replace("\r\n", "\n")) if part.strip()]


def as_html(value: str) -> Safe:
    """Paragraphs as HTML for mails, all else escaped."""
    return Safe("".join(f"<p>{_inline(part)}</p>" for part in paragraphs(value)))


def _inline(value: str) -> str:
    found: list[str] = []
    at = 0
    for link in _LINK.finditer(value):
        found.append(_bold(value[at : link.start()]))
        found.append(f'<a href="{text(link[2])}">{text(link[1])}</a>')
        at = link.end()
    return "".join([*found, _bold(value[at:])]).replace("\n", "<br>")


def _bold(value: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", str(text(value)))


def as_text(value: str) -> str:
    """The same as plain text: links in angle brackets behind their words."""
    plain = _LINK.sub(r"\1 <\2>", value)
    return "\n\n".join(paragraphs(_BOLD.sub(r"\1", plain)))


def targets(value: str) -> list[str]:
    """Addresses that links of a text lead to."""
    return [link[2] for link in _LINK.finditer(value)]


def is_address(value: str) -> bool:
    """Whether a link may lead there: https, http, mailto, or a placeholder."""
    if re.fullmatch(r"\{\{\s*[a-z][a-z0-9_]*\s*\}\}", value):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def relinked(value: str, change: Callable[[str], str]) -> str:
    """HTML or plain text with every http address replaced by what `change` says of it."""
    return _ANY.sub(lambda found: change(found[0]), value)
