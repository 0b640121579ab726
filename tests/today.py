"""The page Today to its end: it comes in parts."""

from __future__ import annotations

import re
from typing import Any

REST = re.compile(r'hx-get="(/\?after=[^"]+)"')


def whole_today(browser: Any) -> str:
    """The page and all that it fetches when its reader comes there, as HTML."""
    page: str = browser.get("/").content.decode()
    found = REST.search(page)
    while found:
        answer = browser.get(found.group(1), headers={"HX-Request": "true"})
        part = answer.content.decode()
        assert answer.status_code == (200 if part else 204)
        page += part
        found = REST.search(part)
    return page
