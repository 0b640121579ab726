"""`barnraise user add EMAIL --role ROLE`: an account with a password from standard input, or an invitation."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from .answering import answer, takes_json
from .opening import open_house, said_by_validation

SUMMARY = "Add somebody who may log in."


def add(parser: argparse.ArgumentParser) -> None:
    """`add EMAIL --role ROLE [--password-stdin]`."""
    from barnraise.foundation.roles import Role

    parser.add_argument("what", choices=["add"], metavar="add")
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--role", required=True, choices=[str(role) for role in Role])
    parser.add_argument("--name", default="", help="how the person is called")
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input; without it the person gets an invitation link",
    )
    takes_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add the account, or invite."""
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else None
    open_house()
    with said_by_validation():
        found = _add(arguments, password) if password is not None else _invite(arguments)
    lines = [f"{found['email']} is {found['role']}."]
    if found.get("link"):
        lines = [f"Invitation of {found['email']} as {found['role']}; the link works 14 days:", found["link"]]
        lines += [
            "The mail server took the mail with it."
            if found["is_sent"]
            else "No mail server took it: hand it over yourself."
        ]
    answer(found, as_json=arguments.json, lines=lines)
    return 0


def _add(arguments: argparse.Namespace, password: str) -> dict[str, Any]:
    from barnraise.plumbing.accounts.services import add_account

    account = add_account(
        email=arguments.email, role=arguments.role, name=arguments.name, password=password, by=None
    )
    return {"account": str(account.uuid), "email": account.email, "role": str(account.role)}


def _invite(arguments: argparse.Namespace) -> dict[str, Any]:
    from barnraise.plumbing.accounts.services import invite

    invited = invite(email=arguments.email, role=arguments.role, by=None)
    row = invited.invitation
    return {"email": row.email, "role": str(row.role), "link": invited.url, "is_sent": invited.is_sent}
