"""Every page speaks the reader's language: no text of a Spanish page equals its English source.

Texts are compared page against page, so one that was never marked for translation is found too. Users' data stands in
elements with translate="no".
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache as kept
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils.translation import ngettext, override

from tests.cast import PASSWORD

from .addresses import NO_PAGE, addresses
from .seen import LETTERS, Seen, read
from .world import build

pytestmark = pytest.mark.xdist_group("languages")
"""What is built for the whole file is built in one process."""
CHECKOUT = Path(__file__).resolve().parents[2]

SAME = {
    "Asia": "a continent, the same word",
    "Australia": "a continent, the same word",
    "%(count)s token": "programmers' word, used as it is in Spanish",
    "%(count)s tokens": "the same",
    "API": "an abbreviation",
    "PEARL": "the name of a method, from its English initials",
    "%(kind)s, %(day)s": "a kind and a day, each in its language",
    "No": "no is the same word",
    "Error:": "the same word",
    "ICNP/TSO": "the name of a scheme",
    "Islam": "the same word",
    "JSON": "the name of a format",
    "NTEE": "the name of a scheme",
    "SMART": "five letters that stand for five words",
    "Sector": "the same word",
    "Tokens": "programmers' word",
    "UUID": "an abbreviation",
    "no": "the same word",
    "sector": "the same word",
    "token": "programmers' word",
    "tokens": "programmers' word",
}
"""Messages whose Spanish equals the English, each with the reason."""

NAMES = {
    "Barnraise": "the product's name",
    "CSV": "the name of a format",
    "XLSX": "the name of a format",
    "UTC": "the name of a time zone",
    "English": "a language is named in itself",
    "Español": "a language is named in itself",
    "bytes": "the same word, from Django's catalogue",
    "token": "the same word, after its number",
    "tokens": "the same word, after its number",
    "m²": "a symbol, after its number",
    "kg": "a symbol, after its number",
}
"""Words of pages that are no messages, or parts of one, and the same in both languages."""

REFUSED = ("accounts:index", "profile:change", "organisations:create")
"""Pages not open to a viewer, which must say so in her language; she sees the others as everybody does."""

INVENTED = ("ui:gallery", "ui:gallery-form", "ui:gallery-object")
"""Pages for those who build pages; their words are invented samples."""


def _tool(path: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(Path(path).stem, CHECKOUT / path)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@cache
def catalogue() -> dict[str, str]:
    """English source to Spanish, singular and plural each by itself."""
    pairs = {}
    for message in _tool("tools/messages.py").load("es"):
        if message.id:
            single = isinstance(message.id, str)
            ids = [message.id] if single else message.id
            strings = [message.string] if single else message.string
            pairs.update(zip(ids, strings, strict=True))
    return pairs


@pytest.fixture(scope="module", autouse=True)
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The catalogue as it stands in the source, compiled for these tests alone."""
    locale = tmp_path_factory.mktemp("locale") / "locale"
    shutil.copytree(CHECKOUT / "src/barnraise/locale", locale, ignore=shutil.ignore_patterns("*.mo*"))
    _tool("tools/vendor/translations.py").compile_all(locale)
    with override_settings(LOCALE_PATHS=[locale]):
        yield


def test_every_message_is_in_the_catalogue_and_translated():
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "check"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_translation_that_equals_its_source_has_a_reason():
    same = {source for source, spanish in catalogue().items() if source == spanish and LETTERS.search(source)}
    assert same == set(SAME)


def test_counts_take_their_own_form():
    with override("es"):
        told = [ngettext("%(n)s row", "%(n)s rows", n) % {"n": n} for n in (0, 1, 2, 1_000_000)]
    assert told == ["0 filas", "1 fila", "2 filas", "1000000 filas"]


@pytest.fixture
def world(db: None) -> None:
    with transaction.atomic():
        build()


def _session(who: str, language: str) -> str:
    from barnraise.plumbing.accounts.models import Account

    if not who:
        return ""
    client = Client()
    Account.objects.filter(email=f"{who}@example.org").update(language=language)
    client.force_login(Account.objects.get(email=f"{who}@example.org"))
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client.cookies["sessionid"].value


def _page(session: str, language: str, method: str, path: str) -> Any:
    """The HTML of an answer; None when it is something else. What a POST wrote is taken back."""
    kept.clear()
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    if session:
        client.cookies["sessionid"] = session
    # The website speaks the language of the address.
    path = re.sub(r"^/en/", f"/{language}/", path)
    with transaction.atomic():
        answer = client.get(path) if method == "get" else client.post(path, {})
        html = None if getattr(answer, "streaming", False) else answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    is_page = "html" in answer.get("Content-Type", "") and answer.status_code not in {301, 302}
    return html if is_page else None


def _all_pages(who: str, language: str, asked: list[tuple[str, str, str]]) -> dict[str, Seen]:
    session = _session(who, language)
    found = {}
    with override(language):
        for name, method, path in asked:
            html = _page(session, language, method, path)
            if html is not None:
                found[f"{method} {name} as {who or 'a stranger'}"] = read(html, language=language)
    return found


def _is_source(text: str) -> bool:
    """A message whose translation is another text, and that is no translation itself."""
    pairs = catalogue()
    return pairs.get(text, text) != text and text not in pairs.values()


def _is_words(text: str) -> bool:
    """Whether a string that a script gets is for people, not a key."""
    return text[:1].isupper() or " " in text


