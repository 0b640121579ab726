"""One box over everything: found by words, beginnings, identifiers and likeness; never more than one may see."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barnraise.foundation.policy import leads, team
from barnraise.plumbing.search import services
from barnraise.plumbing.search.models import SearchDocument
from barnraise.plumbing.search.selectors import find, find_by_kind, holding
from barnraise.plumbing.search.sockets import Document, Documents, documents

SHOPS = "fair.shop"
PEOPLE = "fair.person"


@contextmanager
def fair(shops=(), people=(), shops_policy=team, people_policy=team):
    """A house with two kinds of things, indexed."""
    rows = {SHOPS: {d.key: d for d in shops}, PEOPLE: {d.key: d for d in people}}

    def plug(kind, policy):
        return Documents(
            noun=kind,
            read=lambda keys: [rows[kind][key] for key in keys if key in rows[kind]],
            policy=policy,
            after=lambda key, most: sorted(k for k in rows[kind] if k > key)[:most],
            count=lambda: len(rows[kind]),
        )

    with ExitStack() as stack:
        stack.enter_context(documents.plugged(SHOPS, plug(SHOPS, shops_policy)))
        stack.enter_context(documents.plugged(PEOPLE, plug(PEOPLE, people_policy)))
        services.index(SHOPS, rows[SHOPS])
        services.index(PEOPLE, rows[PEOPLE])
        yield rows


TOWN = [
    Document(
        1, "Riverbend Food Bank", "Feeds families in the east of the county.", identifiers=["12-3456789"]
    ),
    Document(2, "Peña Café Solidario", "Comida para todos"),
    Document(3, "Food for Thought", "A reading circle"),
    Document(4, "St. Mary's Hospital Auxiliary", "Volunteers"),
    Document(5, "Hillside Bank Museum", "Old vaults and food stalls; call 555-0199."),
]


def titles(text, actor, **options):
    return [hit.title for hit in find(text, actor=actor, **options)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Riverbend Food Bank", "Riverbend Food Bank"),
        ("riverbend", "Riverbend Food Bank"),
        ("foo ban riv", "Riverbend Food Bank"),
        ("pena cafe", "Peña Café Solidario"),
        ("PEÑA", "Peña Café Solidario"),
        ("St Marys", "St. Mary's Hospital Auxiliary"),
        ("st. mary’s hosp", "St. Mary's Hospital Auxiliary"),
        ("hopsital auxilary", "St. Mary's Hospital Auxiliary"),
        ("rivrebend", "Riverbend Food Bank"),
        ("solidaro", "Peña Café Solidario"),
        ("12-3456789", "Riverbend Food Bank"),
        ("123456789", "Riverbend Food Bank"),
        ("12 345 6789", "Riverbend Food Bank"),
        ("555-0199", "Hillside Bank Museum"),
        ("5550199", "Hillside Bank Museum"),
        ("vaults", "Hillside Bank Museum"),
        ("reading circle", "Food for Thought"),
    ],
)
def test_what_was_meant_comes_first(alice, text, first):
    with fair(TOWN):
        assert titles(text, alice)[:1] == [first]


def test_titles_that_begin_so_come_before_words_and_words_before_text(alice):
    with fair(TOWN):
        hits = find("food", actor=alice)
    assert [(hit.title, hit.score > 60) for hit in hits] == [
        ("Food for Thought", True),
        ("Riverbend Food Bank", True),
        ("Hillside Bank Museum", True),
    ]
    assert hits[1].snippet == "Feeds families in the east of the county."
    assert str(hits[1].ref) == "fair.shop:1"


def test_nothing_alike_is_nothing(alice):
    with fair(TOWN):
        assert titles("zyxwvut", alice) == []
        assert titles("", alice) == titles("  ", alice) == titles("!?", alice) == []


def test_labels_and_policies_keep_things_from_who_may_not_see_them(alice, bob, vera, petra):
    secret = [
        Document(1, "Concern about the mayor", "quiet", visibility="leads"),
        Document(2, "Concern for trees"),
    ]
    with fair(secret, people=[Document(9, "Concerned Citizen")], people_policy=leads):
        assert titles("concern", alice) == [
            "Concern for trees",
            "Concern about the mayor",
            "Concerned Citizen",
        ]
        assert titles("concern", bob) == ["Concern for trees"]
        assert titles("quiet", bob) == []
        assert titles("cocnern about the mayro", alice) == ["Concern about the mayor"]
        assert titles("cocnern about the mayro", bob) == []
        assert titles("concern", vera) == ["Concern for trees"]
        assert titles("concern", petra) == []


def test_results_come_by_kind_and_can_be_narrowed(alice):
    with fair(TOWN, people=[Document(7, "Rivera Banks"), Document(8, "Foodora Smith")]):
        grouped = find_by_kind("food", actor=alice, each=2)
        assert [(kind, [hit.title for hit in hits]) for kind, hits in grouped] == [
            (SHOPS, ["Food for Thought", "Riverbend Food Bank"]),
            (PEOPLE, ["Foodora Smith"]),
        ]
        assert titles("food", alice, kinds=[PEOPLE]) == ["Foodora Smith"]
        assert titles("food", alice, kinds=["no.such"]) == []


def test_an_update_is_found_by_its_new_words_only(alice):
    with fair(TOWN) as rows:
        rows[SHOPS][1] = Document(1, "Lakeside Pantry", "Renamed")
        assert services.index(SHOPS, [1]) == 1
        assert titles("lakeside", alice) == ["Lakeside Pantry"]
        assert titles("riverbend", alice) == []
        assert titles("12-3456789", alice) == []
        del rows[SHOPS][1]
        assert services.index(SHOPS, [1]) == 0
        assert titles("lakeside", alice) == []
        assert services.remove(SHOPS, [2, 3, 99]) == 2
        assert SearchDocument.objects.count() == 2


def test_unchanged_documents_are_not_written_again(alice):
    with fair(TOWN):
        before = dict(SearchDocument.objects.values_list("key", "updated_at"))
        services.index(SHOPS, [1, 2, 3, 4, 5])
        assert dict(SearchDocument.objects.values_list("key", "updated_at")) == before


def test_an_unknown_label_is_refused_and_nothing_is_written(db):
    with fair(TOWN) as rows:
        rows[SHOPS][6] = Document(6, "Odd", visibility="everybody")
        with pytest.raises(ValueError, match=r"fair\.shop:6 carries the visibility 'everybody'"):
            services.index(SHOPS, [6])
        assert not SearchDocument.objects.filter(key=6).exists()


def test_thousands_of_documents_in_one_call(alice, django_assert_max_num_queries):
    with fair() as rows:
        rows[SHOPS].update({key: Document(key, f"Shop number {key:05d}") for key in range(1, 3501)})
        with django_assert_max_num_queries(20):
            assert services.index(SHOPS, range(1, 3501)) == 3500
        hits = find("shop 03333", actor=alice)
        assert [hit.title for hit in hits if hit.score > 60] == ["Shop number 03333"]


@given(
    st.one_of(
        st.text(max_size=60), st.text(alphabet="\"'*():^-+&|!\\<> ABCNOTNEARorand\0%_{}é😀", max_size=80)
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_question_and_never_a_command(alice, text):
    with fair(TOWN):
        for hit in find(text, actor=alice):
            assert 0 <= hit.score <= 100


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "food " * 3000,
        "\0",
        "\0food",
        "😀😀😀😀",
        '"food" OR *',
        "𞤀𞤁𞤂𞤃",
        "a" * 59 + "1",
        "ação ﬁ ǆ",
    ],
)
def test_long_and_odd_texts_are_answered(alice, text):
    with fair(TOWN):
        assert isinstance(find(text, actor=alice), list)


@pytest.mark.parametrize(
    "title", ["Ελληνικός Σύλλογος", "Общество друзей", "جمعية الخير", "東京食料銀行協会"]
)
def test_other_scripts_are_found_too(alice, title):
    with fair([*TOWN, Document(70, title)]):
        assert titles(title, alice)[:1] == [title]
        assert titles(title[:4], alice)[:1] == [title]
        if " " in title:
            assert titles(title[:3] + title[4:], alice)[:1] == [title]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ood", [1, 3]),
        ("FOOD", [1, 3]),
        ("mary's hosp", [4]),
        ("peñ", [2]),
        ("bank", [1, 5]),
        ("zzyzx", []),
        ("mu", [5]),
        ("fé", [2]),
        ("qz", []),
    ],
)
def test_titles_that_hold_letters_inside_are_told_by_their_keys(db, text, keys):
    with fair(shops=TOWN):
        assert sorted(holding(text, kind=SHOPS, most=10)) == keys
        assert holding(text, kind=PEOPLE, most=10) == []
        assert len(holding(text, kind=SHOPS, most=1)) == min(len(keys), 1)


@pytest.mark.parametrize("text", ["", "x", "- . !", "a b"])
def test_no_index_tells_of_single_letters(db, text):
    with fair(shops=TOWN):
        assert holding(text, kind=SHOPS, most=10) is None


@given(st.text(min_size=2, max_size=8), st.integers(0, 30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_title_that_holds_the_letters_is_left_out(db, text, at):
    title = (TOWN[at % 5].title[:at] + text + TOWN[at % 5].title[at:])[:290]
    with fair(shops=[Document(9, title, "")]):
        found = holding(text, kind=SHOPS, most=10)
        assert found is None or found == [9]
        SearchDocument.objects.all().delete()
