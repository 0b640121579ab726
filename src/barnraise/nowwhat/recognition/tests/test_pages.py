"""The team states what partners gave, thanks them, and tells milestones."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.recognition.models import Mark, Milestone, Thanks
from barnraise.nowwhat.recognition.services import answer_wording, write_thanks
from barnraise.plumbing.mail.models import Message as Mail
from barnraise.plumbing.ui.sockets import threads
from barnraise.sowhat.indicators.services import write_value
from barnraise.what.campaigns.models import Campaign
from barnraise.what.social.models import Message
from barnraise.who.organisations.services import set_own

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/thanks/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(**more):
    first = {
        "organisation": "Oak Hill Pantry",
        "begins_on": "2025-01-01",
        "ends_on": "2025-12-31",
        "language": "en",
    }
    return {**first, "letter": "You helped.", "wording": "Oak Hill feeds us.", "owner": "", **more}


@pytest.fixture
def thanks(pantry, alice):
    """A draft."""
    return write_thanks(
        by=alice, organisation=pantry, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
        letter="You helped.", wording="Oak Hill feeds us.", language="en", owner=alice,
    )  # fmt: skip


def test_created_changed_refused_and_ended(pantry, library, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    assert "No thanks yet" in text(browser.get(PAGE))
    for wrong, reason in (
        ({"organisation": "Nobody Known"}, "There is no organisation of this name."),
        ({"letter": " "}, "This field is required."),
        ({"ends_on": "2024-12-31"}, "This is before the first day."),
        ({"begins_on": "2199-01-01", "ends_on": "2199-01-02"}, "This day has not come yet."),
    ):
        page = browser.post(f"{PAGE}write/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}write/", said()).status_code == 403
    assert not Thanks.objects.exists()
    browser = logged_in(bob)
    browser.post(f"{PAGE}write/", said(owner=bob.pk))
    row = Thanks.objects.get()
    assert (row.organisation, row.owner, row.state) == (pantry, bob, "draft")
    where = f"{PAGE}{row.uuid}/"
    browser.post(f"{where}change/", said(letter="You helped a lot."))
    row.refresh_from_db()
    assert (row.letter, row.owner) == ("You helped a lot.", None)
    browser.post(f"{PAGE}write/", said(organisation="Riverbend Library", wording="The library reads."))
    names = ("Oak Hill Pantry", "Riverbend Library")
    for query, shown in (("partner=oak hill pantry", names[:1]), ("state=draft", names), ("state=sent", ())):
        listed = browser.get(f"{PAGE}?{query}").content.decode()
        assert tuple(name for name in names if f">{name}<" in listed) == shown, query
    assert "There is no organisation “Nobody”." in text(browser.get(f"{PAGE}?partner=Nobody"))
    lines = (
        browser.get(f"{PAGE}?export=csv&partner=Riverbend Library")
        .getvalue()
        .decode("utf-8-sig")
        .splitlines()
    )
    assert lines == [
        "Partner,State,From,Until,Who sees to it,How they are named in public",
        "Riverbend Library,Draft,2025-01-01,2025-12-31,,The library reads.",
    ]
    assert browser.post(f"{where}end/", {"note": ""}).status_code == 422
    browser.post(f"{where}end/", {"note": "They closed"})
    assert "Bob ended the thanks to Oak Hill Pantry : They closed" in text(browser.get(where))
    assert "They have ended." in text(browser.post(f"{where}change/", said()))
    assert logged_in(bob).post(f"{where}remove/").status_code == 403
    logged_in(alice).post(f"{where}remove/")
    assert Thanks.objects.get().organisation == library


def test_sent_by_mail_and_the_wording_approved_or_wished_by_link(thanks, boxes, given, alice, bob, logged_in):
    browser, where = logged_in(bob), f"{PAGE}{thanks.uuid}/"
    page = text(browser.get(f"{where}send/"))
    assert "Rosa Vega &lt;rosa@example.org&gt;" in page
    assert "- 12.5 volunteer hours" in page
    browser.post(f"{where}send/", {"to": "rosa@example.org"})
    mail = Mail.objects.select_related("body").get()
    assert (mail.to_address, mail.about, mail.body.subject) == (
        "rosa@example.org",
        str(Ref.to(thanks)),
        "Thank you, Oak Hill Pantry",
    )
    assert "Dear Rosa Vega," in mail.body.text
    assert Thanks.objects.get().state == "sent"
    (link,) = re.findall(r"http://testserver(/l/act/\S+)", mail.body.text)
    stranger = Client()
    assert "Oak Hill feeds us." in text(stranger.get(link))
    assert Thanks.objects.get().answered_at is None, "looking answers nothing"
    page = stranger.post(link, {"answer": "wish", "wish": "", "signed_by": "Rosa"})
    assert (page.status_code, "Write the words you wish." in text(page)) == (422, True)
    page = stranger.post(link, {"answer": "approve", "signed_by": ""})
    assert (page.status_code, Thanks.objects.get().state) == (422, "sent")
    stranger.post(link, {"answer": "wish", "wish": "Oak Hill and friends feed us.", "signed_by": "Rosa"})
    row = Thanks.objects.get()
    assert (row.state, row.wish, row.signed_by) == ("wished", "Oak Hill and friends feed us.", "Rosa")
    assert "Partners who wish other words" in text(browser.get("/"))
    assert "Oak Hill and friends feed us.</textarea>" in browser.get(f"{where}change/").content.decode()
    browser.post(f"{where}change/", said(wording=row.wish))
    assert Thanks.objects.get().state == "draft"
    gone = stranger.get(link)
    assert (gone.status_code, "These words are no longer used" in text(gone)) == (410, True)
    assert stranger.post(link, {"answer": "approve", "signed_by": "Rosa"}).status_code == 410
    browser.post(f"{where}send/", {"to": "rosa@example.org"})
    (link,) = re.findall(
        r"http://testserver(/l/act/\S+)", Mail.objects.select_related("body").latest("pk").body.text
    )
    stranger.post(link, {"answer": "approve", "signed_by": "Rosa Vega"})
    row = Thanks.objects.get()
    assert (row.state, row.signed_by, row.wording) == (
        "approved",
        "Rosa Vega",
        "Oak Hill and friends feed us.",
    )
    assert "Oak Hill Pantry approved how it is named, signed Rosa Vega" in text(browser.get(where))


def test_a_statement_whose_figures_are_their_rows(pantry, given, alice, logged_in):
    browser = logged_in(alice)
    where = f"{PAGE}statements/{pantry.uuid}/"
    page = browser.get(f"{where}?begins_on=2025-01-01&ends_on=2025-12-31")
    html = page.content.decode()
    for name, value, many in (
        ("hours", "12.5", 2),
        ("money", "500", 1),
        ("goods", "80", 1),
        ("space", "2", 1),
        ("promises", "1", 1),
    ):
        assert re.search(
            rf'href="#{name}"[^>]*data-value="{value}"|data-value="{value}"[^>]*href="#{name}"', html
        ), name
        part = html[html.index(f'id="{name}"') :]
        assert part[: part.index("</table>")].count("data-row=") == many, name
    assert "Nothing is noted of this period" in text(
        browser.get(f"{where}?begins_on=2001-01-01&ends_on=2001-12-31")
    )
    paper = browser.get(f"{where}pdf/?begins_on=2025-01-01&ends_on=2025-12-31")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert len(paper.content) > 4000


def test_shown_on_the_partner_in_trace_timeline_and_search(thanks, pantry, alice, logged_in):
    browser = logged_in(alice)
    panel = f"{pantry.get_absolute_url()}panels/recognition/"
    profile = browser.get(pantry.get_absolute_url())
    assert f'hx-get="{panel}"' in profile.content.decode()
    assert "What they gave" in text(browser.get(panel))
    assert "Alice wrote thanks to" in text(profile)
    mine = Ref.to(thanks)
    assert list(threads.get("recognition.thanks").upstream(mine)) == [Ref.to(pantry)]
    assert browser.get(f"{PAGE}key/{thanks.pk}/").url == thanks.get_absolute_url()
    assert f"{PAGE}key/{thanks.pk}/" in browser.get("/search?q=You helped").content.decode()


def test_marks_are_set_and_milestones_told_once(hours, alice, bob, logged_in):
    assert logged_in(bob).post(f"{PAGE}marks/add/", {}).status_code == 403
    browser = logged_in(alice)
    for wrong, reason in (
        ({"indicator": "Nothing"}, "There is no indicator of this name."),
        ({"step": "0"}, "Write a number above zero."),
        ({"words": " "}, "This field is required."),
    ):
        page = browser.post(
            f"{PAGE}marks/add/", {"indicator": "Hours", "step": "1000", "words": "hours", **wrong}
        )
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not Mark.objects.exists()
    browser.post(f"{PAGE}marks/add/", {"indicator": "Hours", "step": "1000", "words": "volunteer hours"})
    row = Milestone.objects.get()
    assert (row.value, str(row), row.state) == (2000, "2,000 volunteer hours", "new")
    today = text(browser.get("/"))
    assert "Milestones reached 2,000 volunteer hours" in today
    where = f"{PAGE}milestones/{row.uuid}/"
    assert browser.post(f"{where}campaign/").url == Campaign.objects.get().get_absolute_url()
    campaign = Campaign.objects.get()
    assert (campaign.subject, campaign.state) == ("2,000 volunteer hours", "draft")
    assert "2,000 volunteer hours" in campaign.blocks[1]["text"]
    browser.post(f"{where}message/")
    made = Message.objects.get()
    assert (made.drawn_from, made.name) == (str(Ref.to(row)), "2,000 volunteer hours")
    assert "Milestones reached" not in text(browser.get("/"))
    assert "It was told, or let go, already." in text(browser.post(f"{where}leave/", follow=True))
    (plug,) = [one for name, one in threads.items() if name == "goals.indicator@recognition"]
    assert list(plug.downstream(Ref.to(hours)).refs) == [Ref.to(row), Ref.to(row.mark)]
    lines = (
        browser.get(f"{PAGE}milestones/?export=csv&state=told").getvalue().decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 2
    mark = Mark.objects.get()
    browser.post(f"{PAGE}marks/{mark.uuid}/end/")
    write_value(hours, on=timezone.localdate() - timedelta(days=1), value=Decimal(5000), by=alice)
    mark.refresh_from_db()
    assert (mark.ended_at is not None, Milestone.objects.count()) == (True, 1)


def test_an_answer_to_other_words_is_not_kept(thanks, alice):
    with pytest.raises(ValidationError, match="no longer used"):
        answer_wording(thanks, wording=thanks.wording, approves=True, signed_by="Rosa")
    Thanks.objects.update(state="sent")
    with pytest.raises(ValidationError, match="no longer used"):
        answer_wording(thanks, wording="Other words", approves=True, signed_by="Rosa")
    assert Thanks.objects.get().answered_at is None


def test_our_own_organisation_is_not_thanked(pantry, library, alice, logged_in):
    set_own(pantry, by=alice)
    browser = logged_in(alice)
    assert "Thank a partner" in text(browser.get(library.get_absolute_url()))
    assert "Thank a partner" not in text(browser.get(pantry.get_absolute_url()))
    page = browser.post(f"{PAGE}write/", said())
    assert (page.status_code, "This is our own organisation." in text(page)) == (422, True)
