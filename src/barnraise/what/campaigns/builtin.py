"""The blocks that every campaign has: heading, text, button, picture, line, the question whether somebody comes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.html import Safe, text
from barnraise.foundation.text import shorten
from barnraise.plumbing.mail.selectors import pictures_in

from .sockets import Block, BlockField, Given
from .writing import as_html, as_text, is_address, targets

GREEN = "#1f5f4a"


def _heading(given: Given) -> Safe:
    return Safe(
        f'<mj-text font-size="22px" font-weight="700" line-height="28px">{text(given.get("text", ""))}</mj-text>'
    )


def _heading_text(given: Given) -> str:
    words = given.get("text", "")
    return f"{words}\n{'=' * min(len(words), 60)}"


def _text(given: Given) -> Safe:
    return Safe(f"<mj-text>{as_html(given.get('text', ''))}</mj-text>")


def _text_faults(given: Given) -> list[str]:
    bad = [one for one in targets(given.get("text", "")) if not is_address(one)]
    return [
        _("A link leads to “%(address)s”, which is no web address.") % {"address": one[:80]} for one in bad
    ]


def _button(given: Given) -> Safe:
    return Safe(
        f'<mj-button href="{text(given.get("address", ""))}" background-color="{GREEN}" color="#ffffff" border-radius="6px" '
        f'font-weight="600">{text(given.get("text", ""))}</mj-button>'
    )


def _button_faults(given: Given) -> list[str]:
    address = given.get("address", "")
    if address and not is_address(address):
        return [_("The button leads to “%(address)s”, which is no web address.") % {"address": address[:80]}]
    return []


def _picture(given: Given) -> Safe:
    address = f"cid:{given['file']}" if given.get("file") else given.get("address", "")
    return Safe(f'<mj-image src="{text(address)}" alt="{text(given.get("alt", ""))}" />')


def _picture_faults(given: Given) -> list[str]:
    found = []
    address = given.get("address", "")
    if given.get("file"):
        if not pictures_in(f'src="cid:{given["file"]}"'):
            found.append(_("The picture is gone. Add it once more."))
    elif not address:
        found.append(_("There is no picture: choose a file, or write an address."))
    elif not is_address(address) or not address.startswith("https://"):
        found.append(_("The address of a picture begins with https://."))
    if not given.get("alt", "").strip():
        found.append(_("The picture has no description: whoever cannot see it learns nothing."))
    return found


def _line(given: Given) -> Safe:
    return Safe('<mj-divider border-width="1px" border-color="#d8d3c8" />')


def _answer(given: Given) -> Safe:
    buttons = "".join(
        f'<mj-button href="{{{{answer_{name}_url}}}}" background-color="{colour}" color="#ffffff" border-radius="6px" '
        f'font-weight="600">{text(word)}</mj-button>'
        for name, word, colour in (
            ("yes", given.get("yes") or _("I come"), GREEN),
            ("no", given.get("no") or _("I cannot come"), "#6b645a"),
        )
    )
    question = (
        f'<mj-text align="center" font-weight="600">{text(given.get("text") or _("Do you come?"))}</mj-text>'
    )
    return Safe(question + buttons)


def _answer_text(given: Given) -> str:
    yes, no = given.get("yes") or _("I come"), given.get("no") or _("I cannot come")
    question = given.get("text") or _("Do you come?")
    return f"{question}\n\n{yes}:\n{{{{answer_yes_url}}}}\n\n{no}:\n{{{{answer_no_url}}}}"


def _short(given: Given) -> str:
    return shorten(given.get("text", "") or given.get("alt", ""), 80)


_ALT = BlockField(
    "alt",
    gettext_lazy("Description"),
    is_required=False,
    help_text=gettext_lazy("What does it show, for people who cannot see it?"),
)
_WORDS = BlockField("text", gettext_lazy("Words"))
BLOCKS: dict[str, Block] = {
    "heading": Block(gettext_lazy("Heading"), "sort-ascending", (_WORDS,), _heading, _heading_text, summary=_short),
    "text": Block(
        gettext_lazy("Text"),
        "file-text",
        (
            BlockField(
                "text",
                gettext_lazy("Text"),
                "text",
                help_text=gettext_lazy("A blank line begins a paragraph. **Bold**, [words of a link](https://example.org)."),
            ),
        ),
        _text,
        lambda given: as_text(given.get("text", "")),
        _text_faults,
        _short,
    ),
    "button": Block(
        gettext_lazy("Button"),
        "link",
        (_WORDS, BlockField("address", gettext_lazy("Leads to"), "address")),
        _button,
        lambda given: f"{given.get('text', '')}:\n{given.get('address', '')}",
        _button_faults,
        _short,
    ),
    "picture": Block(
        gettext_lazy("Picture"),
        "photo",
        (
            BlockField(
                "file",
                gettext_lazy("Picture"),
                "picture",
                is_required=False,
                help_text=gettext_lazy(
                    "PNG, JPEG, GIF or WebP. It travels inside the mail: nothing is fetched from anywhere when it is read."
                ),
            ),
            BlockField(
                "address",
                gettext_lazy("Or the address of a picture"),
                "address",
                is_required=False,
                help_text=gettext_lazy("Many mail programs fetch it only when their reader says so."),
            ),
            _ALT,
        ),
        _picture,
        lambda given: f"[{given.get('alt', '')}]",
        _picture_faults,
        _short,
    ),
    "line": Block(gettext_lazy("Line"), "minus", (), _line, lambda given: "-" * 40),
    "answer": Block(
        gettext_lazy("Do you come?"),
        "calendar-event",
        (
            BlockField("text", gettext_lazy("Question"), is_required=False),
            BlockField("yes", gettext_lazy("Words of the yes"), is_required=False),
            BlockField("no", gettext_lazy("Words of the no"), is_required=False),
        ),
        _answer,
        _answer_text,
        summary=_short,
    ),
}  # fmt: skip
