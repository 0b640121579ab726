"""Tags stick once, are governed in one place, and what was done in bulk can be undone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, Entry
from barnraise.plumbing.journal.services import close_change_set, open_change_set, undo
from barnraise.plumbing.journal.services.undo import undo_batch
from barnraise.plumbing.tags import selectors, services
from barnraise.plumbing.tags.models import Tag, Tagging

KIND = "fair.shop"


def shop(key):
    return Ref("fair", "shop", key)


def names(key):
    return [tag.name for tag in selectors.tags_of(KIND, [key])[key]]


def told(verb):
    """(who, what it is about, names) of the entries with this verb."""
    return [
        (
            str(e.by),
            sorted(f"{m.kind}:{m.key}" for m in e.mentions.all() if m.kind == KIND),
            e.data.get("names"),
        )
        for e in Entry.objects.filter(verb=verb).order_by("id")
    ]


def test_a_tag_is_the_same_in_any_writing_and_sticks_once(alice, bob):
    assert [t.name for t in services.add(to=shop(1), names=["Café", " food  bank "], by=alice)] == [
        "Café",
        "food bank",
    ]
    assert services.add(to=shop(1), names=["CAFE", "Food Bank"], by=bob) == []
    assert names(1) == ["Café", "food bank"]
    assert Tag.objects.count() == 2
    assert told("tags.added") == [("Alice", ["fair.shop:1"], "Café, food bank")]


def test_tags_come_off_and_can_be_replaced(alice):
    services.add(to=shop(1), names=["a", "b"], by=alice)
    assert [t.name for t in services.remove(of=shop(1), names=["B", "never"], by=alice)] == ["b"]
    added, gone = services.replace(on=shop(1), names=["c", "d"], by=alice)
    assert ([t.name for t in added], [t.name for t in gone]) == (["c", "d"], ["a"])
    assert names(1) == ["c", "d"]
    assert told("tags.taken_off") == [("Alice", ["fair.shop:1"], "b"), ("Alice", ["fair.shop:1"], "a")]


@pytest.mark.parametrize("name", ["", "  ", ",", "x" * 61, "\0"])
def test_a_bad_name_is_refused_and_nothing_is_made(alice, name):
    with pytest.raises(ValidationError):
        services.create(name=name, by=alice)
    assert (Tag.objects.count(), Entry.objects.count()) == (0, 0)


def test_many_things_are_tagged_in_few_queries_and_untagged_by_undo(alice, django_assert_max_num_queries):
    services.add(to=shop(3), names=["river"], by=alice)
    done = open_change_set(by=alice, verb="fair.tagged")
    with django_assert_max_num_queries(30):
        assert (
            services.tag_many(
                kind=KIND, keys=range(1, 401), names=["river", "new"], by=alice, change_set=done
            )
            == 799
        )
    close_change_set(change_set=done)
    assert names(3) == names(400) == ["new", "river"]
    assert Change.objects.filter(change_set=done, kind="tags.tagging").count() == 799
    before = None
    while (step := undo_batch(change_set=done, by=alice, before=before)).before is not None:
        before = step.before
    assert list(Tagging.objects.values_list("key", "tag__name")) == [(3, "river")]


def test_untagging_many_is_undone(alice):
    services.tag_many(kind=KIND, keys=[1, 2], names=["x"], by=alice)
    done = open_change_set(by=alice, verb="fair.untagged")
    assert services.untag_many(kind=KIND, keys=[1, 2, 9], names=["x", "y"], by=alice, change_set=done) == 2
    close_change_set(change_set=done)
    assert names(1) == []
    undo(change_set=done, by=alice)
    assert (names(1), names(2)) == (["x"], ["x"])


def test_a_merge_moves_every_thing_once_and_can_be_undone(alice):
    services.tag_many(kind=KIND, keys=[1, 2], names=["farm"], by=alice)
    services.tag_many(kind=KIND, keys=[2, 3], names=["farms"], by=alice)
    keep, absorb = selectors.tag_by_name("farm"), selectors.tag_by_name("farms")
    assert selectors.shared_uses(keep, absorb) == 1
    assert services.merge(keep=keep, absorb=absorb, by=alice) == 1
    assert [names(key) for key in (1, 2, 3)] == [["farm"]] * 3
    assert list(Tag.objects.values_list("name", flat=True)) == ["farm"]
    entry = Entry.objects.get(verb="tags.merged")
    assert told("tags.merged")[0][1] == ["fair.shop:2", "fair.shop:3"]
    undo(change_set=entry.change_set, by=alice)
    assert [names(key) for key in (1, 2, 3)] == [["farm"], ["farm", "farms"], ["farms"]]


def test_merging_a_tag_with_itself_is_refused(alice):
    tag = services.create(name="one", by=alice)
    with pytest.raises(ValidationError):
        services.merge(keep=tag, absorb=tag, by=alice)
    assert list(Tag.objects.values_list("name", flat=True)) == ["one"]


def test_a_removed_tag_leaves_its_things_and_comes_back_by_undo(alice):
    services.tag_many(kind=KIND, keys=[1, 2], names=["gone"], by=alice)
    assert services.remove_tag(tag=selectors.tag_by_name("gone"), by=alice) == 2
    assert (names(1), Tag.objects.count()) == ([], 0)
    undo(change_set=Entry.objects.get(verb="tags.removed").change_set, by=alice)
    assert (names(1), names(2)) == (["gone"], ["gone"])


def test_things_that_merge_or_go_take_their_tags_along(alice):
    services.tag_many(kind=KIND, keys=[1, 2], names=["both"], by=alice)
    services.add(to=shop(2), names=["second"], by=alice)
    assert services.carry_over(keep=shop(1), absorb=shop(2)) == 1
    assert (names(1), names(2)) == (["both", "second"], [])
    assert services.forget(kind=KIND, keys=[1]) == 2
    assert Tagging.objects.count() == 0


def test_selectors_say_who_carries_what(alice):
    services.tag_many(kind=KIND, keys=[1, 2], names=["a"], by=alice)
    services.add(to=shop(2), names=["b"], by=alice)
    tag = selectors.tag_by_name("A")
    assert set(selectors.tagged(KIND, tag)) == {1, 2}
    assert selectors.tags_of(KIND, [1, 5]) == {1: [tag], 5: []}
    assert [(t.name, t.uses) for t in selectors.with_counts()] == [("a", 2), ("b", 1)]
    assert selectors.suggestions() == ["a", "b"]
    assert selectors.uses_by_kind(tag) == {KIND: 2}


def test_a_coordinator_renames_merges_and_removes_on_pages(alice, logged_in):
    services.tag_many(kind=KIND, keys=[1, 2], names=["farm"], by=alice)
    services.tag_many(kind=KIND, keys=[2, 3], names=["Farms"], by=alice)
    browser: Client = logged_in(alice)
    one, other = selectors.tag_by_name("farm"), selectors.tag_by_name("farms")
    assert browser.get("/settings/tags/").status_code == 200
    taken = browser.post(f"/settings/tags/{one.uuid}/change/", {"name": "FARMS", "description": ""})
    assert taken.status_code == 422
    assert "merge the two instead" in taken.text
    browser.post(f"/settings/tags/{one.uuid}/change/", {"name": "Farming", "description": "Grows food"})
    assert names(1) == ["Farming"]
    preview = browser.get(f"/settings/tags/{other.uuid}/merge/", {"into": "farming"})
    assert "This is what will happen" in preview.text
    assert Tag.objects.count() == 2
    assert browser.post(f"/settings/tags/{other.uuid}/merge/", {"into": "nothing"}).status_code == 422
    browser.post(f"/settings/tags/{other.uuid}/merge/", {"into": "farming"})
    assert (names(3), Tag.objects.count()) == (["Farming"], 1)
    assert "3 things" in browser.get(f"/settings/tags/{one.uuid}/remove/").text
    browser.post(f"/settings/tags/{one.uuid}/remove/")
    assert Tag.objects.count() == 0


def test_who_may_not_govern_changes_nothing(alice, bob, vera, petra, logged_in):
    tag = services.create(name="stays", by=alice)
    before = Entry.objects.count()
    for account in (bob, vera, petra, None):
        browser = logged_in(account)
        for act in ("change", "merge", "remove"):
            answer = browser.post(f"/settings/tags/{tag.uuid}/{act}/", {"name": "x", "into": "stays"})
            assert answer.status_code == (302 if account is None else 403)
    assert logged_in(vera).get("/settings/tags/").status_code == 200
    assert logged_in(petra).get("/settings/tags/").status_code == 403
    assert logged_in(vera).post("/settings/tags/new/", {"name": "v"}).status_code == 403
    assert logged_in(bob).post("/settings/tags/new/", {"name": "bobs"}).status_code == 302
    assert list(selectors.all_tags().values_list("name", flat=True)) == ["bobs", "stays"]
    assert Entry.objects.count() == before + 1
