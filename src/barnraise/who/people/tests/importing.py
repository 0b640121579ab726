"""Shared by the import tests: files in by the command line, what there is afterwards."""

from __future__ import annotations

import json

from barnraise.config.commands import main
from barnraise.plumbing.search.models import SearchDocument
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person
from barnraise.who.people.selectors import snapshot


def command(capsys, *arguments):
    """The command's answer; it must succeed."""
    assert main([*map(str, arguments), "--json"]) == 0, capsys.readouterr()
    return json.loads(capsys.readouterr().out)


def everything():
    """All there is, without what changes by itself."""
    people = snapshot(list(Person.objects.values_list("pk", flat=True)))
    for one in people.values():
        one.pop("updated_at"), one.pop("source_at")
    return {
        "people": people,
        "organisations": sorted(Organisation.objects.values_list("pk", "name")),
        "search": sorted(SearchDocument.objects.values_list("kind", "key", "title", "words")),
    }


def write(path, text, encoding="utf-8"):
    """A file with this text."""
    path.write_bytes(text.encode(encoding))
    return path
