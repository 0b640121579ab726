"""The very first admin."""

from __future__ import annotations

from django.test import Client

from barnraise.plumbing.accounts import services
from barnraise.plumbing.accounts.models import Account, FirstAdminLink
from barnraise.plumbing.journal.models import Entry

PASSWORD = "seven barns by the river"
ANSWER = {"email": "Fay@Example.org", "name": "Fay", "password": PASSWORD, "again": PASSWORD}


def _path(base="http://testserver"):
    url = services.first_admin_link(base_url=base)
    assert url.startswith(f"{base}/first-admin/first_")
    return url.removeprefix(base)


def test_the_first_admin_comes_by_the_link_once(db):
    path = _path()
    browser = Client()
    assert browser.get(path).status_code == 200
    assert Account.objects.count() == 0
    response = browser.post(path, ANSWER)
    assert (response.status_code, response["Location"]) == (302, "/")
    fay = Account.objects.get()
    assert (fay.email, fay.role, fay.is_active) == ("fay@example.org", "admin", True)
    assert browser.get("/settings/accounts/").status_code == 200
    assert list(Entry.objects.values_list("verb", "by")) == [("accounts.first_admin", fay.pk)]
    assert Client().get(path).status_code == 404
    assert Client().post(path, {**ANSWER, "email": "two@example.org"}).status_code == 404
    assert Account.objects.count() == 1


def test_a_new_link_kills_the_one_before(db):
    old, new = _path(), _path()
    assert Client().post(old, ANSWER).status_code == 404
    assert FirstAdminLink.objects.count() == 1
    assert Client().post(new, ANSWER).status_code == 302


def test_with_an_admin_there_is_no_link_and_an_old_one_is_dead(db):
    path = _path()
    services.add_account(email="ada@example.org", role="admin", name="Ada", password=PASSWORD, by=None)
    assert services.first_admin_link(base_url="http://testserver") is None
    assert Client().get(path).status_code == 404
    assert Client().post(path, ANSWER).status_code == 404
    assert Account.objects.count() == 1


def test_a_deactivated_admin_does_not_count(ada):
    Account.objects.update(is_active=False)
    assert Client().post(_path(), ANSWER).status_code == 302
    assert Account.objects.active().get().email == "fay@example.org"


def test_a_taken_address_is_refused_and_the_link_stays_open(bob):
    path = _path()
    response = Client().post(path, {**ANSWER, "email": "bob@example.org"})
    assert response.status_code == 422
    assert FirstAdminLink.objects.get().used_at is None
    assert Account.objects.get().role == "contributor"
