"""`{% load ui %}`: the components, forms and parts of the frame in templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from barnraise.foundation.html import Safe
from barnraise.foundation.text import AsWritten

from .. import components, forms, threads, toasts, widgets
from ..icons import icon as draw_icon
from ..navigation import Rail, home_of

register = template.Library()


@register.simple_tag
def icon(name: str, label: str | None = None) -> Safe:
    """`{% icon "building" %}`."""
    return draw_icon(name, label=label or None)


@register.simple_tag
def button(
    label: Any, href: str | None = None, kind: Any = "primary", icon: str | None = None, **attrs: Any
) -> Safe:
    """`{% button _("Save") type="submit" %}`; with href= a link. `hx_get=`, `class_=` and so on become attributes."""
    return components.button(label, href=href, kind=kind, icon=icon, **attrs)


@register.simple_tag
def badge(label: Any, tone: Any = "neutral", icon: str | None = None) -> Safe:
    """`{% badge _("Kept") tone="good" %}`."""
    return components.badge(label, tone=tone, icon=icon)


@register.simple_tag
def chip(label: Any, href: str | None = None, icon: str | None = None) -> Safe:
    """`{% chip tag.name href=url icon="tag" %}`."""
    return components.chip(label, href, icon)


@register.simple_tag
def empty(title: Any, text: Any, *actions: Any, icon: str = "inbox") -> Safe:
    """`{% empty title text action1 action2 icon="building" %}`; actions are made by `{% button … as action1 %}`."""
    return components.empty(title, text, [action for action in actions if action], icon=icon)


@register.simple_tag
def notice(text: Any, tone: Any = "neutral", title: Any = "") -> Safe:
    """`{% notice text tone="warning" %}`."""
    return components.notice(text, tone=tone, title=title)


@register.simple_tag
def progress(done: int, total: int | None, label: Any) -> Safe:
    """`{% progress 3 10 _("Reading") %}`."""
    return components.progress(done, total, label)


@register.simple_tag
def avatar(name: Any) -> Safe:
    """`{% avatar account.name %}`."""
    return components.avatar(str(name))


@register.simple_tag
def stat(
    label: Any,
    value: Any,
    unit: Any = "",
    at: Any = "",
    href: str | None = None,
    rule: str = "count",
    of: Any = "",
) -> Safe:
    """`{% stat _("Partners") 42 unit=_("organisations") href=url %}`."""
    return components.stat(label, value, unit=unit, at=at, href=href, rule=rule, of=of)


@register.simple_tag
def when(moment: Any, stop: bool = False) -> Safe:
    """`{% when entry.happened_at %}`: date and time in the reader's zone; `stop=True` where it ends a sentence."""
    return components.when(moment, stop=stop)


@register.simple_tag
def day(value: Any) -> Safe:
    """`{% day row.founded_on %}`."""
    return components.day(value)


@register.simple_tag
def number(value: Any, unit: Any = "") -> Safe:
    """`{% number count %}`."""
    return components.number(value, unit=unit)


@register.simple_tag
def figure(
    value: Any,
    rows: str,
    rule: str = "count",
    of: Any = "",
    unit: Any = "",
    text: Any = None,
    per: int = 1,
    at_least: bool = False,
) -> Safe:
    """`{% figure counts.came rows=url %}`: a number that leads to its rows; see figures.py."""
    return components.figure(
        value, rows=rows, rule=rule, of=of, unit=unit, text=text, per=per, at_least=at_least
    )


@register.simple_tag
def total(amount: int, currency: str, rows: str, of: Any, rule: str = "sum") -> Safe:
    """`{% total budget.planned_cost "USD" rows="#budget" of=_("Planned") %}`: money in minor units, summed over rows."""
    value = components.major(amount, currency)
    return components.figure(value, rows=rows, rule=rule, of=of, text=components.money(amount, currency))


@register.simple_tag
def money(amount: int | None, currency: str) -> Safe:
    """`{% money row.amount row.currency %}`; the amount in minor units."""
    return components.money(amount, currency)


@register.simple_tag
def data(value: Any) -> Safe:
    """`{% data row.name %}`: user data, escaped and kept from translation."""
    return components.data(value)


@register.simple_tag
def facts(pairs: Iterable[tuple[Any, Any]]) -> Safe:
    """`{% facts pairs %}`."""
    return components.facts(pairs)


@register.simple_tag
def tabs(items: Iterable[components.Tab], label: Any = "") -> Safe:
    """`{% tabs tabs %}`, `{% tabs places word %}` where they are more than the parts of a page."""
    return components.tabs(items, label=label)


@register.simple_tag
def thread(items: Iterable[components.Link]) -> Safe:
    """`{% thread links %}`."""
    return components.thread(items)


@register.simple_tag(takes_context=True)
def trace(context: Context, thing: Any) -> Safe:
    """`{% trace thing %}`: the thread that a row hangs on, upstream, here, downstream; nothing for kinds without threads."""
    request = context.get("request")
    if request is None or not hasattr(thing, "_meta"):
        return Safe("")
    return threads.panel(thing, actor=request.user)


@register.simple_tag
def form_fields(form: django_forms.BaseForm) -> SafeString:
    """`{% form_fields form %}`: error summary and fields of any form."""
    return forms.drawn(form)


@register.simple_tag
def field(bound: django_forms.BoundField) -> SafeString:
    """`{% field form.email %}`: one field of any form with label, help and error."""
    bound.field.widget = widgets.proper_widget(bound.field)
    widgets.dress(bound.field)
    context = {"field": bound, **field_parts(bound)}
    return mark_safe(forms.RENDERER.render("ui/forms/field.html", context))  # noqa: S308 - the template escapes


@register.simple_tag
def error_summary(form: django_forms.BaseForm) -> SafeString:
    """`{% error_summary form %}`: what needs mending, linking to the fields."""
    context = {"summary": forms.summary(form), "comfort": forms.comfort(form)}
    return mark_safe(forms.RENDERER.render("ui/forms/summary.html", context))  # noqa: S308 - the template escapes


@register.filter
def field_parts(bound: django_forms.BoundField) -> dict[str, Any]:
    """What the field template asks about a field."""
    widget = bound.field.widget
    return {
        "is_box": widgets.is_box(widget),
        "is_group": widgets.is_group(widget),
        "is_as_written": isinstance(bound.field.help_text, AsWritten),
    }


@register.simple_tag(takes_context=True)
def panel(context: Context, shown: Any) -> SafeString:
    """`{% panel shown %}`: the template of a plugged panel or card with its own context on top of the page's."""
    inner = {**context.flatten(), **shown.context}
    inner.pop("request", None)
    return mark_safe(get_template(shown.template).render(inner, context.get("request")))  # noqa: S308 - a template


@register.simple_tag(takes_context=True)
def frame(context: Context, name: str) -> SafeString:
    """`{% frame "rail" %}`: a part of the frame that knows nothing but the rail; drawn once for each rail and language."""
    rail: Rail = context["rail"]
    key = (name, get_language() or "")
    if key not in rail.drawn or settings.DEBUG:
        rail.drawn[key] = get_template(f"ui/frame/{name}.html").render({"rail": rail})
    return mark_safe(rail.drawn[key])  # noqa: S308 - a template


@register.simple_tag(takes_context=True)
def toast_messages(context: Context) -> list[toasts.Toast]:
    """The messages waiting for this reader."""
    request = context.get("request")
    return [toasts.read(message) for message in get_messages(request)] if request is not None else []


@register.simple_tag
def home(items: Iterable[Any]) -> Any:
    """The rail's page Today, or None."""
    return home_of(items)
