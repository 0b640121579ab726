"""The way through the house, what is told: a story with its number on the website, its posts, and how it goes with a consent."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

from .walk import Walk, facts, fill, press, said, send, today, turned, until
from .walk_sowhat import FUEL
from .walk_what import EVENT
from .walk_why import INDICATOR

STORY, AGREED = "Ana gets home in the evening", "Told in public"
BY_HAND = "https://social.example/riverbend/1"
LETTER, NEXT, YEAR = "News of the evening bus", "More news of the evening bus", "A year of the evening bus"


def website(walk: Walk) -> None:
    """Begun with a home page that shows events and stories by itself; more is written in the editor, published and opened."""
    page = walk.desk("alice")
    page.goto("/site/")
    press(page, "Begin the website")
    press(page, "Make a number public")
    fill(page, indicator=FUEL, about="What the bus burnt.")
    press(page, "Save")
    english = page.get_by_text("English", exact=True)
    page.locator("section[aria-labelledby=latest] li").filter(has=english).get_by_role("link").click()
    page.wait_for_url("**/site/edit/pages/**")
    page.fill("input[name=title]", "Riverbend Together")
    add_block(page, "Get involved", {"title": "Come along"})
    publish(page)
    page.goto("/site/")
    press(page, "Open it in every language")
    phone = walk.phone("ana")
    phone.goto("/en/")
    shown = phone.locator("body").inner_text()
    for words in ("Riverbend Together", "Come along", EVENT):
        assert words in shown, (words, shown)


def add_block(page: Any, name: str, values: dict[str, str]) -> None:
    """Put a block at the end of the page that is edited."""
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()
    for field, value in values.items():
        page.locator(f"[name$='-value-{field}']").last.fill(value)


def publish(page: Any) -> None:
    """Publish what is edited."""
    page.get_by_role("button", name="Show more actions").or_(
        page.locator("footer [data-w-dropdown-target=toggle]")
    ).first.click()
    with turned(page):
        page.get_by_role("button", name="Publish").first.click()


def story(walk: Walk) -> None:
    """It cites a number and a number too small to be told, names ana, and is not published before she agreed."""
    page = walk.desk("alice")
    page.goto("/who/consent/purposes/add/")
    fill(page, name=AGREED, channels=["public"], text_en="Yes, my name and what I told may be public.")
    press(page, "Save")
    page.goto("/nowwhat/stories/tell/")
    fill(page, title=STORY, summary="A late shift, and a bus home.", cites="The evening bus")
    fill(page, text="Ana comes home by bus.\n\nIt burnt {1} of fuel this year. {2} rode it this month.")
    press(page, "Save")
    walk.at["story"] = page.url
    for name in (FUEL, INDICATOR):
        press(page, "Cite a figure")
        fill(page, figure=name)
        press(page, "Save")
    press(page, "Somebody is named or shown")
    fill(page, person="Ana Ruiz", named_as="Ana", purpose=AGREED)
    press(page, "Save")
    press(page, "Publish")
    press(page, "Publish")
    assert "Ana" in facts(page)
    page.goto(walk.at["story"])
    assert "Draft" in facts(page), "nobody is named who has not agreed"
    press(page, "Note what they say")
    fill(page, answer="given", source="Signed on paper", proof="Signed at the library", expires_on=today(200))
    press(page, "Save")
    page.goto(walk.at["story"])
    press(page, "Publish")
    press(page, "Publish")
    phone = walk.phone("ben")
    phone.goto("/en/")
    phone.get_by_role("link", name=STORY).click()
    phone.wait_for_url("**/nowwhat/stories/read/**")
    walk.at["told"] = phone.url
    assert "It burnt 118.5 litres of fuel this year." in facts(phone), facts(phone)
    assert "fewer than 5" in facts(phone), "a count of two people is told to nobody"
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390


def posts(walk: Walk) -> None:
    """Drafted from the story, approved; one is posted by hand with its address, one by the house, as the server says itself."""
    from mastodon_mock.testing.seed import DEFAULT_TEST_SEED
    from mastodon_mock.testing.server import MockServer

    page = walk.desk("alice")
    token = DEFAULT_TEST_SEED.accounts[0].access_token
    server = MockServer().start()
    try:
        page.goto("/what/posts/accounts/add/")
        fill(page, network="Mastodon", name="Riverbend at Mastodon", server=server.base_url)
        press(page, "Save")
        press(page, "Let us post there")
        fill(page, secret=token)
        press(page, "Save")
        page.goto(walk.at["story"])
        press(page, "Draft a message for the networks")
        walk.at["message"] = page.url
        assert STORY in facts(page)
        press(page, "Mastodon")
        press(page, "Change the variant")
        fill(page, account="Riverbend at Mastodon")
        press(page, "Save")
        page.goto(walk.at["message"])
        press(page, "Approve all drafts")
        press(page, "Mastodon")
        press(page, "Post it now")
        until(page, "Posted, confirmed")
        number = page.get_by_role("link", name="https://mock.local/").inner_text().rpartition("/")[2]
        asked = urllib.request.Request(  # noqa: S310 - the server of this test
            f"{server.base_url}/api/v1/statuses/{number}", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            assert STORY in json.load(answer)["content"], "it stands there as the server says"
        page.goto(walk.at["message"])
        press(page, "Facebook")
        fill(page, address=BY_HAND)
        press(page, "It was posted")
        assert "Posted by hand" in facts(page)
        assert BY_HAND in facts(page)
    finally:
        server.stop()


def spread(walk: Walk) -> None:
    """The story goes out in a newsletter, stands in the next one, which is approved, and in a report that was issued to the funder."""
    page, lead = walk.desk("alice"), walk.desk("ada")
    page.goto("/what/campaigns/write/")
    fill(page, name=LETTER, subject=LETTER, audience="Residents of Riverbend", purpose="Invitations")
    press(page, "Save")
    letter = page.url
    press(page, "Text")
    fill(page, text="What came of the bus.")
    press(page, "Save")
    press(page, "Story")
    fill(page, story=STORY)
    press(page, "Save")
    press(page, "Make a copy")
    press(page, "Change")
    fill(page, name=NEXT, subject=NEXT)
    press(page, "Save")
    walk.at["next letter"] = page.url
    for address in (letter, page.url):
        page.goto(address)
        press(page, "Ask for approval")
        lead.goto(address)
        press(lead, "Approve")
    lead.goto(letter)
    press(lead, "Send to 1 person")
    assert STORY in said(walk.mail.wait("ben@example.net", LETTER))
    page.goto("/sowhat/reports/write/")
    fill(page, name=YEAR, audience="funder", begins_on=today(-30), ends_on=today(), sections=["stories"])
    press(page, "Save")
    press(page, "Issue it")
    walk.at["told report"] = page.url
    assert STORY in facts(page), facts(page)


def withdrawn(walk: Walk) -> None:
    """Ana takes her word back on her own page: the story is gone in that moment, from the site, the next mail and the report that was
    issued, and Today names the posts to take down."""
    page = walk.desk("alice")
    page.goto("/who/people/")
    press(page, "Ana Ruiz")
    press(page, "All they said")
    press(page, "Their own page")
    ana = walk.phone("ana")
    ana.goto(page.locator("input[readonly]").input_value())
    ana.get_by_label("Publication").uncheck()
    send(ana)
    for address in (walk.at["told"], "/en/", "/nowwhat/stories/read/", "/es/"):
        ana.goto(address)
        assert STORY not in ana.locator("body").inner_text(), address
    ana.goto(walk.at["told"])
    assert "This story is no longer told" in ana.locator("body").inner_text()
    page.goto("/")
    assert "Posts to take down" in facts(page)
    for network in ("Mastodon", "Facebook"):
        page.goto(walk.at["message"])
        press(page, network)
        press(page, "It was taken down there")
    page.goto("/")
    assert "Posts to take down" not in facts(page)
    page.goto(walk.at["told report"])
    assert STORY not in facts(page), "an issued report tells it no more"
    assert "1 story was taken out here" in facts(page), facts(page)
    next_letter(walk)


def next_letter(walk: Walk) -> None:
    """What was approved before cannot go with the story any more; without it, it goes."""
    lead = walk.desk("ada")
    lead.goto(walk.at["next letter"])
    press(lead, "Send to 1 person")
    assert "The story is not public, or no longer" in facts(lead), facts(lead)
    assert STORY not in facts(lead)
    page = walk.desk("alice")
    page.goto(walk.at["next letter"])
    press(page, "Back to draft")
    press(page, re.compile("Remove.*A story that is not public"))
    press(page, "Ask for approval")
    lead.goto(walk.at["next letter"])
    press(lead, "Approve")
    press(lead, "Send to 1 person")
    mail = walk.mail.wait("ben@example.net", NEXT)
    assert "What came of the bus." in said(mail)
    assert STORY not in str(mail), "neither in words nor as a link"
