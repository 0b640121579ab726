"""A person who was erased after a backup is not there again when that backup is put in place."""

from __future__ import annotations

import json

ADD = """
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import register_person
for name in ("Ana", "Bo"):
    mailbox = Reach("email", f"{name.lower()}@example.org")
    register_person(PersonDocument(given_name=name, contacts=(mailbox,)), by=None)
print(1)
"""
ERASE = """
from barnraise.who.people.models import Person
from barnraise.who.people.services import erase_person
erase_person(Person.objects.get(given_name="Ana"), by=None)
print(1)
"""
WHO = """
from barnraise.who.people.models import Erasure, Person
print(json.dumps([sorted(Person.objects.values_list("given_name", flat=True)), Erasure.objects.count()]))
"""


def test_a_restore_erases_again(house, tmp_path):
    house.prepare()
    house.python(ADD)
    file = tmp_path / "before.zip"
    assert house.run("backup", str(file)).returncode == 0
    house.python(ERASE)
    assert house.python(WHO) == [["Bo"], 1]
    record = (house.data / "erasures.jsonl").read_text()
    assert "ana" not in record.lower()
    restored = house.run("restore", str(file), "--replace")
    assert restored.returncode == 0, restored.stderr
    assert house.python(WHO) == [["Bo"], 1]
    assert [
        json.loads(line)["uuid"] for line in (house.data / "erasures.jsonl").read_text().splitlines()
    ] == [json.loads(record)["uuid"]]
