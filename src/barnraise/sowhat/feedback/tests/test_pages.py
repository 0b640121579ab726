"""The team reads what people say, says what it is about, answers, and publishes the answer without names."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import threads
from barnraise.sowhat.feedback import services
from barnraise.sowhat.feedback.models import Answer, Comment, Suggestion, Theme
from barnraise.what.events.services import plan_event
from barnraise.what.issues.services import answer_issue, raise_issue
from barnraise.what.projects.services import add_project
from barnraise.who.interactions.services import log_interaction

from .test_topics import planted

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/feedback/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def noted(by, words="The bus is always late", **more):
    return services.note_comment(by=by, text=words, **more)


def test_noted_and_refused_with_a_reason(pantry, ana, alice, bob, vera, logged_in):
    browser, today = logged_in(bob), timezone.localdate()
    given = {"text": "I love the bus", "said_on": today.isoformat(), "said_by": "Ana Flores"}
    for wrong, reason in (
        ({"text": " "}, "This field is required."),
        ({"said_on": (today + timedelta(days=1)).isoformat()}, "This day has not come yet."),
        ({"said_by": "Nobody Known"}, "There is no organisation and no person of this name."),
    ):
        page = browser.post(f"{PAGE}note/", {**given, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).get(PAGE).status_code == 403, "comments hold personal words"
    assert not Comment.objects.exists()
    at = datetime(2025, 4, 5, 10, tzinfo=UTC)
    event = plan_event(by=alice, title="Fair", kind="booth", starts_at=at, ends_at=at + timedelta(hours=2))
    browser.post(f"{PAGE}note/?for={Ref.to(event)}", given)
    made = Comment.objects.get()
    assert (made.said_by, made.source, made.sentiment, made.channel) == (
        str(Ref.to(ana)), str(Ref.to(event)), "positive", "typed",
    )  # fmt: skip
    page = text(browser.get(made.get_absolute_url()))
    assert "Fair" in page
    assert "An estimate from single words" in page
    browser.post(f"{PAGE}note/", {**given, "said_by": "oak hill pantry", "text": "Gracias"})
    assert Comment.objects.get(text="Gracias").said_by == str(Ref.to(pantry))


def test_gathered_once_from_questionnaires_and_mails_and_gone_with_them(answered, survey, ana, alice, bob):
    filled = answered("I love the school bus", ana)
    answered("–")
    answered("Más autobuses", language="es")
    now = timezone.now()
    letter = log_interaction(
        by=bob, kind="mail", direction="in", text="Where is the bus?", happened_at=now, people=[ana]
    )
    log_interaction(by=bob, kind="mail", direction="out", text="It comes", happened_at=now, people=[ana])
    log_interaction(
        by=bob, kind="talk", direction="in", text="In confidence", happened_at=now, people=[ana], visibility="coordinators"
    )  # fmt: skip
    assert services.gather(now=now) == 3
    assert services.gather(now=now) == 0
    rows = {row.text: row for row in Comment.objects.all()}
    assert set(rows) == {"I love the school bus", "Más autobuses", "Where is the bus?"}
    bus = rows["I love the school bus"]
    assert (bus.channel, bus.source, bus.said_by, bus.sentiment) == (
        "questionnaires", str(Ref.to(filled)), str(Ref.to(ana)), "positive",
    )  # fmt: skip
    assert rows["Más autobuses"].sentiment == "unscored"
    assert rows["Where is the bus?"].said_by == str(Ref.to(ana))
    survey.is_sensitive = True
    survey.save()
    answered("A sensitive word")
    assert services.gather(now=now) == 0
    type(letter).objects.filter(pk=letter.pk).update(visibility="coordinators")
    filled.delete()
    assert services.sweep(now=now) == 2
    assert [row.text for row in Comment.objects.all()] == ["Más autobuses"]


def test_themed_by_hand_and_by_suggestion(alice, bob, logged_in):
    browser = logged_in(bob)
    made = noted(bob)
    where = made.get_absolute_url()
    browser.post(f"{where}themes/", {"new": "Buses"})
    buses = Theme.objects.get()
    assert "Bob said what the comment The bus is always late is about: Buses" in text(browser.get(where))
    page = browser.post(f"{PAGE}themes/add/", {"name": "BUSES"})
    assert "There is a theme of this name." in text(page)
    browser.post(
        f"{PAGE}themes/{buses.uuid}/change/", {"name": "Bus", "about": "Late ones", "is_ended": "on"}
    )
    buses.refresh_from_db()
    assert (buses.name, buses.about, buses.ended_on) == ("Bus", "Late ones", timezone.localdate())
    assert "Fifty comments without a theme are needed" in text(browser.get(f"{PAGE}suggested/"))
    for words in planted(60):
        noted(bob, words)
    assert "Nobody has looked for themes yet" in text(browser.get(f"{PAGE}suggested/"))
    assert services.suggest(now=timezone.now()) == 2
    page = text(browser.get(f"{PAGE}suggested/"))
    assert "nmf k=2 seed=0 n=60" in page
    first = Suggestion.objects.order_by("pk").first()
    keys = set(first.keys)
    browser.post(f"{PAGE}suggested/{first.uuid}/", {"name": "Morning food"})
    theme = Theme.objects.get(name="Morning food")
    assert set(theme.marks.values_list("comment_id", flat=True)) == keys
    assert theme.marks.filter(is_suggested=True).count() == len(keys) == 30
    assert Suggestion.objects.count() == 1
    browser.post(f"{where}themes/", {"themes": []})
    assert not made.marks.exists()
    assert logged_in(bob).post(f"{PAGE}themes/{theme.uuid}/remove/").status_code == 403
    logged_in(alice).post(f"{PAGE}themes/{theme.uuid}/remove/")
    assert not Theme.objects.filter(name="Morning food").exists()
    assert Comment.objects.count() == 61


def test_answered_published_without_names_and_withdrawn(ana, alice, bob, logged_in):
    project = add_project(by=alice, name="Evening bus", kind="other")
    theme = services.add_theme(by=bob, name="Buses")
    long = "The bus to the school is always late and nobody tells us why"
    comments = [noted(bob, long, said_by=Ref.to(ana)), *(noted(bob, f"Bus number {at}") for at in range(4))]
    for one in comments:
        services.set_themes(one, [theme], by=bob)
    browser = logged_in(bob)
    given = {"you_said": "Buses are late", "we_did": "Ana Flores asked the city", "cites": "evening bus"}
    page = browser.post(f"{PAGE}answers/write/?theme={theme.uuid}", {**given, "we_did": ""})
    assert page.status_code == 422
    assert not Answer.objects.exists()
    answer = browser.post(f"{PAGE}answers/write/?theme={theme.uuid}", given)
    made = Answer.objects.get()
    assert (answer.url, made.cites, made.is_public) == (made.get_absolute_url(), str(Ref.to(project)), False)
    assert Comment.objects.filter(answer=made, state="answered").count() == 5
    where, boss, stranger = made.get_absolute_url(), logged_in(alice), logged_in(None)
    assert browser.post(f"{where}publish/").status_code == 403
    for words, reason in (
        ("Ana Flores asked the city", "It names Ana Flores, who said it."),
        (f"You told us: {long}", "It repeats somebody’s very words."),
        ("Write to bus@city.example", "It holds an e-mail address or a phone number."),
        ("Call 555 010 7788", "It holds an e-mail address or a phone number."),
    ):
        services.change_answer(made, by=bob, you_said="Buses are late", we_did=words)
        page = text(boss.post(f"{where}publish/", follow=True)).replace("&#x27;", "’")
        assert reason in page, words
        assert "Buses are late" not in text(stranger.get(f"{PAGE}said/"))
    services.change_answer(
        made, by=bob, you_said="Buses are late", we_did="We asked the city", cites=str(Ref.to(project))
    )
    boss.post(f"{where}publish/")
    page = text(stranger.get(f"{PAGE}said/"))
    assert "Buses are late Said by 5 of you We did We asked the city" in page
    assert "Flores" not in page
    services.wait_again(comments[-1], by=bob)
    assert "of you" not in text(stranger.get(f"{PAGE}said/")), "four are a small number"
    page = browser.post(f"{where}change/", {**given, "we_did": "Ana Flores asked"})
    assert "It names Ana Flores" in text(page)
    assert Answer.objects.get().we_did == "We asked the city"
    boss.post(f"{where}remove/")
    assert boss.post(f"{where}withdraw/", {"reason": ""}).status_code == 422
    boss.post(f"{where}withdraw/", {"reason": "The bus stopped again"})
    assert "Buses are late" not in text(stranger.get(f"{PAGE}said/"))
    assert Answer.objects.get().withdrawn_reason == "The bus stopped again"
    draft = services.write_answer(by=bob, you_said="x", we_did="y", comments=comments[-1:])
    boss.post(f"{draft.get_absolute_url()}remove/")
    assert Comment.objects.get(pk=comments[-1].pk).state == "waiting"


def test_set_aside_taken_back_and_removed(alice, bob, answered, logged_in):
    made, browser = noted(bob), logged_in(bob)
    where = made.get_absolute_url()
    assert browser.post(f"{where}aside/", {"reason": " "}).status_code == 422
    assert Comment.objects.get().state == "waiting"
    browser.post(f"{where}aside/", {"reason": "Said twice"})
    assert "Bob set the comment The bus is always late aside: Said twice" in text(browser.get(where))
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='feedback.set_aside').pk}/undo/")
    made.refresh_from_db()
    assert (made.state, made.aside_reason) == ("waiting", "")
    services.set_aside(made, by=bob, reason="Said twice")
    browser.post(f"{where}wait/")
    made.refresh_from_db()
    assert made.state == "waiting"
    assert browser.post(f"{where}remove/").status_code == 403
    boss = logged_in(alice)
    boss.post(f"{where}remove/")
    assert not Comment.objects.exists()
    answered("I love it")
    services.gather(now=timezone.now())
    other = Comment.objects.get()
    assert "It stands in what somebody sent" in text(
        boss.post(f"{other.get_absolute_url()}remove/", follow=True)
    )
    assert Comment.objects.exists()


def test_listed_filtered_shown_today_in_trace_and_search(ana, answered, alice, bob, logged_in):
    theme = services.add_theme(by=bob, name="Buses")
    services.set_themes(noted(bob, "I love the bus"), [theme], by=bob)
    services.set_aside(noted(bob, "Set me aside"), by=bob, reason="x")
    old = noted(bob, "The road is horrible", said_on=timezone.localdate() - timedelta(days=50))
    filled = answered("A word from outside")
    services.gather(now=timezone.now())
    browser = logged_in(bob)
    names = ("I love the bus", "Set me aside", "The road is horrible", "A word from outside")
    for query, shown in (
        ("state=waiting", ["I love the bus", "The road is horrible", "A word from outside"]),
        (f"theme={theme.pk}", ["I love the bus"]),
        ("channel=questionnaires", ["A word from outside"]),
        ("tone=negative", ["The road is horrible"]),
        ("themed=0&state=waiting", ["The road is horrible", "A word from outside"]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in page] == shown, query
    lines = browser.get(f"{PAGE}?export=csv&theme={theme.pk}").getvalue().decode("utf-8-sig").splitlines()
    assert lines[1] == f"I love the bus,Buses,Unanswered,positive,{timezone.localdate().isoformat()},typed"
    told = text(browser.get(old.get_absolute_url()))
    assert "Bob noted a comment: The road is horrible" in told
    today = text(browser.get("/"))
    assert "Comments unanswered The road is horrible Typed in" in today
    assert "Set me aside Typed in" not in today
    concern = raise_issue(by=bob, origin="resident", what="The shelter leaks")
    services.gather(now=timezone.now())
    assert "The shelter leaks Concern" not in text(browser.get("/")), "it has a clock of its own on Today"
    assert "The shelter leaks" in text(browser.get(f"{PAGE}?state=waiting"))
    answer_issue(concern, by=bob, text="We mend it", way="said")
    assert "The shelter leaks Concern" not in text(browser.get("/")), "it was answered on its page"
    comment = Comment.objects.get(channel="questionnaires")
    assert Ref.to(filled) in threads.get("feedback.comment").upstream(Ref.to(comment))
    below = dict(threads.items())["questionnaires.response@feedback"].downstream
    assert list(below(Ref.to(filled)).refs) == [Ref.to(comment)]
    assert "The road is horrible" in text(browser.get("/search?q=horrible"))
    assert browser.get(f"{PAGE}key/{old.pk}/").url == old.get_absolute_url()
