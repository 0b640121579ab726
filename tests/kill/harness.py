"""What the kill test runs in processes of its own: the real commands with small steps, a place to crash, and a picture.

    python -m tests.kill.harness begin FILE       give the file and start its import; prints nothing
    python -m tests.kill.harness up PORT          `barnraise up`, web and worker
    python -m tests.kill.harness picture FILE     every table by natural key, as JSON

When a file "crash" lies in the data folder, the process that works on the import ends by itself right after the COMMIT of
its step, before anything else learns of it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

STEP = 125
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.+]+")
_BOOKKEEPING = frozenset(
    {
        "jobs.worker",
        "jobs.chore",
        "jobs.job",
        "accounts.firstadminlink",
        "contenttypes.contenttype",
        "auth.permission",
    }
)
"""Not what an import does but how it was worked on; of jobs the outcome is pictured by hand."""


def prepare() -> None:
    """Django with small steps and the crash point."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "barnraise.config.settings")
    from barnraise.config.commands.opening import load_django

    load_django()
    from django.conf import settings
    from django.db import transaction

    from barnraise.plumbing.imports.services import run
    from barnraise.plumbing.jobs.sockets import handlers

    run.STEP = STEP
    crash = Path(settings.DATA) / "crash"
    plain = handlers.get("imports.run")

    def end() -> None:
        try:
            crash.unlink()
        except FileNotFoundError:
            return
        os._exit(137)

    def step(job: Any) -> Any:
        if crash.exists():
            transaction.on_commit(end)
        return plain(job)

    handlers._plugs["imports.run"] = (100, step)


def begin(name: str) -> None:
    """Make the house ready, give the file, start its import."""
    from barnraise.config.prepare import prepare as make_ready
    from barnraise.plumbing.imports import services

    make_ready(static=True, say=lambda line: None)
    with Path(name).open("rb") as file:
        batch = services.give(files=[file], by=None)
    services.start_run(batch=batch, by=None)


def picture(name: str) -> None:
    """Every table; keys are told by the place of their row, in the order rows were made."""
    from django.apps import apps
    from django.db import models

    from barnraise.plumbing.jobs.models import Job

    wanted = [
        m for m in apps.get_models(include_auto_created=True) if m._meta.label_lower not in _BOOKKEEPING
    ]
    ranks = {
        m._meta.label_lower: {
            key: n for n, key in enumerate(m._default_manager.order_by("pk").values_list("pk", flat=True))
        }
        for m in wanted
    }

    def told(field: Any, value: Any, row: dict[str, Any]) -> Any:
        if value is None:
            return None
        if field.is_relation:
            return ranks.get(field.related_model._meta.label_lower, {}).get(value, str(value))
        if field.name == "key" and isinstance(field, models.BigIntegerField):
            kind = row.get("kind") or ""  # a finding's kind is "new" or the like, its key an organisation's
            return ranks[kind if kind in ranks else "organisations.organisation"].get(value, value)
        if isinstance(field, models.JSONField):
            return _INSTANT.sub("…", json.dumps(value, sort_keys=True))
        return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)

    found: dict[str, Any] = {}
    for model in wanted:
        fields = [
            f
            for f in model._meta.concrete_fields
            if not (f.primary_key or isinstance(f, models.DateTimeField | models.UUIDField))
        ]
        rows = model._default_manager.order_by("pk").values(*(f.attname for f in fields))
        lines = [json.dumps([told(f, row[f.attname], row) for f in fields]) for row in rows]
        if lines:
            found[model._meta.label_lower] = lines
    found["jobs"] = [
        # A chore may have started a job of its own meanwhile; the import's is what is compared.
        json.dumps([job.handler, job.state, job.done, job.result])
        for job in Job.objects.filter(handler="imports.run").order_by("pk")
    ]
    Path(name).write_text(json.dumps(found))


def main() -> None:
    """One of the three."""
    prepare()
    what, *rest = sys.argv[1:]
    if what == "up":
        from barnraise.config.commands import main as command

        raise SystemExit(command(["up", "--port", rest[0]]))
    {"begin": begin, "picture": picture}[what](*rest)


if __name__ == "__main__":
    main()
