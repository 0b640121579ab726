"""One SVG sprite out of many icons."""

from __future__ import annotations

import re
from collections.abc import Mapping

_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_BOUNDS = re.compile(r'<path\s+stroke="none"\s+d="M0 0h24v24H0z"\s+fill="none"\s*/>')
_SPACE = re.compile(r">\s+<")
_STROKE = (
    'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
)


def sprite(drawn: Mapping[str, str]) -> str:
    """SVG files by name as one file of symbols; drawn by `<use href="icons.svg#name">` in the colour of the text."""
    symbols = []
    for name, source in drawn.items():
        found = _INSIDE.search(source)
        inner = _SPACE.sub("><", _BOUNDS.sub("", found[1] if found else "").strip())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" {_STROKE}>{inner}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
