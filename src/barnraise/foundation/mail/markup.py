"""HTML mails as readable text: quotations become lines with ">", signatures get the "-- " above them that RFC 3676 knows."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import nh3

_BLOCK_NAMES = (
    "address article aside body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "li main nav ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_PARAGRAPHS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote"]
)
_KEPT = _BLOCKS | {"a", "b", "blockquote", "br", "hr", "i", "span", "font", "strong", "td", "th"}
_UNSEEN = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "object",
    "iframe",
    "svg",
    "math",
    "select",
    "textarea",
}
_EMPTY = frozenset({"br", "hr"})
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(^|[\s_-])(gmail_signature|moz-signature|ms-outlook-mobile-signature|protonmail_signature_block|signature_block"
    r"|applemailsignature|zmail_signature|ydp\w*signature|x?signature)($|[\s_-])",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u2007\u202f]+")
_OPEN_OR_CLOSED = re.compile(
    r"<(/?)(?!(?:br|hr|img|p|li|td|tr|th|input|meta|link|col|o:p)\b)[a-z]", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_MOST = 1_000_000
_DEEP = 1000


def text_of(markup: str) -> str:
    """The readable text. Never raises; markup beyond a million characters is cut off."""
    markup = markup[:_MOST]
    if _is_too_deep(markup):
        return unescape(_TAG.sub("\n", markup)).strip()
    # The cleaner reads what browsers read, in one pass, and hands on well-formed elements only: the reader of the standard
    # library takes quadratic time over unclosed ones.
    tidy = nh3.clean(
        markup,
        tags=set(_KEPT),
        clean_content_tags=_UNSEEN,
        attributes={"*": {"class", "id", "style", "hidden", "data-smartmail"}, "a": {"href"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    writer = _Writer()
    writer.feed(tidy)
    writer.close()
    return writer.text()


def _is_too_deep(markup: str) -> bool:
    """Elements inside elements inside ... as no mail program writes them; reading those takes quadratic time."""
    depth = 0
    for found in _OPEN_OR_CLOSED.finditer(markup):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > _DEEP:
            return True
    return False


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._line = ""
        self._gap = 0
        self._open: list[tuple[str, bool]] = []  # name, is hidden
        self._hidden = self._quoted = self._pre = 0
        self._links: list[tuple[str, int]] = []

    # What the parser calls.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _EMPTY:
            self._empty(tag)
            return
        hides = bool(_HIDDEN.search(given.get("style", ""))) or "hidden" in given
        self._open.append((tag, hides))
        self._hidden += hides
        if not self._hidden:
            self._begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY or not self._open:
            return
        was_hidden = self._hidden
        _name, hides = self._open.pop()
        self._hidden -= hides
        if not was_hidden:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._pre:
            first, *rest = data.replace("\r\n", "\n").split("\n")
            self._line += first
            for line in rest:
                self._flush(is_kept=True)
                self._line = line
            return
        data = _SPACE.sub(" ", data)
        if not self._line or self._line.endswith((" ", "\t")):
            data = data.lstrip(" ")
        self._line += data

    # How it becomes lines.

    def _empty(self, tag: str) -> None:
        if self._hidden:
            return
        if tag == "br":
            self._flush(is_kept=True)
        elif tag == "hr":
            self._break(1)
            self._line = "_" * 32
            self._break(1)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS or tag == "blockquote":
            self._break(2 if tag in _PARAGRAPHS else 1)
        self._quoted += tag == "blockquote"
        marks = f"{given.get('class', '')} {given.get('id', '')} {given.get('data-smartmail', '')}"
        if _SIGNATURE.search(marks) and not self._quoted:
            self._break(1)
            self._line = "-- "
            self._flush(is_kept=True)
            self._gap = 0
        if tag == "li":
            self._line = "- "
        elif tag in {"td", "th"} and self._line.strip():
            self._line = self._line.rstrip() + " "
        elif tag == "pre":
            self._pre += 1
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self._line)))

    def _end(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._link(*self._links.pop())
        self._pre -= tag == "pre"
        if tag in _BLOCKS or tag == "blockquote":
            self._break(2 if tag in _PARAGRAPHS else 1)
        self._quoted -= tag == "blockquote"

    def _link(self, address: str, since: int) -> None:
        """The address of a link behind its words, where the words do not say it."""
        shown = self._line[since:].strip() if since <= len(self._line) else ""
        bare = address.strip().removeprefix("mailto:")
        plain = re.sub(r"^https?://(www\.)?|/$", "", bare)
        if (
            address.startswith(("http://", "https://"))
            and shown
            and plain not in shown
            and len(address) <= 300
        ):
            self._line = self._line.rstrip() + f" <{bare}>"

    def _break(self, gap: int) -> None:
        """End the line; at least gap - 1 blank lines before the next."""
        if self._line.strip():
            self._flush(is_kept=True)
        self._line = ""
        self._gap = max(self._gap, gap - 1)

    def _flush(self, *, is_kept: bool) -> None:
        line = self._line if self._pre or self._line == "-- " else self._line.strip(" ")
        self._line = ""
        if line.strip():
            if self._gap and self._lines and self._lines[-1][1].strip() not in {"", "--"}:
                self._lines.append((min(self._quoted, self._lines[-1][0]), ""))
            self._gap = 0
        if line.strip() or is_kept:
            self._lines.append((self._quoted, line))

    def text(self) -> str:
        """All lines, at most two blank ones in a row."""
        if self._line.strip():
            self._flush(is_kept=True)
        out: list[str] = []
        blanks = 0
        for depth, line in self._lines:
            shown = (">" * depth + " " + line if line else ">" * depth) if depth else line
            blanks = 0 if line.strip() else blanks + 1
            if blanks <= 2:
                out.append(shown if line == "-- " else shown.rstrip())
        return "\n".join(out).strip("\n")
