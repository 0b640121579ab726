"""After an import one looks at what is there now."""

from __future__ import annotations

from django.urls import resolve

from barnraise.plumbing.imports.showing import list_of
from barnraise.plumbing.imports.sockets import nouns


def test_every_noun_that_is_taken_in_has_a_page_where_it_is_listed():
    shown = {name: resolve(list_of(name)).func.list_page.name for name, _noun in nouns.items()}
    others = {
        "attendances": "event_registrations",
        "ballots": "decisions",
        "ties": "waves",
        "story_figures": "stories",
        "story_people": "stories",
        "period_locks": "observations",
        "post_variants": "variants",
    }
    others |= dict.fromkeys(("posts", "post_reach"), "messages")
    assert shown == {name: others.get(name, name) for name in shown}
    assert len(shown) >= 35
