"""What a new edition changes: the source changes what it changed itself, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from barnraise.plumbing.imports.merging import canonical, digest, merge

NAMES = st.sampled_from(["name", "city", "note", "year"])
VALUES = st.one_of(st.none(), st.just(""), st.integers(0, 3), st.sampled_from(["a", "b", "c"]))
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)
ITEMS = st.lists(st.sampled_from(["x", "y", "z", "w"]), unique=True, max_size=4)


@given(RECORDS, RECORDS)
def test_what_the_source_says_again_changes_nothing(current, said):
    merged = merge(current, said, said, drops_blank=True)
    assert merged.document == {}
    assert merged.changes == {}


@given(RECORDS, RECORDS, st.booleans())
def test_an_untouched_record_follows_its_source(said, new, drops_blank):
    merged = merge(said, said, new, drops_blank=drops_blank)
    after = {**said, **merged.document}
    assert merged.kept == {}
    for name, value in new.items():
        if value not in (None, "") or (drops_blank and name in said):
            assert canonical(after.get(name)) == canonical(value) or (
                value in (None, "") and after.get(name) in (None, "")
            )


@given(RECORDS, RECORDS, RECORDS)
def test_what_a_person_changed_stays_and_is_told(said, current, new):
    merged = merge(current, said, new, drops_blank=True)
    for name, value in current.items():
        was_touched = canonical(value) != canonical(said.get(name)) and value not in (None, "")
        if was_touched and name in new:
            assert name not in merged.document
            is_disputed = canonical(new[name]) not in {canonical(value), canonical(said.get(name))}
            assert (name in merged.kept) == (
                is_disputed and not (new[name] in (None, "") and name not in said)
            ) or (new[name] in (None, ""))


@given(RECORDS, RECORDS, RECORDS)
def test_merging_twice_is_merging_once(said, current, new):
    first = merge(current, said, new, drops_blank=True)
    after = {**current, **first.document}
    assert merge(after, new, new, drops_blank=True).document == {}


@given(ITEMS, ITEMS, ITEMS)
def test_lists_keep_what_others_added_and_lose_what_the_source_dropped(said, added, new):
    current = list(dict.fromkeys([*said, *added]))
    merged = merge({"tags": current}, {"tags": said}, {"tags": new}, drops_blank=True)
    after = set({"tags": current, **merged.document}["tags"])
    assert after == (set(current) - (set(said) - set(new))) | set(new)


def test_without_a_word_of_before_the_source_writes_but_never_blanks():
    merged = merge({"name": "Old", "city": "Here"}, None, {"name": "New", "city": ""}, drops_blank=True)
    assert merged.document == {"name": "New"}
    assert merged.changes == {"name": ("Old", "New")}


def test_facts_are_merged_code_by_code():
    merged = merge(
        {"facts": {"A": "1", "B": "mine", "C": "3", "OTHER": "x"}},
        {"facts": {"A": "1", "B": "2", "C": "3"}},
        {"facts": {"A": "9", "B": "8"}},
        drops_blank=True,
    )
    assert merged.document == {"facts": {"A": "9", "B": "mine", "OTHER": "x"}}
    assert merged.changes == {"facts.A": ("1", "9"), "facts.C": ("3", None)}
    assert merged.kept == {"facts.B": ("mine", "8")}


def test_a_person_s_correction_within_an_item_stays():
    said = [{"kind": "postal", "city": "Caspar", "lat": None}]
    now = [{"kind": "postal", "city": "Casper", "lat": 42.8}]
    new = [{"kind": "postal", "city": "Caspar", "lat": None}]
    merged = merge({"at": now}, {"at": said}, {"at": new}, drops_blank=True, same=lambda _n, i: i["kind"])
    assert merged.document == {}
    assert merged.kept == {}


def test_zero_is_not_blank():
    assert merge({"n": 5}, {"n": 5}, {"n": 0}, drops_blank=False).document == {"n": 0}
    assert merge({"n": 5}, {"n": 5}, {"n": None}, drops_blank=False).document == {}
    assert merge({"n": 5}, {"n": 5}, {"n": None}, drops_blank=True).document == {"n": None}


def test_digests_tell_texts_apart():
    assert digest('{"a":1}') == digest('{"a":1}')
    assert digest('{"a":1}') != digest('{"a":"1"}')
    assert len(digest("")) == 16
