"""Wait until a page has come to rest: what is fetched late moves what stands below it, away from under the pointer."""

from __future__ import annotations

from typing import Any

STILL = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
  () => done(!document.querySelector("[data-later][aria-busy=true]")))))"""
"""Two pictures later nothing is on its way: by then whoever came into view has asked for what belongs there."""


def come_to_rest(page: Any, thing: Any = None) -> None:
    """Until nothing is on its way that would move the page; `thing` is brought into view first, as what stands around it is fetched then."""
    if thing is not None:
        thing.scroll_into_view_if_needed()
    page.wait_for_function(STILL)
    if thing is not None:
        thing.scroll_into_view_if_needed()
