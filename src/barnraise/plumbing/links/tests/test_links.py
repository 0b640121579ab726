"""Signed links do nothing until their button is pressed; short links lead only where they say."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.links import services
from barnraise.plumbing.links.addresses import channel_labels, is_code, is_target
from barnraise.plumbing.links.models import ShortLink, UsedLink, Visits
from barnraise.plumbing.links.sockets import Mend, NotNow, Purpose, purposes

SHOP = Ref("fair", "shop", 4)
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


class Answering:
    """A purpose that remembers what it did."""

    def __init__(self, **options):
        self.done = []
        self.purpose = Purpose(
            title="Confirm the visit",
            text="We note that you come.",
            button="I come",
            done="Thank you",
            act=self.act,
            **options,
        )

    def act(self, ref, data, request):
        if data.get("fail"):
            raise ZeroDivisionError
        self.done.append((str(ref), dict(data)))


def path_of(address):
    return address.removeprefix("http://testserver")


@pytest.fixture
def answering(db):
    one = Answering()
    with purposes.plugged("fair.visit", one.purpose):
        yield one


def test_opening_changes_nothing_and_the_button_acts_once(answering, client):
    path = path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=7), data={"n": 2}))
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert "We note that you come." in page.text
    assert client.head(path).status_code == 200
    assert (answering.done, UsedLink.objects.count()) == ([], 0)
    assert "Thank you" in client.post(path).text
    assert answering.done == [("fair.shop:4", {"n": 2})]
    again = client.post(path)
    assert (again.status_code, len(answering.done)) == (410, 1)
    assert client.get(path).status_code == 410
    assert "used already" in again.text


def test_a_link_that_may_be_used_often_is_not_used_up(db, client):
    often = Answering(is_once=False)
    with purposes.plugged("fair.visit", often.purpose):
        path = path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=7)))
        assert [client.post(path).status_code for _ in range(2)] == [200, 200]
    assert (len(often.done), UsedLink.objects.count()) == (2, 0)


def test_a_link_whose_work_fails_is_not_used_up(answering, client):
    path = path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=7), data={"fail": True}))
    with pytest.raises(ZeroDivisionError):
        client.post(path)
    assert UsedLink.objects.count() == 0


def test_a_link_whose_form_needs_mending_opens_again_and_is_not_used_up(db, client):
    def act(ref, data, request):
        if request.POST.get("answer") != "yes":
            raise Mend({"text": "Say yes."})

    purpose = Purpose(title="Ask", text="Say it.", button="Send", done="Thank you", act=act)
    with purposes.plugged("fair.ask", purpose):
        path = path_of(services.sign("fair.ask", SHOP, expires=timedelta(days=7)))
        wrong = client.post(path, {"answer": "maybe"})
        assert (wrong.status_code, "Say yes." in wrong.text, UsedLink.objects.count()) == (422, True, 0)
        assert "Thank you" in client.post(path, {"answer": "yes"}).text
        assert client.post(path, {"answer": "yes"}).status_code == 410


def test_a_link_that_can_do_nothing_now_says_why_and_is_not_used_up(db, client):
    def closed(*_given):
        raise NotNow("It is closed", "Come back in May.")

    purpose = Purpose(title="Ask", text="", button="Send", done="Thank you", act=closed, select=closed)
    with purposes.plugged("fair.ask", purpose):
        path = path_of(services.sign("fair.ask", SHOP, expires=timedelta(days=7)))
        for answer in (client.get(path), client.post(path)):
            assert (answer.status_code, "Come back in May." in answer.text) == (410, True)
    assert UsedLink.objects.count() == 0


def test_expired_and_tampered_links_say_so_and_do_nothing(answering, client):
    old = path_of(services.sign("fair.visit", SHOP, expires=timedelta(seconds=-1)))
    for answer in (client.get(old), client.post(old)):
        assert answer.status_code == 410
        assert "expired" in answer.text
    good = path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=1)))
    for bad in (
        good[:-2],
        good + "x",
        "/l/act/x",
        "/l/act/" + "a:b:c",
        "/l/act/.eJw:x",
        "/l/act/" + "é" * 30,
    ):
        for answer in (client.get(bad), client.post(bad)):
            assert answer.status_code == 404
            assert "not complete" in answer.text
    assert answering.done == []


def test_a_purpose_nobody_plugs_is_not_signed_and_not_followed(answering, client):
    path = path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=1)))
    with pytest.raises(LookupError):
        services.sign("no.such", SHOP, expires=timedelta(days=1))
    with purposes.plugged("fair.other", purposes.get("fair.visit")):
        other = path_of(services.sign("fair.other", SHOP, expires=timedelta(days=1)))
    assert client.get(other).status_code == 404
    assert client.get(path).status_code == 200


def test_pressing_too_often_is_slowed_down(answering, client):
    path = path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=1)))
    codes = [client.post(path).status_code for _ in range(25)]
    assert codes == [200] + [410] * 19 + [429] * 5
    assert client.post(path)["Retry-After"] == "60"


def test_marks_of_expired_links_are_dropped(answering, client):
    client.post(path_of(services.sign("fair.visit", SHOP, expires=timedelta(days=1))))
    assert services.forget_expired(now=timezone.now()) == 0
    assert services.forget_expired(now=timezone.now() + timedelta(days=2)) == 1


@pytest.mark.parametrize(
    ("target", "fits"),
    [
        ("/events/", True),
        ("https://example.org/a?b=c", True),
        ("http://example.org/", False),
        ("//evil.example/", False),
        ("/\\evil.example", False),
        ("https://user@evil.example/", False),
        ("https:///x", False),
        ("javascript:alert(1)", False),
        ("/a b", False),
        ("/a\nb", False),
        ("events", False),
        ("https://[", False),
        ("/" + "x" * 1000, False),
    ],
)
def test_targets(target, fits):
    assert is_target(target) is fits


def test_codes_and_channels():
    assert [is_code(code) for code in ("abc", "spring-2027", "ab", "-abc", "Abc", "act", "x" * 41)] == [
        True,
        True,
        *[False] * 5,
    ]
    assert channel_labels(["Flyer", "flyer ", "Radio One", "", "!"]) == ["flyer", "radio-one"]


def test_visits_are_counted_by_day_and_channel_and_programs_are_not(alice, client):
    link = services.create(
        title="Fair", target="/events/", channels=["flyer", "radio"], code="fair", by=alice
    )
    for query in ("?c=flyer", "?c=FLYER", "", "?c=unknown", "?c=" + "x" * 500):
        answer = client.get(f"/l/fair{query}", **BROWSER)
        assert (answer.status_code, answer["Location"]) == (302, "/events/")
    client.get("/l/FAIR?c=radio&next=https://evil.example", **BROWSER)
    client.get("/l/fair", HTTP_USER_AGENT="Googlebot/2.1")
    client.get("/l/fair", HTTP_USER_AGENT="")
    client.get("/l/fair", HTTP_SEC_PURPOSE="prefetch", **BROWSER)
    client.head("/l/fair", **BROWSER)
    today = timezone.localdate()
    assert set(Visits.objects.values_list("link", "on", "channel", "count")) == {
        (link.pk, today, "flyer", 2),
        (link.pk, today, "radio", 1),
        (link.pk, today, "", 3),
    }
    assert client.get("/l/nothing").status_code == 404
    assert "sessionid" not in client.cookies
    assert "csrftoken" not in client.get("/l/fair", **BROWSER).cookies


@pytest.mark.parametrize(
    "values", [{"target": "//evil.example"}, {"title": " "}, {"code": "no spaces"}, {"code": "act"}]
)
def test_a_bad_link_is_refused_and_nothing_is_made(alice, values):
    with pytest.raises(ValidationError) as no:
        services.create(**{"title": "Fair", "target": "/x", **values}, by=alice)
    assert list(no.value.message_dict) == list(values)
    assert (ShortLink.objects.count(), Entry.objects.count()) == (0, 0)


def test_links_are_made_changed_and_ended_on_pages(bob, vera, client, logged_in):
    browser = logged_in(bob)
    given = {"title": "Fair", "target": "https://example.org/fair", "channels": "flyer, radio", "code": ""}
    assert browser.post("/links/new/", {**given, "target": "nope"}).status_code == 422
    browser.post("/links/new/", given)
    link = ShortLink.objects.get()
    assert (len(link.code), link.channels, link.created_by) == (6, ["flyer", "radio"], bob)
    assert browser.get(f"/links/{link.uuid}/").status_code == 200
    assert browser.get("/links/").text.count(link.code) >= 1
    browser.post(f"/links/{link.uuid}/change/", {**given, "target": "/new/"})
    assert client.get(f"/l/{link.code}")["Location"] == "/new/"
    assert "ended" in browser.post(f"/links/{link.uuid}/end/", follow=True).text
    gone = client.get(f"/l/{link.code}", **BROWSER)
    assert (gone.status_code, Visits.objects.count()) == (410, 0)
    assert [e.verb for e in Entry.objects.filter(room="links").order_by("id")] == [
        "links.created",
        "links.changed",
        "links.ended",
    ]


def test_who_may_not_changes_nothing(alice, bob, vera, petra, logged_in):
    link = services.create(title="Fair", target="/x", by=alice)
    for account, status in ((bob, 403), (vera, 403), (petra, 403), (None, 302)):
        browser = logged_in(account)
        assert (
            browser.post(f"/links/{link.uuid}/change/", {"title": "y", "target": "/y"}).status_code == status
        )
        assert browser.post(f"/links/{link.uuid}/end/").status_code == status
    assert logged_in(vera).post("/links/new/", {"title": "y", "target": "/y"}).status_code == 403
    assert list(ShortLink.objects.values_list("title", "target", "ended_at")) == [("Fair", "/x", None)]


def test_the_qr_code_is_a_picture_of_the_address(alice, vera, logged_in):
    link = services.create(title="Fair", target="/x", code="fair", channels=["flyer"], by=alice)
    browser = logged_in(vera)
    svg = browser.get(f"/links/{link.uuid}/qr.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    png = browser.get(f"/links/{link.uuid}/qr.png?c=flyer&save")
    assert png["Content-Disposition"] == 'attachment; filename="fair-flyer.png"'
    assert Image.open(io.BytesIO(png.content)).size[0] >= 400
    assert png.content != browser.get(f"/links/{link.uuid}/qr.png").content
