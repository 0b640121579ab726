"""Where a signature or a disclaimer begins at the end of somebody's own text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import words

_DASHES = re.compile(r"^\s*(--\s?|—|–|__)\s*$")
_DEVICE = re.compile(rf"^\W*({words.SENT_FROM})\b.{{0,100}}$", re.IGNORECASE)
_DEVICE_NAMED = re.compile(rf"(?<![^\W_])({words.DEVICES})|https?://|www\.|手机|手機|핸드폰", re.IGNORECASE)
_CLOSING = re.compile(rf"^\W*({words.CLOSINGS})\W*$", re.IGNORECASE)
_LEADING = re.compile(r"^\W+")
_DISCLAIMER = re.compile(rf"({words.DISCLAIMERS})", re.IGNORECASE | re.DOTALL)
_REACH = re.compile(
    r"https?://|www\.|[\w.+-]+@[\w-]+\.\w|(?<!\d)\+?\(?\d[\d\s().\-/]{6,}\d|\b(tel|phone|mobile|cell|fax|ph"
    r"|m[oó]vil|t[eé]l|mob|tfno|telefon)\b\.?\s*:?"
    r"|\s\|\s|\b(director|manager|coordinator|officer|president|ceo|coordinador\w*|directeur|leiter\w*)\b",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 15


def cut(text: str) -> tuple[str, str]:
    """(what was said, what stands below it as signature, device line or disclaimer). A text of nothing but a signature says "".

    A greeting and a name stay ("Best regards, Ana"): people say them. Telephone numbers, titles and addresses below go.
    """
    lines = text.split("\n")
    end = len(lines)
    for find in (_disclaimer, _dashes, _device, _card, _disclaimer, _device):
        end = find(lines, end)
    return "\n".join(lines[:end]).rstrip(), "\n".join(lines[end:]).strip("\n")


def _trimmed(lines: Sequence[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _dashes(lines: Sequence[str], end: int) -> int:
    """The topmost "-- " below which a signature's few lines stand; a list may have put its own below a person's."""
    top, filled = end, 0
    for at in range(end - 1, -1, -1):
        if _DASHES.match(lines[at]):
            if lines[at] != "-- " and filled > _LONGEST_SIGNATURE:
                break
            top, filled = at, 0
        else:
            filled += bool(lines[at].strip())
    return top


def _device(lines: Sequence[str], end: int) -> int:
    """ "Sent from my phone" as the last thing said, or with at most three short lines below it."""
    top, below = end, 0
    for at in range(end - 1, -1, -1):
        line = lines[at].strip()
        if not line:
            continue
        if len(line) <= 120 and _DEVICE.match(line) and _DEVICE_NAMED.search(line):
            top, below = at, 0
            continue
        below += 1
        if below > 3 or len(line) > 80:
            break
    return top


def _card(lines: Sequence[str], end: int) -> int:
    """After a closing greeting: the name stays, two or more lines with ways to reach somebody go."""
    last = _trimmed(lines, end)
    for at in range(last - 1, max(-1, last - 18), -1):
        if len(lines[at]) > 80 or not _CLOSING.match(lines[at]):
            continue
        below = [here for here in range(at + 1, last) if lines[here].strip()]
        if len(below) < 2 or any(len(lines[here].strip()) > 100 for here in below):
            return end
        telling = [here for here in below if _REACH.search(lines[here])]
        name_stays = not _REACH.search(lines[below[0]])
        return (below[1] if name_stays else below[0]) if telling else end
    return end


def _disclaimer(lines: Sequence[str], end: int) -> int:
    """A last paragraph of legal words, with nothing but such paragraphs below it."""
    last = _trimmed(lines, end)
    start = last
    while start:
        top = start
        while top and lines[top - 1].strip():
            top -= 1
        paragraph = " ".join(line.strip(" *_") for line in lines[top:start])[:1500]
        if not _DISCLAIMER.match(_LEADING.sub("", paragraph)):
            break
        last = _trimmed(lines, top)
        start = last
    return last if last < _trimmed(lines, end) else end
