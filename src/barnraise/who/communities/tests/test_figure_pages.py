"""Taking figures in by the screens: what the rows are, what they have in common, places that are not here, questions."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from barnraise.plumbing.imports.models import Finding, Import
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.services import undo
from barnraise.who.communities import services
from barnraise.who.communities.models import Community, Figure

from .importing import places, places_row, single

pytestmark = pytest.mark.django_db

SURVEY = (
    "Neighbourhood,Indicator,Year,Rate,CI low,CI high,Notes\n"
    "Old Mill,Homes without heating,2024,12.4,9.1,15.8,From the survey\n"
    "Northgate,Homes without heating,2024,0,,,\n"
    "South Bank,Homes without heating,2024,,,,Too few answers\n"
    "Far Vale,Homes without heating,2024,8,,,\n"
    ",Homes without heating,2024,8,,,\n"
    "Old Mill,Homes without heating,soon,8,,,\n"
)


@pytest.fixture
def town(alice):
    return {
        name: services.register_community(name=name, by=alice)
        for name in ("Old Mill", "Northgate", "South Bank")
    }


def _given(browser, content, name="figures.csv"):
    body = content.encode() if isinstance(content, str) else content
    browser.post(reverse("imports:start"), {"files": SimpleUploadedFile(name, body, "text/csv")})
    return Import.objects.order_by("-pk")[0]


def _url(name, batch):
    return reverse(f"imports:{name}", args=[batch.uuid])


def _worked():
    for job in Job.objects.filter(state="waiting"):
        work(job.pk)


def _mapped(browser, batch, **shared):
    form = browser.get(_url("columns", batch)).context["form"]
    sent = {name: form[name].value() for name in form.fields if not name.startswith("repair")}
    sent |= {f"shared-{name}": value for name, value in shared.items()}
    return browser.post(_url("columns", batch), sent)


def test_a_spreadsheet_of_figures_is_known_by_its_headings_and_told_what_all_rows_share(
    town, alice, logged_in
):
    browser = logged_in(alice)
    batch = _given(browser, SURVEY)
    assert batch.noun == "figures"
    page = browser.get(_url("columns", batch))
    assert [(str(field.title), taken) for field, taken in page.context["required"]] == [
        ("Measure", True), ("Value", True), ("Period", True), ("Source", False),
    ]  # fmt: skip
    no = _mapped(browser, batch)
    assert no.status_code == 422
    assert "Choose the column that holds Source." in no.content.decode()
    assert _mapped(browser, batch, direction="sideways", source="Survey").status_code == 422
    assert _mapped(browser, batch, source="Winter survey", unit="%", direction="lower").url == _url(
        "preview", batch
    )
    browser.post(_url("check", batch))
    _worked()
    batch.refresh_from_db()
    assert {name: batch.expected[name] for name in ("rows", "created", "refused", "absent")} == {
        "rows": 6, "created": 3, "refused": 2, "absent": 1,
    }  # fmt: skip
    browser.post(_url("run", batch))
    _worked()
    found = {row.community.name: row for row in Figure.objects.select_related("community", "measure")}
    assert {name: (row.value, row.reason) for name, row in found.items()} == {
        "Old Mill": (Decimal("12.4"), ""),
        "Northgate": (Decimal(0), ""),
        "South Bank": (None, "not_given"),
    }
    mill = found["Old Mill"]
    assert (mill.low, mill.high, mill.note, mill.source, str(mill.period)) == (
        Decimal("9.1"), Decimal("15.8"), "From the survey", "Winter survey", "2024",
    )  # fmt: skip
    measure = mill.measure
    assert (measure.name, measure.code, measure.publisher, measure.unit, measure.direction) == (
        "Homes without heating", "homes-without-heating", "Winter survey", "%", "lower",
    )  # fmt: skip
    refused = Finding.objects.filter(batch=batch, phase="r", kind="refused").order_by("row")
    assert [(one.row, one.column) for one in refused] == [(6, "Neighbourhood"), (7, "Year")]
    page = browser.get(_url("one", batch)).content.decode()
    assert reverse("communities:figures") in page


def test_the_rows_can_be_said_to_be_something_else(town, alice, logged_in):
    browser = logged_in(alice)
    batch = _given(browser, SURVEY)
    browser.post(_url("set_noun", batch), {"noun": "organisations"})
    batch.refresh_from_db()
    assert (batch.noun, batch.mapping) == ("organisations", {})
    assert browser.get(_url("columns", batch)).context["noun"].name == "organisations"
    browser.post(_url("set_noun", batch), {"noun": "rivers"})
    batch.refresh_from_db()
    assert batch.noun == "organisations"


def test_codes_wider_areas_and_benchmarks_by_mapping(alice, logged_in):
    place = services.register_community(
        name="Willow", kind="county", identifiers=[("FIPS", "01001")], by=alice
    )
    browser = logged_in(alice)
    text = (
        "FIPS,Measure,Year,Value,State value,Comparison,Source\n"
        '1001,Rate,2020-2022,"1,204.5",1100,Alabama,Office\n'
        "01000,Rate,2020-2022,1100,,,Office\n"
        "99,Rate,2020-2022,1,,,Office\n"
    )
    batch = _given(browser, text)
    assert _mapped(browser, batch).status_code == 302
    browser.post(_url("run", batch))
    _worked()
    row = Figure.objects.get(community=place)
    assert (row.value, row.benchmark, row.benchmark_name, str(row.period)) == (
        Decimal("1204.5"), Decimal(1100), "Alabama", "2020-2022",
    )  # fmt: skip
    assert Figure.objects.get(area="US-AL").value == 1100
    assert Finding.objects.get(kind="refused", batch=batch, phase="r").row == 4
    page = browser.get(reverse("communities:series", args=[place.uuid, row.measure.uuid]))
    assert [(str(one.name), stands) for one, stands in page.context["standings"]] == [
        ("Alabama", "higher"), ("Alabama", "higher"),
    ]  # fmt: skip


def test_two_communities_of_one_name_have_to_be_told_apart(town, alice, logged_in):
    services.register_community(name="old mill", by=alice)
    browser = logged_in(alice)
    batch = _given(browser, SURVEY)
    _mapped(browser, batch, source="Survey")
    browser.post(_url("run", batch))
    _worked()
    told = [one.reason for one in Finding.objects.filter(batch=batch, phase="r", kind="refused", row=2)]
    assert told == ["Several communities are called “%(name)s”. Give the one that is meant by a code."]


def test_places_that_are_not_here_are_found_added_and_joined(tmp_path, alice, bob, logged_in):
    willow = services.register_community(name="Willow County", kind="county", by=alice)
    rows = [places_row("39089", "Willow"), places_row("06037", "Los Angeles", StateAbbr="CA"),
            places_row("04013", "Maricopa", StateAbbr="AZ"), places_row("59", "", StateAbbr="US")]  # fmt: skip
    browser = logged_in(alice)
    batch = _given(browser, places(tmp_path / "a.csv", *rows).read_bytes())
    assert (
        "None of the first rows is about something that is here."
        in browser.get(_url("preview", batch)).content.decode()
    )
    browser.post(_url("check", batch))
    _worked()
    page = browser.get(_url("check", batch) + "?show=absent").content.decode()
    assert "No row is about something that is here yet" in page
    assert "It is our" in page
    assert "United States" not in page
    found = {one.title: one for one in Finding.objects.filter(batch=batch, kind="absent")}
    assert {title: one.details["can_add"] for title, one in found.items()} == {
        "Willow, OH": True, "Los Angeles, CA": True, "Maricopa, AZ": True, "United States": False,
    }  # fmt: skip
    searched = browser.get(_url("check", batch) + "?show=absent&q=angel").content.decode()
    assert "Los Angeles, CA" in searched
    assert "Maricopa" not in searched
    assert (
        logged_in(bob).post(_url("add_absent", batch), {"finding": found["Maricopa, AZ"].pk}).status_code
        == 403
    )
    browser.post(_url("join_absent", batch), {"finding": found["Willow, OH"].pk, "key": willow.pk})
    assert [str(one) for one in willow.identifiers.all()] == ["FIPS 39089"]
    browser.post(_url("add_absent", batch), {"finding": found["United States"].pk})
    assert Community.objects.count() == 1
    browser.post(_url("add_absent", batch), {"finding": found["Maricopa, AZ"].pk, "name": "Maricopa County"})
    assert sorted(Community.objects.values_list("name", flat=True)) == ["Maricopa County", "Willow County"]
    asked = browser.get(_url("add_all_absent", batch) + "?q=CA").content.decode()
    assert "1 is added, and can be taken back" in asked
    browser.post(_url("add_all_absent", batch), {"q": "CA"})
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.verb, entry.data["count"]) == ("imports.subjects_added", 1)
    page = browser.get(_url("check", batch)).content.decode()
    assert "Since this dry run something was added" in page
    browser.post(_url("run", batch))
    _worked()
    batch.refresh_from_db()
    assert (batch.created, batch.absent, Figure.objects.filter(area="US").count()) == (4, 0, 1)
    undo(change_set=entry.change_set, by=alice)
    assert Community.objects.filter(name="Los Angeles, CA").exists(), "its figures hold it"
    assert Figure.objects.count() == 4


def test_the_questions_of_a_format_are_asked_where_the_file_is_shown(tmp_path, alice, logged_in):
    services.register_community(name="Willow", kind="county", identifiers=[("FIPS", "39089")], by=alice)
    browser = logged_in(alice)
    body = single(tmp_path / "a.csv", ("39", "089", "1", "2", "3.5", "", "3", "4", "", "")).read_bytes()
    batch = _given(browser, body, "v001_r2025.csv")
    form = browser.get(_url("reading", batch)).context["files"][0]["form"]
    assert [(bound.name, bound.value()) for bound in form.asked] == [
        ("answer-release", "2025"),
        ("answer-period", ""),
    ]
    wrong = browser.post(_url("reading", batch), {"0-answer-release": "2025", "0-answer-period": "recently"})
    assert wrong.status_code == 422
    assert "is no period" in wrong.content.decode()
    sent = {"0-answer-release": "2025", "0-answer-period": "2020-2022"}
    assert browser.post(_url("reading", batch), sent).url == _url("preview", batch)
    assert batch.files.get().choices == {"answers": {"period": "2020-2022"}}
    browser.post(_url("run", batch))
    _worked()
    row = Figure.objects.get()
    assert (str(row.period), row.edition) == ("2020-2022", "2025")


def test_programs_answer_questions_and_see_what_is_not_here(tmp_path, alice, client):
    from barnraise.plumbing.accounts.services import add_token

    secret = add_token(account=alice, scope="write", name="a script", by=alice)[1]
    ask = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    body = single(tmp_path / "a.csv", ("39", "089", "1", "2", "3.5", "", "3", "4", "", "")).read_bytes()
    upload = io.BytesIO(body)
    upload.name = "data.csv"
    made = client.post("/api/v1/imports", {"files": upload}, **ask).json()
    assert client.post(f"/api/v1/imports/{made['id']}/check", **ask).status_code == 409
    put = {"content_type": "application/json", **ask}
    address = f"/api/v1/imports/{made['id']}/files"
    assert client.put(f"{address}/7", {"answers": {}}, **put).status_code == 404
    assert client.put(f"{address}/0", {"answers": {"release": "x"}}, **put).status_code == 409
    assert client.put(f"{address}/0", {"answers": {"release": "2024"}}, **put).status_code == 200
    assert client.post(f"/api/v1/imports/{made['id']}/check", **ask).status_code == 202
    _worked()
    found = client.get(f"/api/v1/imports/{made['id']}", **ask).json()
    assert (found["rows"], found["absent"], found["created"]) == (1, 1, {"figures": 0})
    (one,) = client.get(f"/api/v1/imports/{made['id']}/findings?kind=absent", **ask).json()["items"]
    assert (one["title"], one["value"], one["many"]) == ("FIPS 39089, Ohio", "FIPS 39089", 1)
