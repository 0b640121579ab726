"""The map of a network: a drawing made on the server, without scripts, beside a table that says the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, text

from .selectors import Standing

WIDTH, HEIGHT, EDGE, TOP = 720, 460, 190, 24
"""Names stand outside of the ring of discs, so its sides are left free for them."""
LEAST, MOST = 6, 16
SINGLE = 500
"""Up to so many lines are lines of their own."""
LABELLED = 40
"""Over so many partners only those with the most partners carry their names; the table has all."""


def drawn(
    standings: Sequence[Standing],
    pairs: Collection[tuple[int, int]],
    spots: Mapping[int, tuple[float, float]],
) -> Safe:
    """An SVG: a disc for each partner, larger with more partners; a line for each pair, thicker where both say so."""
    at = {key: (EDGE + x * (WIDTH - 2 * EDGE), TOP + y * (HEIGHT - 2 * TOP)) for key, (x, y) in spots.items()}
    undirected = {(min(pair), max(pair)) for pair in pairs}
    both = {pair for pair in undirected if pair in pairs and pair[::-1] in pairs}
    known = sorted(pair for pair in undirected if pair[0] in at and pair[1] in at)
    lines = [
        line
        for width, of in (
            ("2.5", [pair for pair in known if pair in both]),
            ("1", [pair for pair in known if pair not in both]),
        )
        for line in _lines([(at[one], at[other]) for one, other in of], width)
    ]
    most = max((one.partners for one in standings), default=0) or 1
    named = {
        one.member.pk for one in sorted(standings, key=lambda one: (-one.partners, one.member.pk))[:LABELLED]
    }
    discs = [_disc(one, at[one.member.pk], most, one.member.pk in named) for one in standings]
    title = _("Who works with whom; the table says the same")
    return el(
        "svg",
        el("title", title),
        *lines,
        *discs,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        width="100%",
        class_="network-map",
        translate="no",
    )


def _lines(ends: Sequence[tuple[tuple[float, float], tuple[float, float]]], width: str) -> list[Safe]:
    """A line for each; thousands of them are one path."""
    look = {"stroke": "currentColor", "stroke_opacity": "0.35", "stroke_width": width}
    if len(ends) <= SINGLE:
        return [
            el("line", x1=f"{x:.1f}", y1=f"{y:.1f}", x2=f"{to_x:.1f}", y2=f"{to_y:.1f}", **look)
            for (x, y), (to_x, to_y) in ends
        ]
    steps = "".join(f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" for (x, y), (to_x, to_y) in ends)
    return [el("path", d=steps, fill="none", **look)]


def _disc(one: Standing, at: tuple[float, float], most: int, is_named: bool) -> Safe:
    x, y = at
    size = LEAST + (MOST - LEAST) * one.partners / most
    name = one.member.organisation.name
    fill = "var(--chart-1)" if one.partners else "none"
    disc = Safe(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{fill}" stroke="var(--chart-1)" stroke-width="2">'
        f"<title>{text(name)}</title></circle>"
    )
    if not is_named:
        return disc
    short = name if len(name) <= 26 else f"{name[:25]}…"
    is_left = x < WIDTH / 2
    label = el(
        "text",
        short,
        x=f"{x - size - 4 if is_left else x + size + 4:.1f}",
        y=f"{y + 4:.1f}",
        text_anchor="end" if is_left else "start",
        font_size="12",
        fill="currentColor",
    )
    return el("g", disc, label)
