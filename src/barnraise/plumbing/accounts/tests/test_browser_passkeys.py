"""In a real browser, under the real Content-Security-Policy: a passkey is enrolled, then logs in without password."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(live_server, settings):
    """The server under a name that browsers take for a secure place."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    url = live_server.url.replace("127.0.0.1", "localhost")
    settings.BARNRAISE_URL = url
    return url


@pytest.fixture
def page(chromium):
    """A page in a context of its own; fails the test when the policy blocked anything or a script broke."""
    context = chromium.new_context(locale="en-GB")
    found = context.new_page()
    trouble = []
    found.on("pageerror", lambda error: trouble.append(str(error)))
    found.on(
        "console",
        lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield found
    context.close()
    assert trouble == []


@pytest.fixture
def device(page):
    """A phone or laptop that answers passkey questions with yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, made["authenticatorId"]


def _log_in(page, address):
    page.goto(f"{address}/account/login/")
    page.get_by_label("E-mail").fill("bob@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def _enrol(page, address):
    page.goto(f"{address}/account/second-factor/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Log in with this key alone, without password").check()
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url(f"{address}/account/second-factor/recovery-codes/")


def _leave(page, address):
    page.goto(f"{address}/account/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.goto(f"{address}/account/me/")
    page.wait_for_url(lambda url: "/account/login/" in url)


def test_a_passkey_logs_in_and_the_password_alone_no_longer_does(address, page, device, bob):
    session, key = device
    _log_in(page, address)
    _enrol(page, address)
    held = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert [one["isResidentCredential"] for one in held] == [True]
    page.goto(f"{address}/account/second-factor/webauthn/")
    assert "My laptop" in page.locator("main").inner_text()
    _leave(page, address)

    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto(f"{address}/account/me/")
    assert "bob@example.org" in page.locator("main").inner_text()
    _leave(page, address)

    _log_in(page, address)
    page.wait_for_url(f"{address}/account/second-factor/authenticate/")
    page.goto(f"{address}/account/me/")
    page.wait_for_url(f"{address}/account/second-factor/authenticate/**")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto(f"{address}/account/me/")
    assert "bob@example.org" in page.locator("main").inner_text()


def test_a_device_without_passkey_is_told_so(address, page, device, bob):
    session, key = device
    page.goto(f"{address}/account/login/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_text("The passkey did not answer").wait_for()
    page.goto(f"{address}/account/me/")
    page.wait_for_url(lambda url: "/account/login/" in url)
