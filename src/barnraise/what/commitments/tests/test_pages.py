"""The team keeps what was promised: who, what, by when, and what became of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import make_commitment, settle
from barnraise.what.projects.services import add_project
from barnraise.who.organisations.exchanges import ExchangeDocument
from barnraise.who.organisations.services import register_exchange, set_own
from barnraise.who.partnerships.services import begin_partnership

pytestmark = pytest.mark.django_db
PAGE = "/what/promises/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def said(**more):
    first = {
        "direction": "theirs",
        "partner": "Oak Hill Pantry",
        "to": "",
        "what": "Forty boxes",
        "kind": "pledge",
    }
    return {**first, "due_on": ago(-9).isoformat(), "promised_on": ago(0).isoformat(), "owner": "", **more}  # fmt: skip


def promised(partner, by, what="Forty boxes", direction="theirs", due=-9, promised_on=60, **more):
    return make_commitment(
        by=by, direction=direction, partner=partner, what=what, due_on=ago(due), promised_on=ago(promised_on), **more
    )  # fmt: skip


def test_created_and_refused_with_a_reason(pantry, library, pastor, alice, vera, logged_in):
    browser = logged_in(alice)
    for wrong, reason in (
        ({"partner": "Nobody Known"}, "There is no organisation and no person of this name."),
        ({"partner": ""}, "Say who promised it to us."),
        ({"to": "Riverbend Library"}, "Only a promise between partners names who it was made to."),
        ({"direction": "between"}, "Say which organisation it was promised to."),
        ({"direction": "between", "to": "Oak Hill Pantry"}, "Nobody promises something to themselves here."),
        ({"direction": "between", "partner": "Sol Ruiz", "to": "Riverbend Library"}, "Say which organisation promised it."),
        ({"due_on": ago(1).isoformat()}, "It would be due before it was promised."),
        ({"promised_on": ago(-1).isoformat()}, "This day has not come yet."),
        ({"what": " "}, "This field is required."),
        ({"cites": "No such goal"}, "There is no project, objective, goal or need of this name."),
    ):  # fmt: skip
        page = browser.post(f"{PAGE}note/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}note/", said()).status_code == 403
    assert not Commitment.objects.exists()
    add_project(by=alice, name="Fresh Food Shelf", kind="empowerment")
    answer = logged_in(alice).post(f"{PAGE}note/", said(cites="fresh food shelf", owner=alice.pk))
    made = Commitment.objects.get()
    assert (answer.url, made.organisation, made.owner, made.first_due_on) == (
        made.get_absolute_url(), pantry, alice, ago(-9),
    )  # fmt: skip
    assert "Fresh Food Shelf" in text(logged_in(alice).get(made.get_absolute_url()))
    browser = logged_in(alice)
    browser.post(f"{PAGE}note/", said(direction="between", to="riverbend library"))
    browser.post(f"{PAGE}note/", said(direction="ours", partner=""))
    browser.post(f"{PAGE}note/", said(partner="Sol Ruiz"))
    assert Commitment.objects.get(direction="between").to_organisation == library
    assert Commitment.objects.get(direction="ours").partner is None
    assert Commitment.objects.get(person=pastor).direction == "theirs"


def test_changed_settled_taken_back_and_removed(pantry, alice, bob, logged_in):
    made = promised(pantry, alice)
    browser, where = logged_in(bob), f"{PAGE}{made.uuid}/"
    new = {
        **said(what="Fifty boxes", owner=bob.pk, due_on=ago(-20).isoformat()),
        "promised_on": ago(60).isoformat(),
    }
    browser.post(f"{where}change/", new)
    made.refresh_from_db()
    assert (made.what, made.owner, made.due_on, made.first_due_on) == ("Fifty boxes", bob, ago(-20), ago(-9))
    for wrong, reason in (
        ({"settled": "broken", "settled_on": ago(0).isoformat()}, "Say why"),
        ({"settled": "kept", "settled_on": ago(-1).isoformat()}, "This day has not come yet."),
        ({"settled": "kept", "settled_on": ago(61).isoformat()}, "This is before it was promised."),
    ):
        page = browser.post(f"{where}settle/", wrong)
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not Commitment.objects.exclude(settled="").exists()
    browser.post(
        f"{where}settle/", {"settled": "broken", "settled_on": ago(0).isoformat(), "note": "The van broke"}
    )
    made.refresh_from_db()
    assert (made.settled, made.settled_on, made.settled_note) == ("broken", ago(0), "The van broke")
    assert "was not kept, noted Bob: The van broke" in text(browser.get(where))
    assert "It is settled. Open it again first." in text(browser.post(f"{where}change/", new))
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='commitments.broken').pk}/undo/")
    made.refresh_from_db()
    assert (made.settled, made.settled_on, made.settled_note) == ("", None, "")
    browser.post(f"{where}keep/")
    browser.post(f"{where}keep/")
    made.refresh_from_db()
    assert (made.settled, made.settled_on) == ("kept", ago(0))
    browser.post(f"{where}reopen/")
    made.refresh_from_db()
    assert made.settled == ""
    assert logged_in(bob).post(f"{where}remove/").status_code == 403
    assert Commitment.objects.exists()
    logged_in(alice).post(f"{where}remove/")
    assert not Commitment.objects.exists()


def test_filtered_counted_and_taken_out_as_csv(pantry, library, pastor, alice, bob, logged_in):
    browser = logged_in(alice)
    assert "No promises yet" in text(browser.get(PAGE))
    promised(pantry, alice, "Open one", owner=bob)
    promised(pantry, alice, "Late one", due=3)
    settle(promised(pantry, alice, "In time", due=5), by=bob, settled="kept", settled_on=ago(5))
    settle(promised(pantry, alice, "Too late", due=5), by=bob, settled="kept", settled_on=ago(4))
    settle(promised(pastor, alice, "Broken one", due=5), by=bob, settled="broken", note="Ill")
    settle(promised(library, alice, "Released one", "ours", due=5), by=bob, settled="released", note="Moved")
    names = ("Open one", "Late one", "In time", "Too late", "Broken one", "Released one")
    for query, shown in (
        ("state=open", ["Open one"]),
        ("state=late", ["Late one"]),
        ("state=kept&state=kept_late", ["In time", "Too late"]),
        ("state=broken", ["Broken one"]),
        ("direction=ours", ["Released one"]),
        ("partner=oak hill pantry", ["Open one", "Late one", "In time", "Too late"]),
        ("partner=Sol Ruiz", ["Broken one"]),
        (f"owner={bob.pk}", ["Open one"]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in page] == shown, query
    assert "There is no promise by or to “Nobody”." in text(browser.get(f"{PAGE}?partner=Nobody"))
    counted = text(browser.get(f"{PAGE}?as=kept"))
    assert "Promised to us 1 1 1 1 1 0 4 25%" in counted
    assert "We promised 0 0 0 0 0 1 0 –" in counted
    lines = browser.get(f"{PAGE}?export=csv&state=late").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("What was promised,Who to whom,State,Due on,Who sees to it")
    assert lines[1:] == [f"Late one,Oak Hill Pantry → us,Late,{ago(3).isoformat()},"]


def test_shown_on_pages_today_in_trace_timeline_and_search(pantry, library, alice, bob, logged_in):
    project = add_project(by=alice, name="Fresh Food Shelf", kind="empowerment")
    ref = Ref.to(project)
    made = promised(pantry, alice, due=2, owner=bob, cites=str(ref), detail="On pallets")
    promised(library, alice, "Send the minutes", "ours", due=-3, owner=bob)
    promised(library, alice, "Not soon", "ours", due=-30, owner=bob)
    browser = logged_in(bob)
    today = text(browser.get("/"))
    assert "What we promised" in today
    assert "Send the minutes we → Riverbend Library · due in 3 days" in today
    assert "What was promised to us" in today
    assert "Forty boxes Oak Hill Pantry → us · 2 days late" in today
    assert "Not soon we →" not in today
    assert "What was promised to us" not in text(logged_in(alice).get("/")), "bob sees to it"
    panel = f"{pantry.get_absolute_url()}panels/commitments/"
    profile = browser.get(pantry.get_absolute_url())
    assert f'hx-get="{panel}"' in profile.content.decode()
    page = text(browser.get(panel))
    assert "2 days late they promised" in page
    assert "They kept in time: 0% ( 0 / 1 )" in page
    page = text(profile)
    assert "Alice noted what was promised to us: Forty boxes" in page
    mine = Ref.to(made)
    assert ref in threads.get("commitments.commitment").upstream(mine)
    (plug,) = [one for name, one in threads.items() if name == "projects.project@commitments"]
    assert list(plug.downstream(ref).refs) == [mine]
    assert "Forty boxes" in text(browser.get(f"/trace/{ref}/"))
    assert made.get_absolute_url() in browser.get(f"{PAGE}key/{made.pk}/").url
    assert "Forty boxes" in text(browser.get("/search?q=pallets"))
    browser.post(f"{PAGE}{made.uuid}/keep/", {"next": "/"})
    assert "What was promised to us" not in text(browser.get("/"))


def test_begun_from_a_partnership(pantry, alice, logged_in):
    browser, made = logged_in(alice), begin_partnership(pantry, by=alice)
    where = f"/what/promises/note/?partnership={made.pk}"
    assert f'href="{where}"' in browser.get(made.get_absolute_url()).content.decode()
    assert 'value="Oak Hill Pantry"' in browser.get(where).content.decode()
    assert browser.get("/what/promises/note/?partnership=999999").status_code == 200


def test_a_match_of_a_give_and_our_ask_becomes_a_promise(pantry, library, alice, logged_in):
    set_own(library, by=alice)
    ask = register_exchange(library, ExchangeDocument("seeks", "space", "A room for evenings"), by=alice)
    give = register_exchange(pantry, ExchangeDocument("gives", "space", "The cellar room"), by=alice)
    browser = logged_in(alice)
    page = browser.get("/who/organisations/fit/").content.decode()
    (link,) = set(re.findall(r'href="([^"]+)">Make it a promise', page))
    form = browser.get(link.replace("&amp;", "&"))
    assert 'value="The cellar room"' in form.content.decode()
    answer = browser.post(
        link.replace("&amp;", "&"),
        said(what="The cellar room", kind="match", due_on=ago(-30).isoformat()),
    )
    made = Commitment.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.direction, made.organisation, made.gives, made.seeks) == ("theirs", pantry, give, ask)
