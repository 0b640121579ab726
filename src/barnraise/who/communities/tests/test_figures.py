"""Figures by hand: what is kept, what is refused, what the pages say, and how it is taken back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from barnraise.foundation.periods import parse
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.services import undo
from barnraise.who.communities import selectors, services
from barnraise.who.communities.models import Figure, Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(alice):
    county = services.register_community(
        name="Willow County", kind="county", identifiers=[("FIPS", "39089")], by=alice
    )
    return services.register_community(name="Old Mill", parent=county, by=alice)


@pytest.fixture
def diabetes(alice):
    return services.add_measure(
        publisher="State Data Center",
        name="Adults with diabetes",
        unit="%",
        direction="lower",
        category="Health",
        by=alice,
    )


def _figure(place, measure, by, year="2023", value="16.1", **other):
    return services.add_figure(
        place,
        measure=measure,
        period=parse(year),
        value=value and Decimal(value),
        source="State Data Center",
        by=by,
        **other,
    )


def _plain(page):
    return re.sub(r"<[^>]+>", "", page)


def test_a_figure_is_added_by_a_form_with_source_and_period(place, diabetes, bob, logged_in):
    client = logged_in(bob)
    add = reverse("communities:add_figure")
    given = {
        "about": f"c{place.pk}",
        "measure": str(diabetes.pk),
        "period": "2021-2023",
        "value": "16.1",
        "source": "State Data Center",
        "edition": "2024",
        "low": "13.7",
        "high": "18.5",
        "benchmark": "11.5",
        "benchmark_name": "Ohio",
    }
    shown = client.get(f"{add}?community={place.uuid}&measure={diabetes.uuid}").content.decode()
    assert re.search(rf'<option value="c{place.pk}"[^>]* selected', shown)
    assert re.search(rf'<option value="{diabetes.pk}"[^>]* selected', shown)
    response = client.post(add, given)
    row = Figure.objects.get()
    assert response["Location"] == reverse("communities:series", args=[place.uuid, diabetes.uuid])
    assert (row.value, row.low, row.high, row.benchmark) == (
        Decimal("16.1"), Decimal("13.7"), Decimal("18.5"), Decimal("11.5"),
    )  # fmt: skip
    assert (row.begins_on, row.ends_on, row.edition) == (date(2021, 1, 1), date(2023, 12, 31), "2024")
    entry = Entry.objects.order_by("-id").first()
    assert (entry.verb, entry.by) == ("communities.figure_added", bob)
    page = client.get(place.get_absolute_url()).content.decode()
    assert "Adults with diabetes" in page
    assert "13.7–18.5" in page
    assert "worse than Ohio" in _plain(page)
    assert "2021–2023" in page
    timeline = client.get(
        reverse("journal:thing", args=[f"communities.community:{place.pk}"])
    ).content.decode()
    assert "16.1 % (2021–2023)" in _plain(timeline)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"value": ""}, "value", "say below why it is not known"),
        ({"value": "3", "reason": "suppressed"}, "reason", "There is a value"),
        ({"period": "last year"}, "period", "Write a year (2023)"),
        ({"source": ""}, "source", "This field is required"),
        ({"low": "5", "high": "4"}, "high", "lies above the upper end"),
        ({"benchmark": "5"}, "benchmark_name", "Name the benchmark"),
        ({"about": "c999999"}, "about", "Select a valid choice"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused_at_its_field(
    change, field, words, place, diabetes, bob, logged_in
):
    given = {
        "about": f"c{place.pk}",
        "measure": str(diabetes.pk),
        "period": "2023",
        "value": "3",
        "source": "Office",
    }
    response = logged_in(bob).post(reverse("communities:add_figure"), {**given, **change})
    assert response.status_code == 422
    assert any(words in str(error) for error in response.context["form"].errors[field])
    assert Figure.objects.count() == 0


def test_the_same_figure_is_not_kept_twice(place, diabetes, bob, logged_in):
    _figure(place, diabetes, bob)
    with pytest.raises(ValidationError, match="for this community already"):
        _figure(place, diabetes, bob, value="3")
    _figure(place, diabetes, bob, year="2024")
    assert list(Figure.objects.values_list("value", flat=True)) == [Decimal("16.1")] * 2
    _figure("US-OH", diabetes, bob)
    with pytest.raises(ValidationError, match="for this area already"):
        _figure("US-OH", diabetes, bob)
    assert Figure.objects.filter(area="US-OH").count() == 1
    with pytest.raises(ValidationError, match="no wider area"):
        _figure("US-XX", diabetes, bob)


def test_what_is_not_known_is_named_and_never_zero(place, diabetes, bob, logged_in):
    _figure(place, diabetes, bob, year="2022", value="0")
    _figure(place, diabetes, bob, value=None, reason="suppressed")
    client = logged_in(bob)
    page = client.get(place.get_absolute_url()).content.decode()
    assert "not known: withheld" in page
    assert "has no known value in its newest period" in page
    csv = b"".join(client.get(reverse("communities:measure_csv", args=[diabetes.uuid]))).decode().splitlines()
    assert csv[1].startswith("Old Mill,,2022-01-01,2022-12-31,0,%,,")
    assert csv[2].startswith("Old Mill,,2023-01-01,2023-12-31,,%,suppressed,")
    with pytest.raises(ValidationError, match="say why it is not known"):
        _figure(place, diabetes, bob, year="2021", value=None)


def test_a_figure_is_changed_and_removed_and_the_removal_undone(place, diabetes, bob, alice, logged_in):
    row = _figure(place, diabetes, bob, low=Decimal("13.7"), high=Decimal("18.5"), note="From the survey")
    client = logged_in(bob)
    form = client.get(reverse("communities:change_figure", args=[row.uuid])).context["form"]
    given = {name: value for name, value in form.initial.items() if value not in (None, False)}
    assert (
        client.post(
            reverse("communities:change_figure", args=[row.uuid]), {**given, "value": "16.4"}
        ).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.value, row.low, row.note) == (Decimal("16.4"), Decimal("13.7"), "From the survey")
    changed = Entry.objects.order_by("-id").first()
    assert changed.data["changes"] == {"value": ["16.1", "16.4"]}
    before = selectors.figures_of(place)[0].__dict__
    client.post(reverse("communities:remove_figure", args=[row.uuid]))
    assert Figure.objects.count() == 0
    change_set = Entry.objects.order_by("-id").first().change_set
    undo(change_set=change_set, by=alice)
    after = selectors.figures_of(place)[0].__dict__
    hidden = {"_state", "updated_at"}
    assert {k: v for k, v in after.items() if k not in hidden} == {
        k: v for k, v in before.items() if k not in hidden
    }


def test_many_figures_are_removed_together_and_come_back(place, diabetes, bob, alice, logged_in):
    for year in ("2021", "2022", "2023"):
        _figure(place, diabetes, bob, year=year)
    client = logged_in(alice)
    keys = list(Figure.objects.filter(ends_on__lt="2023-01-01").values_list("pk", flat=True))
    response = client.post(reverse("communities:figures"), {"action": "remove", "key": keys, "answered": "1"})
    assert response.status_code == 302
    assert [str(row.period) for row in Figure.objects.all()] == ["2023"]
    undo(change_set=Entry.objects.get(verb="communities.figures_removed").change_set, by=alice)
    assert sorted(str(row.period) for row in Figure.objects.all()) == ["2021", "2022", "2023"]


def test_a_viewer_reads_and_changes_nothing(place, diabetes, bob, vera, petra, logged_in):
    row = _figure(place, diabetes, bob)
    client = logged_in(vera)
    assert client.get(reverse("communities:figures")).status_code == 200
    assert reverse("communities:add_figure") not in client.get(place.get_absolute_url()).content.decode()
    for name in ("change_figure", "remove_figure"):
        assert client.post(reverse(f"communities:{name}", args=[row.uuid]), {"value": "1"}).status_code == 403
    assert logged_in(petra).get(reverse("communities:figures")).status_code == 403
    row.refresh_from_db()
    assert (row.value, Figure.objects.count()) == (Decimal("16.1"), 1)


def test_a_measure_with_figures_stays_in_the_catalogue(place, diabetes, bob, logged_in):
    row = _figure(place, diabetes, bob)
    client = logged_in(bob)
    address = reverse("communities:remove_measure", args=[diabetes.uuid])
    response = client.post(address)
    assert (response.status_code, Measure.objects.count()) == (409, 1)
    assert "It has 1 figure." in response.content.decode()
    services.remove_figure(row, by=bob)
    assert client.post(address).status_code == 302
    assert Measure.objects.count() == 0


def test_communities_are_compared_by_one_measure(place, diabetes, bob, logged_in):
    north = services.register_community(name="Northgate", by=bob)
    silent = services.register_community(name="Silent Vale", by=bob)
    _figure(place, diabetes, bob, low=Decimal("13.7"), high=Decimal("18.5"))
    _figure(north, diabetes, bob, value=None, reason="suppressed")
    _figure("US-OH", diabetes, bob, value="11.5")
    page = logged_in(bob).get(diabetes.get_absolute_url())
    assert [row.community.name for row, _found in page.context["rows"]] == ["Northgate", "Old Mill"]
    assert [(str(one.name), one.value) for one in page.context["benchmarks"]] == [("Ohio", Decimal("11.5"))]
    assert page.context["silent"] == [silent, place.parent]
    shown = page.content.decode()
    assert "not known: withheld" in shown
    assert "no figure" in shown
    chart = page.context["chart"]
    assert [list(row) for row in chart.rows] == [
        ["Northgate", None, None, None, "withheld"],
        ["Old Mill", 16.1, 13.7, 18.5, ""],
        ["Ohio", 11.5, None, None, "Benchmark"],
    ]
    assert all(
        layer["encoding"]["x"]["scale"]["domain"][0] == 0
        for layer in chart.spec["layer"]
        if "x" in layer["encoding"]
    )


def test_the_state_around_a_county_is_what_its_parts_are_compared_with(place, diabetes, bob, logged_in):
    _figure(place, diabetes, bob)
    _figure(place.parent, diabetes, bob, value="13.1")
    _figure("US-OH", diabetes, bob, value="16.1")
    _figure("US-WY", diabetes, bob, value="1")
    page = logged_in(bob).get(place.get_absolute_url()).content.decode()
    assert "worse than Willow County" in _plain(page)
    assert "the same as Ohio" in _plain(page)
    assert "Wyoming" not in page


def test_what_is_missing_is_listed_with_where_it_is_mended(bob, vera, diabetes, logged_in):
    bare = services.register_community(name="Bare Vale", by=bob)
    page = logged_in(bob).get(bare.get_absolute_url())
    said = [(str(gap.text).split(":")[0].rstrip("."), str(gap.action)) for gap in page.context["missing"]]
    assert said[:5] == [
        ("No boundary", "Draw it"),
        ("No identifier", "Add its code"),
        ("No description", "Describe it"),
        ("No headcount of everyone", "Add a headcount"),
        ("No figures", "Take in a file"),
    ]
    services.add_headcount(bare, count=10, year=2001, source="Census", by=bob)
    _figure(bare, diabetes, bob, year="2001")
    words = [str(gap.text) for gap in logged_in(vera).get(bare.get_absolute_url()).context["missing"]]
    assert "The newest headcount is of 2001: more than 4 years old." in words
    assert "1 measure has no figure newer than 4 years." in words
    assert "1 measure has nothing to be compared with." in words
    assert all(not gap.url for gap in logged_in(vera).get(bare.get_absolute_url()).context["missing"])
