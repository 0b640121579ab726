"""The team asks its partners how they work together; they answer by a link, and a map and numbers come of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.ui.sockets import threads
from barnraise.sowhat.network import services
from barnraise.sowhat.network.items import NAMES
from barnraise.sowhat.network.models import Member, Tie, Wave
from barnraise.sowhat.network.selectors import measured

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/network/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(step):
    return dict.fromkeys(NAMES, step)


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_begun_changed_and_refused_with_a_reason(bodies, alice, bob, logged_in):
    browser = logged_in(alice)
    given = {"name": "Spring", "begins_on": day(-1), "due_on": day(20), "organisations": "Bakery\nclinic"}
    for wrong, reason in (
        ({"name": " "}, "This field is required."),
        ({"due_on": day(-2)}, "It ends before it begins."),
        ({"organisations": "Bakery\nNobody"}, "There is no organisation “Nobody”."),
    ):
        page = browser.post(f"{PAGE}begin/", {**given, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(bob).post(f"{PAGE}begin/", given).status_code == 403
    assert not Wave.objects.exists()
    answer = browser.post(f"{PAGE}begin/", given)
    made = Wave.objects.get()
    assert answer.url == made.get_absolute_url()
    assert [str(row) for row in made.members.order_by("organisation__name")] == ["Bakery", "Clinic"]
    assert "There is a wave of this name." in text(browser.post(f"{PAGE}begin/", {**given, "name": "SPRING"}))
    where = made.get_absolute_url()
    browser.post(
        f"{where}change/", {"name": "Spring wave", "begins_on": day(-1), "due_on": day(30), "about": "To see"}
    )
    browser.post(f"{where}partners/", {"organisations": "School\nBakery"})
    made.refresh_from_db()
    assert (made.name, made.about, made.members.count()) == ("Spring wave", "To see", 3)
    school = Member.objects.get(organisation__name="School")
    browser.post(f"{PAGE}partners/{school.uuid}/remove/")
    assert made.members.count() == 2


def test_asked_by_mail_and_answered_by_the_link_without_an_account(wave, member, alice, logged_in):
    boss, partner = logged_in(alice), logged_in(None)
    page = text(boss.post(f"{wave.get_absolute_url()}ask/", follow=True))
    assert "3 mails are in the outbox." in page
    assert "No address is known of: Church" in page
    assert "0 mails are in the outbox." in text(boss.post(f"{wave.get_absolute_url()}ask/", follow=True))
    mail = Message.objects.get(to_address="bakery@example.org")
    assert mail.about == str(Ref.to(member("Bakery")))
    link = re.search(r"http://testserver(/l/act/\S+)", mail.body.text)[1]
    page = partner.get(link)
    assert "We work with them" in text(page)
    assert f'name="with-{member("Clinic").pk}"' in page.content.decode()
    assert f'name="with-{member("Bakery").pk}"' not in page.content.decode()
    clinic, school = member("Clinic").pk, member("School").pk
    given = {f"with-{clinic}": "1", f"t1-{clinic}": "4", f"t2-{clinic}": "3", f"v1-{school}": "2"}
    page = partner.post(link, given)
    assert (page.status_code, "Write your name." in text(page)) == (422, True)
    assert not Tie.objects.exists()
    partner.post(link, {**given, "signed_by": "Bea"})
    rows = {row.taker_id: (row.t1, row.t2, row.t3, row.v1) for row in Tie.objects.all()}
    assert rows == {clinic: (4, 3, None, None), school: (None, None, None, 2)}
    assert member("Bakery").signed_by == "Bea"
    assert 'value="Bea"' in partner.get(link).content.decode()
    partner.post(link, {f"with-{school}": "1", "signed_by": "Bea"})
    assert list(Tie.objects.values_list("taker_id", flat=True)) == [school]
    assert "Bakery answered in the wave Spring" in text(boss.get(wave.get_absolute_url()))
    services.close_wave(wave, by=alice)
    assert partner.post(link, {"signed_by": "Bea"}).status_code == 410
    assert Tie.objects.count() == 1


def test_map_table_numbers_and_change_since_the_wave_before(wave, bodies, member, alice, vera, logged_in):
    for name, of in (("Bakery", ["Clinic", "School"]), ("School", ["Clinic"]), ("Church", ["Clinic"])):
        services.answer(member(name), {member(one).pk: said(4) for one in of}, by=alice)
    found = measured(wave)
    assert (found.shape.pairs, found.answered) == (4, 3)
    assert found.shape.density == pytest.approx(4 / 6)
    standing = {str(one.member): (one.partners, one.trust, one.raters) for one in found.standings}
    assert standing == {
        "Bakery": (2, None, 0),
        "Church": (1, None, 0),
        "Clinic": (3, 100, 3),
        "School": (2, None, 1),
    }
    assert found.trust is None, "School's index could be told from it"
    browser = logged_in(vera)
    page = browser.get(wave.get_absolute_url())
    assert page.content.decode().count("<circle") == 4
    assert page.content.decode().count("<line") == 4
    shown = text(page)
    assert "Own wording, not a validated instrument." in shown
    assert "Density 0.67" in shown
    assert "Hidden: fewer than 3 raters." in shown
    services.close_wave(wave, by=alice)
    today = timezone.localdate()
    later = services.begin_wave(by=alice, name="Autumn", begins_on=today, due_on=today, organisations=bodies)
    services.answer(member("Clinic", later), {member("School", later).pk: said(1)}, by=alice)
    shown = text(browser.get(later.get_absolute_url()))
    assert "Since the wave before" in shown
    assert "Density 0.67 0.17" in shown
    assert "New ties: 0. Ties that are gone: 3." in shown
    assert "Without a tie: Bakery" in shown


def test_closed_taken_back_and_removed(wave, member, alice, bob, logged_in):
    browser, where = logged_in(alice), wave.get_absolute_url()
    assert logged_in(bob).post(f"{where}close/").status_code == 403
    browser.post(f"{where}close/")
    wave.refresh_from_db()
    assert wave.ended_on == timezone.localdate()
    page = browser.post(f"{where}change/", {"name": "X", "begins_on": day(0), "due_on": day(1)})
    assert "This wave is closed. Open it again first." in text(page)
    browser.post(f"{where}remove/")
    assert Wave.objects.filter(name="Spring").exists(), "a closed wave is history"
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='network.closed').pk}/undo/")
    wave.refresh_from_db()
    assert wave.ended_on is None
    services.close_wave(wave, by=alice)
    browser.post(f"{where}open/")
    browser.post(f"{where}remove/")
    assert not Wave.objects.exists()
    assert not Member.objects.exists()


def test_listed_filtered_shown_today_in_trace_search_and_on_the_partner(
    wave, bodies, member, alice, logged_in
):
    browser, today = logged_in(alice), timezone.localdate()
    old = services.begin_wave(
        by=alice, name="Winter", begins_on=today - timedelta(days=90), due_on=today, about="Frost"
    )
    services.close_wave(old, by=alice)
    for query, shown in (("", ["Spring", "Winter"]), ("closed=1", ["Winter"]), ("closed=0", ["Spring"])):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in ("Spring", "Winter") if f">{name}<" in page] == shown, query
    lines = browser.get(f"{PAGE}?export=csv&closed=0").getvalue().decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Spring,")
    assert lines[1].endswith(",Answers come in,4,0")
    assert "Spring 0 of 4 partners have answered" in text(browser.get("/"))
    bakery = Ref.to(bodies[0])
    assert bakery in threads.get("network.wave").upstream(Ref.to(wave)).refs
    below = dict(threads.items())["organisations.organisation@network"].downstream
    assert list(below(bakery).refs) == [Ref.to(wave)]
    assert "Spring" in text(browser.get(f"{bodies[0].get_absolute_url()}panels/network/"))
    assert "Winter" in text(browser.get("/search?q=frost"))
    assert browser.get(f"{PAGE}key/{wave.pk}/").url == wave.get_absolute_url()
    assert "Alice closed the wave Winter" in text(browser.get(old.get_absolute_url()))
    assert "Not asked yet." in text(browser.get(f"{PAGE}partners/{member('Bakery').uuid}/"))
