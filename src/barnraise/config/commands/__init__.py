"""The command `barnraise`. Each subcommand is a module with SUMMARY, add(parser) and run(arguments) -> exit code.

Exit codes: 0 done, 1 refused or failed (nothing half written), 2 wrong usage.
Modules import Django inside `run` only, so that `barnraise --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from .answering import Refusal, refuse, takes_data

SUBCOMMANDS: dict[str, str] = {
    "up": "up",
    "worker": "worker",
    "import": "take_in",
    "imports": "imports",
    "export": "export",
    "postcodes": "postcodes",
    "bounce": "bounce",
    "user": "user",
    "token": "token",
    "backup": "backup",
    "restore": "restore",
    "doctor": "doctor",
    "recount": "recount",
    "sample": "sample",
}
"""Name on the command line -> module beside this file. A room's command gets its line here."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; the exit code. Wrong usage is said by argparse, which exits with 2."""
    arguments = parser().parse_args(argv)
    if getattr(arguments, "data", None):
        os.environ["BARNRAISE_DATA"] = arguments.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnraise.config.settings")
    module: ModuleType = arguments.module
    if arguments.subcommand not in {"up", "worker"}:
        _stop_like_ctrl_c()
    try:
        code = int(module.run(arguments))
        sys.stdout.flush()
        return code
    except Refusal as no:
        return refuse(no, as_json=getattr(arguments, "json", False))
    except KeyboardInterrupt:
        return refuse(Refusal("Stopped."), as_json=getattr(arguments, "json", False))
    except BrokenPipeError:
        # Who read our output has gone, as `head` does; nothing more can be said, also not by Python's own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog="barnraise",
        description="Self-hosted software for community outreach and partnership development.",
    )
    whole.add_argument("--version", action="version", version=f"barnraise {_version()}")
    common = argparse.ArgumentParser(add_help=False)
    takes_data(common)
    parts = whole.add_subparsers(title="subcommands", metavar="SUBCOMMAND", required=True)
    for name, module_name in SUBCOMMANDS.items():
        module = import_module(f"{__name__}.{module_name}")
        part = parts.add_parser(name, parents=[common], help=module.SUMMARY, description=module.SUMMARY)
        module.add(part)
        part.set_defaults(module=module, subcommand=name)
    return whole


def _stop_like_ctrl_c() -> None:
    """SIGTERM, and a terminal that is closed, stop a command as Ctrl-C does, so that it tidies up behind itself."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, stop)


def _version() -> str:
    from barnraise import __version__

    return __version__
