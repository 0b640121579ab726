"""A website that is begun, and one that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from barnraise.doors.site import services


@pytest.fixture
def begun(ada: Any, alice: Any, bob: Any, vera: Any, petra: Any) -> Any:
    """Home pages in both languages, drafts; the English one."""
    return services.begin(by=alice)[0]


@pytest.fixture
def opened(begun: Any, alice: Any) -> Any:
    """The same, open."""
    services.publish_home(by=alice)
    begun.refresh_from_db()
    return begun


@pytest.fixture
def page_with(opened: Any, alice: Any) -> Callable[..., Any]:
    """`page_with(("text", "<p>…</p>"), …)`: a published page below the home page, with these blocks."""
    from barnraise.doors.site.models import ContentPage

    def make(*blocks: tuple[str, Any], title: str = "Garden", **values: Any) -> Any:
        body = [{"type": kind, "value": value} for kind, value in blocks]
        page = opened.add_child(instance=ContentPage(title=title, body=body, **values))
        page.save_revision(user=alice).publish(user=alice)
        return page

    return make
