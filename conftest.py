"""Every test runs against a data folder of its own; DATABASE_URL decides the database."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="barnraise-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["BARNRAISE_DATA"] = _DATA
os.environ.setdefault("BARNRAISE_URL", "http://testserver")
os.environ.setdefault("BARNRAISE_LOG_LEVEL", "WARNING")
os.environ.pop("EMAIL_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "barnraise.config.settings"

import gc  # noqa: E402
import itertools  # noqa: E402

import django  # noqa: E402

gc.disable()
django.setup()
gc.freeze()
gc.enable()
# A browser's driver leaves an event loop running in its process; tests after it ask the database all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Parallel workers must make a data folder of their own, so they must not find the settings in their environment.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.conf import settings  # noqa: E402

collect_ignore = [] if settings.ENVIRONMENT.site else ["src/barnraise/doors/site"]
# A password of the cast is hashed with one round: the suite makes thousands of accounts.
settings.PASSWORD_HASHERS = ["tests.cast.QuickHasher"]

from collections.abc import Callable, Iterator  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

import pytest  # noqa: E402
from django.utils import translation  # noqa: E402

from barnraise.plumbing.ui import limits  # noqa: E402
from tests import town  # noqa: E402

pytest_plugins = ["tests.town", "tests.chromium"]

if TYPE_CHECKING:
    from django.test import Client

    from barnraise.plumbing.accounts.models import Account


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Tests begin with a copy of a database that was migrated once; `migrate` finds nothing left to do in it."""
    from django.db import connection

    from tests import databases

    if connection.vendor == "sqlite":
        name = connection.creation._get_test_db_name()
        settings._test_database = databases.fill_memory(name)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.postgresql_template(
            os.environ["DATABASE_URL"]
        )


def _member(name: str) -> Any:
    from barnraise.plumbing.accounts.models import Account
    from tests.cast import CAST, PASSWORD

    email = f"{name}@example.org"
    there = Account.objects.filter(email=email).first()  # ada, where the town is
    return there or Account.objects.create_user(email, PASSWORD, name=name.title(), role=CAST[name])


MINUTES = itertools.count(limits.this_minute())


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """All requests of a test are of one minute, which no other test has: limits count by minutes."""
    minute = next(MINUTES)
    monkeypatch.setattr(limits, "this_minute", lambda: minute)


@pytest.fixture(autouse=True)
def one_language() -> Iterator[None]:
    """A page in another language leaves its thread in that language until the next request; the next test has its own."""
    yield
    translation.deactivate()


@pytest.fixture
def ada(db: None) -> Account:
    """The admin."""
    return _member("ada")


@pytest.fixture
def alice(db: None) -> Account:
    """The coordinator."""
    return _member("alice")


@pytest.fixture
def bob(db: None) -> Account:
    """The contributor."""
    return _member("bob")


@pytest.fixture
def vera(db: None) -> Account:
    """The viewer."""
    return _member("vera")


@pytest.fixture
def petra(db: None) -> Account:
    """Somebody of a partner organisation."""
    return _member("petra")


@pytest.fixture
def logged_in(db: None) -> Callable[[Any], Client]:
    """A test client in which this account is logged in; `logged_in(None)` is a stranger's."""
    from django.test import Client

    def client(account: Any) -> Client:
        browser = Client()
        if account is not None:
            browser.force_login(account)
        return browser

    return client


@pytest.fixture
def asks(db: None) -> Callable[[Any], Callable[..., tuple[int, Any]]]:
    """`asks(account)(method, path, body)`: one request with a fresh token of that account; (status, JSON)."""
    import json

    from django.test import Client

    from barnraise.plumbing.accounts.services import add_token

    def by(account: Any) -> Callable[..., tuple[int, Any]]:
        _token, secret = add_token(account=account, scope="write", name="test", by=None)

        def send(
            method: str, path: str, body: Any = None, content_type: str = "application/json"
        ) -> tuple[int, Any]:
            sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            headers = {"Authorization": f"Bearer {secret}"}
            answer = Client().generic(method, f"/api/v1{path}", sent, content_type, headers=headers)
            return answer.status_code, json.loads(answer.content) if answer.content else None

        return send

    return by


