"""What a page may not do, seen while it is open: break rules of accessibility, leave its host, overflow, complain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Error

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """(part) => axe.run(part || document, {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  resultTypes: ["violations"],
}).then((done) => done.violations.flatMap((rule) => rule.nodes.slice(0, 5).map((node) =>
  `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)} (${node.failureSummary.split("\\n")[1]?.trim() ?? ""})`)))"""
WITHOUT_FRAME = {"exclude": [["nav.rail"], ["header.top"], ["nav.bottom"]]}
"""All of a page but what stands on every page around it."""
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
  return [`${document.documentElement.scrollWidth} px wide: ` +
    wide.slice(-3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(", ")];
}"""


class Watch:
    """Collects findings of one page of the browser, each with the address it was found at."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.where = "login"
        self.findings: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda problem: self.note(f"script failed: {problem}"))
        page.on("request", self._asked)

    def note(self, finding: str) -> None:
        """Keep a finding with the present place."""
        self.findings.append(f"{self.where}: {finding}")

    def _said(self, message: Any) -> None:
        # a page that answers 403 or 404 says so in the console; that is its answer, not a complaint
        is_own_answer = (
            "Failed to load resource" in message.text and message.location.get("url") == self.page.url
        )
        if message.type == "error" and not is_own_answer:
            self.note(f"console: {message.text} {message.location.get('url', '')}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.note(f"asks another host: {request.url}")

    def visit(self, name: str, path: str) -> None:
        """Open a page; an answer of 500 or more is a finding, and so is a file."""
        self.where = f"{name} {path}"
        try:
            answer = self.page.goto(path, wait_until="load")
        except Error as no:
            self.note(no.message.splitlines()[0])
            return
        if answer is not None and answer.status >= 500:
            self.note(f"answers {answer.status}")
        if answer is not None and "sandbox" in answer.headers.get("content-security-policy", ""):
            # No script runs there, not even axe, whose promise would never come: the same page is looked at outside of it.
            kept = self.page.content()
            self.page.goto("about:blank")
            self.page.set_content(kept)

    def check(self, note: str = "", part: Any = None) -> None:
        """Run axe on what is open now, on the part of it that a selector names, or without the frame of the house."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        for violation in self.page.evaluate(RUN, part):
            self.note(f"{note} {violation}".strip())

    def check_narrow(self, part: Any = None) -> None:
        """Run axe at the width of a phone too, and see that nothing is wider than the screen."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.check("390 px", part)
        for finding in self.page.evaluate(OVERFLOW):
            self.note(f"390 px: {finding}")
        self.page.set_viewport_size(size)
