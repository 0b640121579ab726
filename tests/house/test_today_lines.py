"""Cards of Today say how many lines they draw: a part of Today ends by them."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.ui.panels import shown_cards
from barnraise.plumbing.ui.sockets import Card, cards
from barnraise.why.decisions.models import Comment, Proposal

pytestmark = pytest.mark.django_db
DAYS = (0, 60, 200, 420)
"""So many days from now the town's cards are looked at: something else is due each time."""


class _Items(HTMLParser):
    """Counts the items of lists that stand in no other item."""

    def __init__(self) -> None:
        super().__init__()
        self.many = self.depth = 0

    def handle_starttag(self, tag, attrs):
        if tag == "li":
            self.many += not self.depth
            self.depth += 1

    def handle_endtag(self, tag):
        self.depth -= tag == "li"


@pytest.fixture
def troubles(sample_town):
    """Mails that failed or came back, a proposal and a comment that wait."""
    now = timezone.now()
    first, second = Message.objects.order_by("pk").values_list("pk", flat=True)[:2]
    Message.objects.filter(pk=first).update(is_sample=False, state="failed", updated_at=now)
    Message.objects.filter(pk=second).update(is_sample=False, state="bounced", returned_at=now)
    Proposal.objects.filter(pk=Proposal.objects.earliest("pk").pk).update(state="waiting")
    Comment.objects.filter(pk=Comment.objects.earliest("pk").pk).update(state="waiting")


def test_cards_of_today_say_how_many_lines_they_draw(troubles, alice, petra, rf):
    wrong, seen = {}, set()
    for actor in (alice, petra):
        request = rf.get("/")
        request.user = actor
        for days in DAYS:
            now = timezone.now() + timedelta(days=days)
            for name, card in cards.items():
                if not card.policy(actor, None) or (context := card.select(actor, now)) is None:
                    continue
                items = _Items()
                items.feed(render_to_string(card.template, {"now": now, **context}, request))
                if card.lines(context) != items.many:
                    wrong[name, days] = (card.lines(context), items.many)
                seen.add(name)
    assert not wrong, wrong
    assert {"mail.trouble", "decisions", "portal", "journal.latest", "projects.due"} <= seen, "drawn"
    assert len(seen) > len(list(cards.items())) * 2 / 3, f"only {sorted(seen)}"


def test_a_part_of_today_ends_by_lines_and_not_by_links_to_style_sheets(sample_town, alice, rf):
    """The card "Latest" brings a style sheet; it holds eight lines, and no ninth."""
    request = rf.get("/")
    request.user = alice
    names = [name for name, _card in cards.items()]
    before = names[names.index("journal.latest") - 1]
    last = Card("Last", lambda actor, thing: True, "desk/cards/work.html", lambda actor, now: {"lines": []})
    with cards.plugged("test.last", last, order=9999):
        shown, rest = shown_cards(cards, request, now=timezone.now(), after=before, lines=9)
    assert "<link" in shown[0].html
    assert ([one.name for one in shown], rest) == (["journal.latest", "test.last"], "")
