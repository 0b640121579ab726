"""What a command is called does not become the name of what it makes."""

from __future__ import annotations

import io

import pytest

from barnraise.config.commands import main
from barnraise.plumbing.accounts.models import Account, Token

pytestmark = pytest.mark.django_db


def test_accounts_and_tokens_made_by_command_have_the_name_that_was_given_or_the_usual_one(
    monkeypatch, capsys
):
    for email, more in (("una@example.org", []), ("ivo@example.org", ["--name", "Ivo"])):
        monkeypatch.setattr("sys.stdin", io.StringIO("the barn stands on oak\n"))
        assert main(["user", "add", email, "--role", "coordinator", "--password-stdin", *more]) == 0
        assert main(["token", "add", email, "--scope", "read", *more]) == 0
    assert list(Account.objects.order_by("pk").values_list("email", "name")) == [
        ("una@example.org", ""),
        ("ivo@example.org", "Ivo"),
    ]
    assert list(Token.objects.order_by("pk").values_list("name", flat=True)) == ["command line", "Ivo"]