@pytest.fixture
def takes(tmp_path: Any, capsys: Any) -> Callable[..., Any]:
    """`takes(noun, text)`: the import of a file of this text, or of the rows of an export; `takes.undo(done)` takes it back."""
    import csv
    import io

    from barnraise.who.people.tests.importing import command, write

    def lines(given: Any) -> str:
        if isinstance(given, str):
            return given
        out = io.StringIO()
        table = csv.DictWriter(out, list(given[0]))
        table.writeheader()
        table.writerows(given)
        return out.getvalue()

    class Takes:
        def __call__(self, noun: str, given: Any) -> Any:
            file = write(tmp_path / f"{noun}.csv", lines(given))
            done = command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")
            (created,), (updated,) = done["created"].values(), done["updated"].values()
            done["counts"] = (created, updated)
            done["why"] = sorted((one["row"], one["column"]) for one in done["refused"])
            return done

        def undo(self, done: Any) -> int:
            return int(command(capsys, "imports", "undo", done["import"])["undone"])

    return Takes()


@pytest.fixture
def exports(logged_in: Callable[[Any], Client], alice: Account) -> Callable[..., list[dict[str, str]]]:
    """`exports(address, page, query="")`: the rows of a list's CSV with all its columns, as the coordinator takes it out."""
    import csv
    import io

    def rows(address: str, page: Any, query: str = "") -> list[dict[str, str]]:
        browser = logged_in(alice)
        browser.post(address, {"keep": "columns", "column": [one.name for one in page.columns]})
        answer: Any = browser.get(f"{address}?export=csv&{query}")
        sent = answer.getvalue().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(sent)))

    return rows


@pytest.fixture
def pantry(alice: Account) -> Any:
    """An organisation."""
    from barnraise.who.organisations.documents import OrganisationDocument
    from barnraise.who.organisations.services import register_organisation

    return register_organisation(OrganisationDocument(name="Oak Hill Pantry"), by=alice)


@pytest.fixture
def library(alice: Account) -> Any:
    """Another one."""
    from barnraise.who.organisations.documents import OrganisationDocument
    from barnraise.who.organisations.services import register_organisation

    return register_organisation(OrganisationDocument(name="Riverbend Library"), by=alice)


@pytest.fixture
def pastor(alice: Account) -> Any:
    """A leader who has no organisation."""
    from barnraise.who.people.documents import PersonDocument
    from barnraise.who.people.services import register_person

    return register_person(PersonDocument(given_name="Sol", family_name="Ruiz"), by=alice)


WITHOUT_DATABASE = (
    "src/barnraise/config/tests/test_command_line.py",
    "src/barnraise/config/tests/test_command_people.py",
    "src/barnraise/config/tests/test_serving.py",
    "src/barnraise/foundation/",
    "tests/house/test_documented.py",
    "tests/house/test_languages.py",
    "tests/house/test_list_queries.py::test_the_number_of_queries_does_not_depend_on_the_number_of_rows",
    "tests/house/test_names.py",
    "tests/house/test_order.py",
    "tests/house/test_sizes.py",
)
"""Tests of which no database knows anything: the run on SQLite has done them."""


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end."""
    if os.environ.get("DATABASE_URL") and not any("::" in str(word) for word in config.args):
        left_out = [item for item in items if item.nodeid.startswith(WITHOUT_DATABASE)]
        if left_out and len(left_out) < len(items):
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if not item.nodeid.startswith(WITHOUT_DATABASE)]
    items.sort(key=_seconds, reverse=True)


def _seconds(item: Any) -> int:
    if town.wants_it(item):
        return town.SECONDS
    marker = item.get_closest_marker("slow")
    return int(marker.kwargs.get("seconds", 0)) if marker else 0
