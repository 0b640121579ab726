"""A table of postcodes puts records on the map that have no coordinates: by page, by command, on and on."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from barnraise.config.commands import main
from barnraise.plumbing.files.models import File
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal.models import Entry
from barnraise.who.communities.models import Postcode
from barnraise.who.communities.services.postcodes import keep_postcodes
from barnraise.who.organisations.documents import OrganisationDocument, Place
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.documents import Place as PersonPlace
from barnraise.who.people.services import register_person

URL = "/who/communities/postcodes/"
TABLE = "Country,Postcode,Latitude,Longitude\nUS,82601,42.85,-106.32\nUS,82001,41.14,-104.79\nUS,00000,,\n"
GEONAMES = (
    "US\t82601\tCasper\tWyoming\tWY\tNatrona\t025\t\t\t42.85\t-106.32\t4\n"
    "US\t82001\tCheyenne\tWyoming\tWY\tLaramie\t021\t\t\t41.14\t-104.79\t4\n"
)


def organisation(name: str, *, by, **place) -> Organisation:
    at = Place(kind="physical", **{"postcode": "82601-0001", "country": "US", **place})
    return register_organisation(OrganisationDocument(name=name, addresses=(at,)), by=by)


def where(row: Organisation) -> tuple[float | None, float | None, bool]:
    row.refresh_from_db()
    return row.lat, row.lon, row.is_approximate


def load(browser, text: str | bytes, name: str = "codes.csv", country: str = ""):
    content = text.encode() if isinstance(text, str) else text
    answer = browser.post(URL, {"file": SimpleUploadedFile(name, content), "country": country})
    for job in Job.objects.filter(state="waiting"):
        work(job.pk)
    return answer


def test_a_table_is_loaded_and_who_has_a_postcode_only_is_placed(logged_in, alice):
    near = organisation("Near", by=alice)
    exact = organisation("Exact", by=alice, lat=42.0, lon=-106.0)
    unknown = organisation("Unknown", by=alice, postcode="99999")
    assert where(near) == (None, None, False)
    browser = logged_in(alice)
    assert load(browser, TABLE).url == URL
    assert where(near) == (42.85, -106.32, True)
    assert where(exact) == (42.0, -106.0, False)
    assert where(unknown) == (None, None, False)
    assert list(Postcode.objects.order_by("postcode").values_list("country", "postcode", "lat", "lon")) == [
        ("US", "82001", 41.14, -104.79),
        ("US", "82601", 42.85, -106.32),
    ]
    assert Job.objects.get().result == {
        "loaded": 2,
        "left_out": 1,
        "placed": {"organisations": 1, "people": 0},
    }
    page = " ".join(browser.get(URL).content.decode().split())
    assert "Loaded: 2. Left out because they have no place: 1." in page.replace("</span>", "").replace(
        '<span class="number">', ""
    )
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-3:] == ["files.added", "communities.postcodes_loaded", "organisations.located"]
    job = Job.objects.get()
    assert (job.done, job.total) == (2, 2)
    later = organisation("Later", by=alice, postcode="82001")
    assert where(later) == (41.14, -104.79, True)


def test_a_later_table_replaces_and_moves_only_what_was_placed_by_it(logged_in, alice):
    near = organisation("Near", by=alice)
    browser = logged_in(alice)
    load(browser, TABLE)
    load(browser, "zip;lat;long\n82601;43,5;-107\n", country="us")
    assert where(near) == (43.5, -107.0, True)
    assert Postcode.objects.count() == 2


@pytest.mark.parametrize("is_zipped", [False, True])
def test_files_of_geonames_are_read_without_headings(logged_in, alice, is_zipped):
    near = organisation("Near", by=alice)
    content, name = GEONAMES.encode(), "US.txt"
    if is_zipped:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("readme.txt", "About this file")
            archive.writestr("US.txt", GEONAMES)
        content, name = out.getvalue(), "US.zip"
    assert load(logged_in(alice), content, name).status_code == 302
    assert where(near) == (42.85, -106.32, True)
    assert Postcode.objects.count() == 2


def test_an_address_without_country_is_placed_when_the_table_has_one_country(alice):
    keep_postcodes([("US", "82601", 42.85, -106.32)])
    assert where(organisation("Near", by=alice, country="")) == (42.85, -106.32, True)
    keep_postcodes([("GB", "M12AB", 53.48, -2.24)])
    assert where(organisation("Where", by=alice, country="")) == (None, None, False)
    assert where(organisation("Manchester", by=alice, country="GB", postcode="m1 2ab")) == (
        53.48,
        -2.24,
        True,
    )


@pytest.mark.parametrize(
    ("text", "country", "sentence"),
    [
        ("Postcode,Latitude,Longitude\n82601,42.85,-106.32\n", "", "The file names no country: say which one it is of."),
        ("Postcode,Latitude,Longitude\n82601,42.85,-106.32\n", "1x", "Write the country as two letters, for example US."),
        ("Name,City\nOak,Casper\n", "US", "No table with postcodes and their places was found"),
        ("%PDF-1.4\n%%EOF", "US", "This is a PDF document, not a table."),
        ("", "US", "The submitted file is empty."),
    ],
)  # fmt: skip
def test_what_is_no_table_of_postcodes_is_refused_and_nothing_is_kept(
    logged_in, alice, text, country, sentence
):
    answer = load(logged_in(alice), text, country=country)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (
        Postcode.objects.count() == Job.objects.count() == File.objects.count() == Entry.objects.count() == 0
    )


def test_who_may_not_decide_loads_nothing(logged_in, bob, vera, petra):
    for account, status in ((bob, 403), (vera, 403), (petra, 403), (None, 302)):
        browser = logged_in(account)
        assert browser.get(URL).status_code == status
        assert load(browser, TABLE).status_code == status
    assert Postcode.objects.count() == Job.objects.count() == File.objects.count() == 0


def test_a_map_without_points_says_how_to_get_them(logged_in, alice, vera):
    organisation("Near", by=alice)
    page = logged_in(alice).get("/who/organisations/?as=map").content.decode()
    assert "Nothing to see on the map yet" in page
    assert f'href="{URL}"' in page
    assert f'href="{URL}"' not in logged_in(vera).get("/who/organisations/?as=map").content.decode()


@pytest.mark.django_db
def test_by_command(tmp_path, capsys, alice):
    near = organisation("Near", by=alice)
    file = tmp_path / "codes.tsv"
    file.write_text("geoid\tintptlat\tintptlong\n82601\t42.85\t-106.32\n")
    assert main(["postcodes", str(file), "--json"]) == 1
    assert (
        json.loads(capsys.readouterr().out)["error"] == "The file names no country: say which one it is of."
    )
    assert main(["postcodes", str(file), "--country", "us", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "loaded": 1,
        "left_out": 0,
        "placed": {"organisations": 1, "people": 0},
    }
    assert where(near) == (42.85, -106.32, True)
    assert reverse("communities:postcodes") == URL


def test_people_are_placed_as_well(logged_in, alice):
    at = PersonPlace(lines="1 Elm St", city="Casper", postcode="82601", country="US")
    ana = register_person(PersonDocument(given_name="Ana", addresses=(at,)), by=alice)
    load(logged_in(alice), TABLE)
    ana.refresh_from_db()
    assert (ana.lat, ana.lon, ana.is_approximate) == (42.85, -106.32, True)
