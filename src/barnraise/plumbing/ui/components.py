"""The parts pages are made of, as HTML in Python. All text is escaped; user data stands in translate="no".

More parts, re-exported here: values.py (when, day, number, money), anatomy.py (Header, tabs, thread, facts).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal
from zlib import crc32

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.text import AsWritten

from .anatomy import Header, Link, Tab, facts, tabs, thread
from .figures import figure, marks
from .icons import icon
from .values import data, day, major, money, nothing, number, when

__all__ = [
    "Header",
    "Link",
    "Tab",
    "avatar",
    "badge",
    "button",
    "chip",
    "data",
    "day",
    "empty",
    "facts",
    "figure",
    "icon",
    "major",
    "menu",
    "money",
    "nothing",
    "notice",
    "number",
    "progress",
    "stat",
    "table",
    "tabs",
    "thread",
    "when",
]

Kind = Literal["primary", "quiet", "danger", "plain"]
Tone = Literal["neutral", "good", "warning", "bad", "accent"]

_TONE_ICONS: Mapping[str, str] = {
    "good": "circle-check",
    "warning": "alert-triangle",
    "bad": "alert-octagon",
    "accent": "sparkles",
    "neutral": "info-circle",
}


def button(
    label: Any, *, href: str | None = None, kind: Kind = "primary", icon: str | None = None, **attrs: Any
) -> Safe:
    """A button, or a link that looks like one when `href` is given. The label is a verb.

    `kind`: primary (one on a page), quiet, danger, plain (text only). Attributes as in `foundation.html.el`
    (`type="submit"`, `hx_post=...`, `class_=...`); type is "button" unless given.
    """
    extra = attrs.pop("class_", "")
    classes = f"btn btn-{kind} {extra}".strip()
    inner = join([_icon(icon) if icon else "", el("span", label)])
    if href is not None:
        return el("a", inner, class_=classes, href=href, **attrs)
    attrs.setdefault("type", "button")
    return el("button", inner, class_=classes, **attrs)


def badge(label: Any, *, tone: Tone = "neutral", icon: str | None = None) -> Safe:
    """A state: word, icon and colour together. Without `icon`, the tone's own (neutral: none)."""
    drawn = icon or (_TONE_ICONS[tone] if tone != "neutral" else None)
    return el("span", _icon(drawn) if drawn else "", el("span", label), class_=f"badge badge-{tone}")


def chip(label: Any, href: str | None = None, icon: str | None = None) -> Safe:
    """A small labelled thing (a tag, a linked record). The label is taken as user data."""
    inner = join([_icon(icon) if icon else "", data(label)])
    return el("a", inner, class_="chip", href=href) if href else el("span", inner, class_="chip")


def empty(title: Any, text: Any, actions: Iterable[Any] = (), *, icon: str = "inbox") -> Safe:
    """What stands where nothing is yet: what this is for, and the first step (`actions`: buttons)."""
    offered = list(actions)
    return el(
        "div",
        el("span", _icon(icon), class_="empty-picture"),
        el("h2", title, class_="empty-title"),
        el("p", text, class_="empty-text"),
        el("div", *offered, class_="empty-actions") if offered else "",
        class_="empty",
    )


def notice(text: Any, *, tone: Tone = "neutral", title: Any = "", actions: Iterable[Any] = ()) -> Safe:
    """A message that stays on the page, with the tone's icon."""
    offered = list(actions)
    return el(
        "div",
        _icon(_TONE_ICONS[tone]),
        el(
            "div",
            el("p", title, class_="notice-title") if title else "",
            el("div", text, class_="notice-text"),
            el("div", *offered, class_="notice-actions") if offered else "",
        ),
        class_=f"notice notice-{tone}",
    )


def _untranslated(title: Any) -> str | None:
    return "no" if isinstance(title, AsWritten) else None


