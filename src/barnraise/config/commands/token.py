"""`barnraise token add EMAIL --scope read|write`: a token for a program that acts as this account."""

from __future__ import annotations

import argparse

from .answering import Refusal, answer, takes_json
from .opening import open_house, said_by_validation

SUMMARY = "Make an API token for an account; its secret is shown once."


def add(parser: argparse.ArgumentParser) -> None:
    """`add EMAIL --scope read|write`."""
    parser.add_argument("what", choices=["add"], metavar="add")
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--scope", required=True, choices=["read", "write"])
    parser.add_argument("--name", default="command line", help="what it is for")
    parser.add_argument("--days", type=int, default=365, help="how long it works (365)")
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make it and print the secret."""
    open_house()
    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.accounts.services import add_token

    account = Account.objects.filter(email__iexact=arguments.email).first()
    if account is None:
        raise Refusal(f"There is no account {arguments.email}.", mend="Add it with `barnraise user add`.")
    with said_by_validation():
        token, secret = add_token(
            account=account, scope=arguments.scope, name=arguments.name, days=arguments.days, by=None
        )
    found = {
        "token": secret,
        "email": account.email,
        "scope": str(token.scope),
        "expires_at": token.expires_at,
    }
    answer(found, as_json=arguments.json, lines=[secret])
    return 0