def _is_fine(text: str, data: set[str]) -> bool:
    """Whether all parts of a title ("Oak Hill Library · Riverbend") are data or the same in both languages."""
    for part in [text] if text in data else text.split(" · "):
        bare = re.sub(r"[\d.,\s]+", "", part)
        if LETTERS.search(part) and not ({part, bare} & (set(SAME) | set(NAMES)) or part in data):
            return False
    return True


def _untranslated(english: Seen, spanish: Seen) -> Iterator[str]:
    """Texts of the Spanish page that are the English ones, with the way to them."""
    before = {text for text, _ in english.texts}
    for text, way in spanish.texts:
        if (text in before or _is_source(text)) and not _is_fine(text, spanish.data):
            yield f"{text!r} ({way})"
    for text, way in spanish.carried:
        if _is_words(text) and _is_source(text) and text not in spanish.data:
            yield f"{text!r} ({way})"


def _asked(who: str) -> list[tuple[str, str, str]]:
    """(name, method, path): everything for an admin; what a stranger may open; what is refused to a viewer."""
    asked = [
        (name, method, path)
        for name, path, methods in addresses()
        for method in (("get", "post") if who == "ada" else ("get",))
        if method.upper() in methods and (method == "post" or name not in NO_PAGE) and name not in INVENTED
    ]
    asked.append(("no such page", "get", "/no/such/page/"))
    return [one for one in asked if one[0] in REFUSED] if who == "vera" else asked


def _invitation() -> str:
    """The path of an open invitation."""
    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.accounts.services import invite

    made = invite(email="new@example.org", role="viewer", by=Account.objects.get(email="ada@example.org"))
    return urlsplit(made.url).path


@pytest.mark.parametrize("who", ["ada", "vera", ""] if settings.IS_SQLITE else [""])
def test_no_text_of_a_spanish_page_equals_its_english_source(world, who):
    asked = _asked(who)
    if not who:
        asked.append(("an open invitation", "get", _invitation()))
    english = _all_pages(who, "en", asked)
    spanish = _all_pages(who, "es", asked)
    assert english.keys() == spanish.keys()
    assert len(english) >= {"ada": 60, "vera": len(REFUSED), "": 8}[who]
    if who == "ada":
        assert {"get mfa_activate_totp as ada", "get mfa_add_webauthn as ada"} <= english.keys()
    wrong: dict[str, list[str]] = {}
    for name in english:
        for text in _untranslated(english[name], spanish[name]):
            wrong.setdefault(text, []).append(name)
    told = "\n".join(f"{text} on {len(names)} pages, like {names[0]}" for text, names in wrong.items())
    assert not wrong, told


def test_a_text_left_in_english_is_found():
    english = read('<p>Look around</p><p translate="no">Oak Hill</p><b title="Today">1</b>', language="en")
    spanish = read('<p>Look around</p><p translate="no">Oak Hill</p><b title="Today">1</b>', language="es")
    assert [text.split(" (")[0] for text in _untranslated(english, spanish)] == ["'Look around'", "'Today'"]


def _letters(language: str, client: Client) -> list[str]:
    """Lines of the letters of an invitation and of a lost password, without addresses."""
    from barnraise.plumbing.accounts.services import invite

    mail.outbox.clear()
    kept.clear()
    ada = _account("ada")
    invite(email=f"new-{language}@example.org", role="viewer", language=language, by=ada)
    _account("bob", language=language)
    answer = client.post(
        "/account/password/reset/", {"email": "bob@example.org"}, headers={"accept-language": language}
    )
    assert answer.status_code == 302
    lines = [
        line.strip() for letter in mail.outbox for line in [letter.subject, *str(letter.body).splitlines()]
    ]
    return [line for line in lines if LETTERS.search(line) and "http" not in line]


def _account(name: str, *, language: str = "") -> Any:
    from barnraise.plumbing.accounts.models import Account

    rows = Account.objects.filter(email=f"{name}@example.org")
    rows.update(language=language)
    return rows.get()


def test_letters_speak_the_language_of_who_gets_them(client, ada, bob, django_capture_on_commit_callbacks):
    found = {}
    for language in ("en", "es"):
        with override(language), django_capture_on_commit_callbacks(execute=True):
            found[language] = _letters(language, client)
    assert len(found["en"]) == len(found["es"]) > 6
    assert set(found["en"]) & set(found["es"]) <= {"Barnraise"}


def test_the_sample_town_speaks_the_installations_language(ada, client):
    from barnraise.config.sample_town import change_whole_town
    from barnraise.plumbing.profile.models import Installation
    from barnraise.plumbing.tags.models import Tag
    from barnraise.who.interactions.models import Interaction
    from barnraise.who.people.models import Leadership, Role

    Installation.objects.update_or_create(pk=1, defaults={"default_language": "es", "languages": ["es"]})
    change_whole_town("add")
    client.force_login(ada)
    shown = client.get("/who/organisations/", headers={"accept-language": "es"}).content.decode()
    assert "Despensa" in shown
    assert "Pantry" not in shown
    assert Leadership.objects.filter(constituency="Alcaldía de Riverbend").exists()
    assert Role.objects.filter(title="Dirección ejecutiva").exists()
    assert Tag.objects.filter(name="Interpreta español").exists()
    texts = " ".join(Interaction.objects.values_list("text", flat=True)[:300])
    assert "voluntarios" in texts
    assert "volunteers" not in texts


def test_a_language_written_from_the_right_turns_the_page(db):
    request = RequestFactory().get("/")
    with override("ar"):
        page = render_to_string("404.html", {}, request)
    assert 'dir="rtl"' in page
    assert "bootstrap/bootstrap.rtl" in page
