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


def taken_back_in(capsys, browser, address, path, noun):
    """What the command says when the list at this address is taken in again as it went out."""
    answer = browser.get(f"{address}?export=csv")
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    path.write_bytes(content)
    return command(capsys, "import", path, "--kind", noun, "--date-order", "ymd")


def write(path, text, encoding="utf-8"):
    """A file with this text."""
    path.write_bytes(text.encode(encoding))
    return path
