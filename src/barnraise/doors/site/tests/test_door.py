"""The website opens, closes, and its editor stands behind our login."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import get_resolver, reverse

from barnraise.doors.site import services
from barnraise.doors.site.editor import CLOSED
from barnraise.doors.site.models import ContentPage, HomePage, PublicNumber
from barnraise.doors.site.policies import may_edit
from barnraise.foundation.policy import Refused
from barnraise.plumbing.accounts.services import add_account, change_role
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.profile.services import change_installation
from barnraise.who.organisations.services import set_own
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
EDITOR = "/site/edit/"


def _urls(resolver, prefix=""):
    for part in resolver.url_patterns:
        whole = prefix + str(part.pattern).removeprefix("^")
        if hasattr(part, "url_patterns"):
            yield from _urls(part, whole)
        else:
            yield whole, part


def test_a_new_installation_has_no_website_and_strangers_go_to_the_login_page(client, alice, logged_in):
    assert client.get("/").url.startswith("/account/login/")
    assert client.get("/en/").status_code == 404
    assert client.get("/sitemap.xml").content.decode().count("<url>") == 0
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert "There is no website yet" in logged_in(alice).get("/site/").content.decode()


def test_a_website_that_is_open_in_one_language_says_in_which_it_is_not(client, alice, logged_in):
    browser = logged_in(alice)
    browser.post("/site/begin")
    assert "Not open yet in" not in browser.get("/site/").content.decode()
    HomePage.objects.get(locale__language_code="en").save_revision().publish()
    page = browser.get("/site/").content.decode()
    assert 'Not open yet in: <span translate="no">Español</span>.' in page
    assert "Open it in every language" in page
    browser.post("/site/open")
    assert HomePage.objects.filter(live=True).count() == 2
    assert "Open it in every language" not in browser.get("/site/").content.decode()


def test_the_website_is_begun_opened_and_closed_on_its_page(client, alice, logged_in):
    browser = logged_in(alice)
    assert browser.post("/site/begin").url == "/site/"
    assert HomePage.objects.count() == 2
    assert client.get("/en/").status_code == 404
    assert client.get("/").url.startswith("/account/login/")
    browser.post("/site/open")
    assert client.get("/").url == "/en/"
    assert client.get("/", headers={"accept-language": "es"}).url == "/es/"
    page = client.get("/es/")
    assert page.status_code == 200
    assert 'lang="es"' in page.content.decode()
    assert "Participar" in page.content.decode()
    assert "Allow: /en/\nAllow: /es/\n" in client.get("/robots.txt").content.decode()
    assert logged_in(alice).get("/").status_code == 200
    browser.post("/site/close")
    assert client.get("/en/").status_code == 404
    verbs = list(Entry.objects.filter(verb__startswith="site.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["site.begun", "site.opened", "site.closed"]


def test_public_pages_of_other_rooms_stand_between_the_websites_menu_and_foot(
    begun, client, alice, logged_in
):
    assert "site-top" not in client.get(reverse("stories:shelf")).content.decode()
    services.publish_home(by=alice)
    begun.add_child(instance=ContentPage(title="What we do", show_in_menus=True)).save_revision().publish()
    for name in ("stories:shelf", "feedback:public", "issues:public", "portal:door"):
        path = reverse(name)
        page = client.get(path).content.decode()
        assert '<a href="/en/what-we-do/" translate="no">What we do</a>' in page, path
        assert f'<a href="{path}?language=es" hreflang="es"' in page, path
        assert "sets no cookies" not in page, "forms need one"
    spanish = client.get(f"{reverse('stories:shelf')}?language=es").content.decode()
    assert '<html lang="es"' in spanish
    assert 'href="/es/get-involved/"' in spanish
    assert "site-top" not in logged_in(alice).get(reverse("stories:shelf")).content.decode()
    assert "site-top" not in client.get("/account/login/").content.decode()


def test_only_those_who_lead_begin_it_and_only_once(bob, alice, logged_in):
    assert logged_in(bob).post("/site/begin").status_code == 403
    with pytest.raises(Refused):
        services.begin(by=bob)
    assert HomePage.objects.count() == 0
    services.begin(by=alice)
    assert "There is a website already." in logged_in(alice).post("/site/begin", follow=True).content.decode()
    assert HomePage.objects.count() == 2


def test_every_address_of_the_editor_asks_the_policy_and_stands_below_its_own_path(begun):
    found = list(_urls(get_resolver()))
    own = [part for whole, part in found if whole.startswith("site/edit/")]
    assert len(own) > 150
    assert [part for part in own if part.callback.policy is not may_edit] == []
    outside = [
        whole
        for whole, part in found
        if "wagtail" in getattr(part.callback, "__module__", "") and not whole.startswith("site/edit/")
    ]
    assert outside == [], "files of the editor are served by the house itself"


def test_the_editor_opens_to_writers_by_our_login_only(begun, alice, bob, vera, petra, logged_in, client):
    stranger = client.get(EDITOR)
    assert (stranger.status_code, stranger.url) == (302, f"/account/login/?next={EDITOR}")
    assert [logged_in(who).get(EDITOR).status_code for who in (alice, bob, vera, petra)] == [
        200,
        200,
        403,
        403,
    ]
    assert client.post(f"{EDITOR}login/", {"username": alice.email, "password": PASSWORD}).url.startswith(
        "/account/login/"
    )
    for part in CLOSED:
        answer = logged_in(alice).get(f"{EDITOR}{part}")
        assert (answer.status_code, answer.url.startswith(EDITOR)) == (302, False)


def test_with_a_second_factor_the_password_alone_opens_no_editor(begun, alice, client):
    TOTP.activate(alice, generate_totp_secret())
    client.post("/account/login/", {"login": alice.email, "password": PASSWORD})
    assert client.get(EDITOR).url == f"/account/login/?next={EDITOR}"
    client.post(f"{EDITOR}login/", {"username": alice.email, "password": PASSWORD})
    assert client.get(EDITOR).url == f"/account/login/?next={EDITOR}"


def test_coordinators_publish_and_contributors_write_drafts(begun, alice, bob, client):
    page = begun.add_child(instance=ContentPage(title="Garden", live=False))
    asked = {name: page.permissions_for_user(who) for name, who in (("alice", alice), ("bob", bob))}
    assert (asked["alice"].can_edit(), asked["alice"].can_publish()) == (True, True)
    assert (asked["bob"].can_publish(), begun.permissions_for_user(bob).can_add_subpage()) == (False, True)


def test_groups_follow_the_role_also_of_those_who_come_later(begun, ada, alice, bob):
    late = add_account(email="late@example.org", role="coordinator", name="Late", by=ada)
    assert [group.name for group in late.groups.all()] == ["Website: publish"]
    change_role(account=bob, role="coordinator", by=ada)
    assert [group.name for group in bob.groups.all()] == ["Website: publish"]
    change_role(account=bob, role="viewer", by=ada)
    assert [group.name for group in bob.groups.all()] == []


def test_the_laxer_policy_of_the_editor_holds_on_its_own_path_only(opened, alice, logged_in):
    browser = logged_in(alice)
    lax = browser.get(EDITOR)["Content-Security-Policy"]
    assert "'unsafe-inline'" in lax
    assert "http" not in lax
    for path in ("/en/", "/site/", "/", "/en/get-involved/", "/en/nothing/", "/account/login/"):
        answer = browser.get(path)
        assert "'unsafe-inline'" not in answer["Content-Security-Policy"], path
        assert answer["X-Frame-Options"] == "DENY"


def test_the_editor_asks_no_other_host(opened, alice, logged_in, settings):
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    for path in (EDITOR, f"{EDITOR}pages/{opened.pk}/", f"{EDITOR}pages/{opened.pk}/edit/"):
        page = logged_in(alice).get(path)
        assert page.status_code == 200
        text = page.content.decode()
        assert 'src="http' not in text
        assert "releases.wagtail" not in text
        assert "gravatar" not in text
        assert "Back to Barnraise" in text
        assert "site/editor.css" in text


def test_a_picture_without_words_and_an_address_of_the_house_are_refused(opened, alice, logged_in):
    add = f"{EDITOR}pages/add/site/contentpage/{opened.pk}/"
    form = {
        "title": "Join",
        "slug": "get-involved",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    page = logged_in(alice).post(add, form)
    assert "Barnraise has a page at this address already." in page.content.decode()
    assert ContentPage.objects.count() == 0


def test_the_websites_own_404_speaks_the_language_of_the_address(opened, client, alice, logged_in):
    answer = client.get("/es/nada/")
    assert answer.status_code == 404
    assert "No hay nada en esta dirección" in answer.content.decode()
    assert 'href="/es/"' in answer.content.decode()
    assert client.get("/fr/").status_code == 404
    alice.language = "en"
    alice.save()
    assert 'lang="es"' in logged_in(alice).get("/es/").content.decode()


def test_a_house_without_a_name_is_called_as_our_own_organisation(client, pantry, ada, alice):
    set_own(pantry, by=alice)
    services.begin(by=alice)
    services.publish_home(by=alice)
    titles = HomePage.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["Oak Hill Pantry", "Oak Hill Pantry"]
    page = client.get("/en/").content.decode()
    assert (
        "<title>Oak Hill Pantry · Oak Hill Pantry</title>" in page or "<title>Oak Hill Pantry</title>" in page
    )
    assert "Welcome" not in page
    change_installation(by=ada, network_name="Riverbend Together")
    assert "Riverbend Together" in client.get("/en/").content.decode(), "its own name goes first"


def test_the_sample_town_has_a_website_in_both_languages_that_goes_again(client, db):
    assert services.load_sample(by=None) == {"pages": 14}
    assert services.load_sample(by=None) == {"pages": 0}
    for path, words in (
        ("/en/", "One plan, many hands"),
        ("/es/", "Un plan, muchas manos"),
        ("/en/what-we-do/", "two farms bring what they have"),
        ("/es/que-resulto/", "Las pequeñas se ocultan"),
        ("/en/news/", "The garden gave its first harvest"),
        ("/es/noticias/", "Una camioneta para los sábados"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert words in answer.content.decode()
    picture = client.get("/en/").content.decode().split('src="/pictures/')[1].split('"')[0]
    assert client.get(f"/pictures/{picture}")["Content-Type"] == "image/png"
    assert client.get("/pictures/../secret_key").status_code == 404
    assert services.remove_sample(by=None) == {"pages": 14}
    assert (HomePage.objects.count(), ContentPage.objects.count(), PublicNumber.objects.count()) == (0, 0, 0)
    assert client.get("/").url.startswith("/account/login/")


def test_without_the_door_nothing_of_wagtail_is_loaded(tmp_path):
    ask = (
        "import sys; from barnraise.config.commands.opening import load_django; load_django()\n"
        "from django.urls import get_resolver\n"
        "from django.core.checks import run_checks\n"
        "get_resolver().url_patterns; run_checks()\n"
        "print([name for name in sys.modules if name.startswith(('wagtail', 'barnraise.doors.site'))])"
    )
    environment = {
        **os.environ,
        "BARNRAISE_SITE": "false",
        "BARNRAISE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "barnraise.config.settings",
        "DATABASE_URL": "",
    }
    told = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