def table(
    head: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    caption: Any,
    numeric: Collection[int] = (),
    note: Any = "",
) -> Safe:
    """A plain table. `numeric` are the positions (from 0) of columns set flush to the end, in tabular figures.

    Cells are escaped; wrap user data in `data(...)`. The caption is read out, and names the region that scrolls. Captions and
    headings that are `AsWritten` are marked as not to translate.
    """
    kinds = ["number" if at in numeric else None for at in range(len(head))]
    top = el(
        "tr",
        *(
            el("th", title, scope="col", class_=kind, translate=_untranslated(title))
            for title, kind in zip(head, kinds, strict=True)
        ),
    )
    titles = [None if "<" in str(title) else str(title) or None for title in head]
    body = [
        el(
            "tr",
            *(
                el("td", cell, class_=kind, data_label=title)
                for cell, kind, title in zip(row, kinds, titles, strict=True)
            ),
        )
        for row in rows
    ]
    named = f"table-{crc32(caption.encode())}" if isinstance(caption, AsWritten) else None
    whole = el(
        "table",
        el("caption", caption, id=named, class_="visually-hidden", translate=_untranslated(caption)),
        el("thead", top),
        el("tbody", *body),
        class_="table table-stacks" if len(head) > 2 else "table",
    )
    label = {"aria_labelledby": named} if named else {"aria_label": str(caption)}
    frame = el("div", whole, class_="table-frame", tabindex="0", role="region", **label)
    return join([frame, el("p", note, class_="table-note")]) if note else frame


def progress(done: int, total: int | None, label: Any) -> Safe:
    """How far work is: a bar and "312 of 1,000 · 31 %". Unknown `total` (None) shows a moving bar and the count so far."""
    if total:
        share = min(100, done * 100 // total)
        said = _("%(done)s of %(total)s · %(share)s %%") % {
            "done": number(done), "total": number(total), "share": share,
        }  # fmt: skip
        bar = el("progress", f"{share} %", max=total, value=min(done, total), aria_label=str(label))
    else:
        said = _("%(done)s so far") % {"done": number(done)}
        bar = el("progress", aria_label=str(label))
    top = el(
        "div", el("span", label, class_="progress-label"), el("span", Safe(said)), class_="progress-words"
    )
    return el("div", top, bar, class_="progress-line")


def avatar(name: str) -> Safe:
    """Initials in a disc, in one of six tones that follow from the name. Decorative: the name stands beside it."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    initials = (
        "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "·"
    )
    tone = sum(ord(letter) * (at + 1) for at, letter in enumerate(name)) % 6 + 1
    return el("span", initials, class_=f"avatar avatar-{tone}", aria_hidden="true", translate="no")


def stat(
    label: Any,
    value: Any,
    *,
    unit: Any = "",
    at: Any = "",
    href: str | None = None,
    rule: str = "count",
    of: Any = "",
) -> Safe:
    """One figure with its unit and date; `href` leads to its rows, of which it is the number, or what `rule` and `of` say."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    drawn = number(value) if is_number else value
    shown = el("span", drawn, el("span", " ", unit, class_="stat-unit") if unit else "", class_="stat-value")
    told = marks(value, rule=rule, of=of) if is_number else {}
    return el(
        "div",
        el("span", label, class_="stat-label"),
        el("a", shown, href=href, class_="counted", **told) if href else shown,
        el("span", at, class_="stat-at") if at else "",
        class_="stat",
    )


def menu(label: Any, items: Iterable[Any], *, icon: str = "dots", is_quiet: bool = True) -> Safe:
    """A small menu that opens below its button; `items` are links or buttons. Works without JavaScript."""
    kind = "btn btn-plain btn-icon" if is_quiet else "btn btn-quiet"
    shown = el("span", label, class_="visually-hidden") if is_quiet else el("span", label)
    summary = el("summary", _icon(icon), shown, class_=kind)
    entries = el("ul", *(el("li", item) for item in items), class_="menu-items")
    return el("details", summary, entries, class_="menu", data_closes="outside")


def _icon(name: str) -> Safe:
    return icon(name)
