"""Interactions follow merges, their undo, exports and erasures."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.services import keep as keep_file
from barnraise.plumbing.journal.models import Change, Entry, Mention
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.search.models import SearchDocument
from barnraise.who.interactions.models import Heard, Interaction, InteractionPerson, MailProposal, NextStep
from barnraise.who.interactions.services import (
    add_next_step,
    log_interaction,
    propose,
    remove_interaction,
)
from barnraise.who.interactions.services.following import without
from barnraise.who.people.models import Person
from barnraise.who.people.services import erase_person, export_person, merge_people

MAY = datetime(2026, 5, 3, 14, 0, tzinfo=UTC)


def _with(person):
    rows = InteractionPerson.objects.filter(person_id=person.pk).order_by("interaction__text")
    return list(rows.values_list("interaction__text", flat=True))


def _heard(person):
    row = Heard.objects.filter(person_id=person.pk).first()
    return row and (row.last_at, row.count)


def test_a_merge_hands_on_and_its_undo_hands_back(ana, bert, alice):
    log_interaction(by=alice, text="a", people=[ana], happened_at=MAY)
    log_interaction(by=alice, text="b", people=[bert], happened_at=MAY + timedelta(days=1))
    log_interaction(by=alice, text="c", people=[ana, bert], happened_at=MAY - timedelta(days=1))
    step = add_next_step(by=alice, text="Call", person=bert)
    done = merge_people(keep=ana, absorb=bert, by=alice)
    assert _with(ana) == ["a", "b", "c"]
    assert _heard(ana) == (MAY + timedelta(days=1), 3)
    assert NextStep.objects.get(pk=step.pk).person_id == ana.pk
    assert Heard.objects.count() == 1
    undo(change_set=done, by=alice)
    assert (_with(ana), _with(bert)) == (["a", "c"], ["b", "c"])
    assert (_heard(ana), _heard(bert)) == ((MAY, 2), (MAY + timedelta(days=1), 2))
    assert NextStep.objects.get(pk=step.pk).person_id == bert.pk


def test_an_export_tells_everything(ana, bert, alice):
    log_interaction(by=alice, kind="call", text="Open.", people=[ana], happened_at=MAY)
    log_interaction(by=alice, text="Closed.", people=[ana], happened_at=MAY, visibility="coordinators")
    log_interaction(by=alice, text="Not about her.", people=[bert])
    add_next_step(by=alice, text="Send the flyer", person=ana)
    told = json.loads(json.dumps(export_person(ana, by=alice), default=str))
    whole = json.dumps(told)
    assert all(words in whole for words in ("Open.", "Closed.", "Send the flyer"))
    assert "Not about her." not in whole


def test_an_erasure_leaves_nothing_that_tells_who_it_was(ana, bert, pantry, alice):
    own = log_interaction(by=alice, text="Only Ana", people=[ana], happened_at=MAY)
    paper = io.BytesIO(b"of ana\n")
    paper.name = "ana.txt"
    keep_file(paper, by=alice, about=Ref.to(own))
    shared = log_interaction(
        by=alice, subject="Ana Ruiz", text="ANA and Bert (ana@example.org), not Anabel.", people=[ana, bert]
    )
    kept = log_interaction(
        by=alice, text="With the pantry: Ruiz called.", people=[ana], organisations=[pantry]
    )
    for row, name in ((shared, "Ana_Ruiz and Bert.txt"), (shared, "plan.txt"), (kept, "letter.txt")):
        paper = io.BytesIO(f"{name} of ana\n".encode())
        paper.name = name
        keep_file(paper, by=alice, about=Ref.to(row), alt_text="From Ana Ruiz", visibility="team")
    add_next_step(by=alice, text="Call Ana", person=ana)
    both = add_next_step(by=alice, text="Ask Ana for the key", person=ana, organisation=pantry)
    propose(shared, unknown=[("ana@example.org", "Ana", "cc")], by=alice)
    removed = log_interaction(by=alice, text="Removed Ana", people=[ana])
    remove_interaction(removed, by=alice)
    erase_person(ana, by=alice)
    assert not Person.objects.filter(pk=ana.pk).exists()
    assert {row.pk: (row.subject, row.text) for row in Interaction.objects.all()} == {
        shared.pk: ("…", "… and Bert (…), not Anabel."),
        kept.pk: ("", "With the pantry: … called."),
    }
    assert [(row.pk, row.text, row.person_id) for row in NextStep.objects.all()] == [
        (both.pk, "Ask … for the key", None)
    ]
    # Files of notes that were with no other person go with the person; those that others share stay, without the name.
    assert list(File.objects.order_by("pk").values_list("key", "name", "alt_text")) == [
        (shared.pk, "…_… and Bert.txt", "From …"),
        (shared.pk, "plan.txt", "From …"),
    ]
    assert MailProposal.objects.count() == 0
    assert Heard.objects.filter(organisation=pantry).get().count == 1
    stores = [
        *SearchDocument.objects.values_list("title", "words"),
        *Change.objects.values_list("before", "after"),
        *Mention.objects.values_list("title"),
        *Entry.objects.values_list("data"),
    ]
    assert not [one for one in stores if "ana" in str(one).lower().replace("anabel", "")]


def test_names_are_taken_out_where_they_stand_alone():
    assert without("Ruiz, RUIZ and Ruizes", ["Ruiz"]) == "…, … and Ruizes"
    assert without("a+b@x.org (a+b@x.org)", ["a+b@x.org"]) == "… (…)"
    assert without("nothing", []) == "nothing"
