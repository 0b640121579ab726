"""The text of a story: paragraphs with figures in their places. Pure: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_MARK = re.compile(r"\{(\d{1,3})\}")
Piece = str | int
"""Words, or the number of a figure."""


def paragraphs(text: str) -> list[list[Piece]]:
    """The paragraphs of a text (a blank line parts them), each as words and numbers of figures in turn; empty words are left out."""
    found: list[list[Piece]] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        pieces: list[Piece] = []
        for at, part in enumerate(_MARK.split(block)):
            if at % 2:
                pieces.append(int(part))
            elif part:
                pieces.append(part)
        if pieces:
            found.append(pieces)
    return found


def marks(text: str) -> set[int]:
    """The numbers of figures that a text cites."""
    return {int(one) for one in _MARK.findall(text)}


def unknown(texts: Iterable[str], numbers: Collection[int]) -> list[int]:
    """Numbers that these texts cite and that no figure has."""
    return sorted({one for text in texts for one in marks(text)} - set(numbers))


def filled(text: str, values: dict[int, str]) -> str:
    """The text with each figure as words; one that is not known becomes an ellipsis."""
    return _MARK.sub(lambda found: values.get(int(found[1]), "…"), text)


def without(text: str, names: Iterable[str]) -> str:
    """The text with each of these names, as whole words in any case, put out of sight; the longest first."""
    for name in sorted({one.strip() for one in names if one.strip()}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[…]", text, flags=re.IGNORECASE)
    return text
