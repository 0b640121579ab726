"""Pages of people: what stands there, what forms take and refuse, who may do what."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from barnraise.plumbing.files.models import File
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people import services
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Apart, CustomField, LeaderNote, Leadership, Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(db):
    return register_organisation(OrganisationDocument(name="Rosa's Bakery"), by=None)


@pytest.fixture
def ana(alice, bakery):
    row = services.register_person(
        PersonDocument(
            given_name="Ana",
            family_name="Ruiz",
            pronunciation="AH-na roo-EES",
            pronouns="she/her",
            contacts=(Reach("phone", "+17405550100", "mobile"), Reach("email", "ana@example.org")),
        ),
        by=alice,
    )
    services.add_role(row, organisation=bakery, title="Baker", is_main_contact=True, by=alice)
    return row


def given(**values):
    """What a browser sends for the form of a person."""
    plain = {"kind": "resident", "status": "active"}
    names = (
        "given_name family_name display_name pronunciation pronouns language community owner account about tags "
        "contacts organisation role_title street city region postcode country identifiers photo_alt"
    )
    return {**dict.fromkeys(names.split(), ""), **plain, **values}


def picture(width=900, height=600):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (width, height), "teal").save(out, "JPEG", exif=exif)
    out.seek(0)
    out.name = "DSC_0001.JPG"
    return out


def test_the_list_and_the_page(logged_in, vera, ana):
    browser = logged_in(vera)
    shown = browser.get(reverse("people:list")).content.decode()
    for words in ("Ana Ruiz", "Baker", "Rosa&#x27;s Bakery", "+1 740-555-0100"):
        assert words in shown
    page = browser.get(ana.get_absolute_url()).content.decode()
    for words in (
        'href="tel:+17405550100"',
        'href="mailto:ana@example.org"',
        "AH-na roo-EES",
        "she/her",
        "Main contact",
    ):
        assert words in page
    assert browser.get(reverse("people:by_key", args=[ana.pk])).url == ana.get_absolute_url()


def test_a_viewer_reads_and_is_offered_nothing_to_write(logged_in, vera, bob, ana):
    page = logged_in(vera).get(ana.get_absolute_url()).content.decode()
    assert reverse("people:change", args=[ana.uuid]) not in page
    assert reverse("people:erase", args=[ana.uuid]) not in page
    page = logged_in(bob).get(ana.get_absolute_url()).content.decode()
    assert reverse("people:change", args=[ana.uuid]) in page
    assert reverse("people:erase", args=[ana.uuid]) not in page


def test_strangers_and_partners_see_nothing(logged_in, petra, ana):
    assert logged_in(None).get(ana.get_absolute_url()).status_code in {302, 403}
    assert logged_in(petra).get(ana.get_absolute_url()).status_code == 403
    assert logged_in(petra).get(reverse("people:list")).status_code == 403


def test_somebody_is_added_with_a_role_in_one_form(logged_in, bob, bakery):
    browser = logged_in(bob)
    asked = browser.get(f"{reverse('people:create')}?organisation={bakery.uuid}").content.decode()
    assert 'value="Rosa&#x27;s Bakery"' in asked
    answer = browser.post(
        reverse("people:create"),
        given(
            given_name="Luis",
            family_name="Vega",
            contacts="740-555-0101 | mobile\nluis@example.org",
            organisation="rosa's bakery",
            role_title="Driver",
            language="es",
            tags="Food, Music",
            owner=str(bob.pk),
            city="Riverbend",
        ),
    )
    luis = Person.objects.get()
    assert answer.url == luis.get_absolute_url()
    assert [(one.kind, one.value, one.label) for one in luis.contacts.order_by("position")] == [
        ("phone", "+17405550101", "mobile"),
        ("email", "luis@example.org", ""),
    ]
    assert (luis.roles.get().organisation, luis.roles.get().title) == (bakery, "Driver")
    assert (luis.language, luis.owner, luis.city) == ("es", bob, "Riverbend")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Write a name: given, family or the one to be shown."),
        ({"given_name": "A", "contacts": "nobody@"}, "“nobody@”: This is not an e-mail address"),
        ({"given_name": "A", "identifiers": "OWN"}, "“OWN”: write the scheme, a blank and the value."),
        (
            {"given_name": "A", "organisation": "Nowhere"},
            "There is no organisation of this name. Add it first.",
        ),
        ({"given_name": "A", "country": "Mexico"}, "at most 2 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(logged_in, bob, values, words):
    answer = logged_in(bob).post(reverse("people:create"), given(**values))
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&quot;", '"').replace("&#x27;", "'")
    assert not Person.objects.exists()


def test_a_change_keeps_what_the_form_does_not_show(logged_in, bob, ana):
    before = ana.roles.get().uuid
    answer = logged_in(bob).post(
        reverse("people:change", args=[ana.uuid]),
        given(given_name="Anna", family_name="Ruiz", contacts="+17405550100 | mobile"),
    )
    assert answer.status_code == 302
    ana.refresh_from_db()
    assert (ana.display_name, ana.pronouns, ana.contacts.count(), ana.roles.get().uuid) == (
        "Anna Ruiz",
        "",
        1,
        before,
    )


def test_a_photo_is_small_square_and_tells_no_more_than_it_shows(logged_in, bob, ana):
    browser = logged_in(bob)
    url = reverse("people:change", args=[ana.uuid])
    values = given(given_name="Ana", family_name="Ruiz")
    refused = browser.post(url, {**values, "photo": picture()})
    assert refused.status_code == 422
    assert File.objects.count() == 0
    assert browser.post(url, {**values, "photo": picture(), "photo_alt": "Ana laughing"}).status_code == 302
    ana.refresh_from_db()
    file = ana.photo
    with Image.open(file.open()) as kept:
        assert (kept.size, kept.format, dict(kept.getexif())) == ((512, 512), "JPEG", {})
    assert (file.alt_text, file.kind, file.key) == ("Ana laughing", "people.person", ana.pk)
    page = browser.get(ana.get_absolute_url()).content.decode()
    assert f'src="{reverse("files:download", args=[file.uuid])}?show" alt="Ana laughing"' in page
    broken = io.BytesIO(b"not a picture")
    broken.name = "x.jpg"
    no = browser.post(url, {**values, "photo": broken, "photo_alt": "x"})
    assert "This is not a picture that can be read" in no.content.decode()
    browser.post(reverse("people:remove_photo", args=[ana.uuid]))
    ana.refresh_from_db()
    assert (ana.photo, File.objects.count()) == (None, 0)


def test_roles_are_noted_changed_and_ended(logged_in, bob, ana, bakery):
    browser = logged_in(bob)
    url = reverse("people:add_role", args=[ana.uuid])
    values = {
        "organisation": "Old Mill Choir",
        "title": "Singer",
        "kind": "volunteer",
        "started_on": "2020-01-01",
    }
    no = browser.post(url, values)
    assert no.status_code == 422
    assert 'type="checkbox" name="is_new"' in no.content.decode()
    assert browser.post(url, {**values, "is_new": "on"}).status_code == 302
    role = Role.objects.get(title="Singer")
    assert (role.organisation.name, role.started_on) == ("Old Mill Choir", date(2020, 1, 1))
    wrong = browser.post(
        reverse("people:change_role", args=[role.uuid]),
        {**values, "organisation": "Old Mill Choir", "ended_on": "2019-01-01"},
    )
    assert "A role cannot end before it began." in wrong.content.decode()
    browser.post(reverse("people:end_role", args=[role.uuid]), {"on": "2024-05-01"})
    role.refresh_from_db()
    assert role.ended_on == date(2024, 5, 1)
    assert "1 former role" in browser.get(ana.get_absolute_url()).content.decode()
    browser.post(reverse("people:remove_role", args=[role.uuid]))
    assert list(Role.objects.values_list("title", flat=True)) == ["Baker"]


def test_an_organisation_shows_its_people_the_main_contact_first(logged_in, vera, alice, ana, bakery):
    luis = services.register_person(PersonDocument(given_name="Luis", family_name="Able"), by=alice)
    services.add_role(luis, organisation=bakery, kind="board", by=alice)
    zoe = services.register_person(PersonDocument(given_name="Zoe"), by=alice)
    services.add_role(zoe, organisation=bakery, title="Driver", ended_on=date(2020, 1, 1), by=alice)
    page = logged_in(vera).get(bakery.get_absolute_url()).content.decode()
    page = page[page.index('class="org-people"') :]
    assert (
        page.index("Ana Ruiz")
        < page.index("Luis Able")
        < page.index("Who was here before")
        < page.index(">Zoe<")
    )
    assert 'href="tel:+17405550100"' in page


def test_leaders_have_a_term_and_notes_with_who_and_when(logged_in, bob, vera, alice, ana):
    browser = logged_in(bob)
    ward = register_community(name="North", kind="neighbourhood", by=alice)
    ends = timezone.localdate() + timedelta(days=30)
    values = {
        "kind": "elected",
        "constituency": "Ward 3",
        "community": ward.pk,
        "term_ends_on": ends.isoformat(),
    }
    assert browser.post(reverse("people:add_leader", args=[ana.uuid]), values).status_code == 302
    leading = Leadership.objects.get()
    url = reverse("people:note_leader", args=[leading.uuid])
    empty = browser.post(url, {"aspect": "reach"})
    assert "Choose a level, or write a note." in empty.content.decode()
    browser.post(url, {"aspect": "reach", "level": "4", "note": "Knows all", "noted_on": "2026-01-02"})
    note = LeaderNote.objects.get()
    assert (note.level, note.by, note.noted_on) == (4, bob, date(2026, 1, 2))
    page = browser.get(ana.get_absolute_url()).content.decode()
    for words in ("Ward 3", "ends in 30 days", "Knows all", "4 of 5"):
        assert words in page
    assert "Ward 3" in logged_in(vera).get(ward.get_absolute_url()).content.decode()
    today = logged_in(vera).get("/").content.decode()
    assert "Terms that end soon" in today
    assert "ends in 30 days" in today
    listed = browser.get(
        f"{reverse('people:list')}?leads=elected&term_to={ends.isoformat()}"
    ).content.decode()
    assert "Ana Ruiz" in listed
    assert "Ana Ruiz" not in browser.get(f"{reverse('people:list')}?leads=faith").content.decode()
    browser.post(reverse("people:remove_note", args=[note.uuid]))
    browser.post(reverse("people:end_leader", args=[leading.uuid]), {"on": "2026-01-31", "reason": "Moved"})
    leading.refresh_from_db()
    assert (leading.term_ends_on, leading.ended_reason, LeaderNote.objects.count()) == (
        date(2026, 1, 31),
        "Moved",
        0,
    )


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (60, True), (61, False), (-1, False)])
def test_today_reminds_sixty_days_before_a_term_ends(logged_in, vera, alice, ana, days, is_told):
    ends = timezone.localdate() + timedelta(days=days)
    services.add_leadership(ana, kind="youth", term_ends_on=ends, by=alice)
    assert ("Terms that end soon" in logged_in(vera).get("/").content.decode()) is is_told


def test_filters_find_people_by_what_hangs_on_them(logged_in, vera, alice, ana, bakery):
    services.register_person(
        PersonDocument(given_name="Luis", language="es", kind="volunteer", owner=alice.pk), by=alice
    )
    browser = logged_in(vera)

    def names(query):
        page = browser.get(f"{reverse('people:list')}?{query}").content.decode()
        return re.findall(r">(Ana Ruiz|Luis)<", page)

    assert names("organisation=rosa") == ["Ana Ruiz"]
    assert names("organisation=zzz") == []
    assert names("email=0") == ["Luis"]
    assert names("language=es&kind=volunteer") == ["Luis"]
    assert names(f"owner={alice.pk}") == ["Luis"]
    role = ana.roles.get()
    services.end_role(role, on=date(2020, 1, 1), by=alice)
    assert names("organisation=rosa") == []


def test_custom_fields_are_shaped_asked_for_and_shown(logged_in, alice, bob, ana):
    leads, writes = logged_in(alice), logged_in(bob)
    assert writes.get(reverse("people:add_field")).status_code == 403
    values = {"label": "Shirt size", "type": "choice", "options": "S\nM", "kinds": ["volunteer"]}
    assert leads.post(reverse("people:add_field"), values).status_code == 302
    field = CustomField.objects.get()
    assert (field.key, field.options, field.kinds) == ("shirt_size", ["S", "M"], ["volunteer"])
    wrong = leads.post(reverse("people:add_field"), {"label": "X", "type": "choice", "options": "one"})
    assert "Write between 2 and 100 options" in wrong.content.decode()
    url = reverse("people:change", args=[ana.uuid])
    assert "custom_shirt_size" not in writes.get(url).content.decode()  # asked of volunteers only
    services.change_person(ana, by=alice, kind="volunteer")
    assert "custom_shirt_size" in writes.get(url).content.decode()
    writes.post(url, given(given_name="Ana", family_name="Ruiz", kind="volunteer", custom_shirt_size="M"))
    ana.refresh_from_db()
    assert ana.custom == {"shirt_size": "M"}
    assert "Shirt size" in writes.get(ana.get_absolute_url()).content.decode()
    kept = leads.post(reverse("people:change_field", args=[field.uuid]), {**values, "options": "S\nL"})
    assert "Somebody has “M”; it has to stay." in kept.content.decode()
    leads.post(reverse("people:remove_field", args=[field.uuid]))
    assert CustomField.objects.count() == 1
    leads.post(reverse("people:add_field"), {"label": "Since", "type": "date"})
    leads.post(reverse("people:move_field", args=[CustomField.objects.get(label="Since").uuid]))
    assert list(CustomField.objects.order_by("position").values_list("label", flat=True)) == [
        "Since",
        "Shirt size",
    ]


def test_likely_duplicates_are_shown_with_reasons_and_merged_on_one_page(logged_in, alice, bob, ana):
    twin = services.register_person(
        PersonDocument(
            given_name="Ana", family_name="Ruiz Vega", contacts=(Reach("email", "ANA@example.org"),)
        ),
        by=alice,
    )
    services.register_person(
        PersonDocument(given_name="Luis", family_name="Ruiz", contacts=(Reach("email", "ana@example.org"),)),
        by=alice,
    )
    browser = logged_in(alice)
    page = browser.get(reverse("people:duplicates")).content.decode()
    assert page.count('class="pair"') == 1  # Luis shares the mailbox and is somebody else
    assert "the same e-mail address" in page
    assert logged_in(bob).get(reverse("people:duplicates")).status_code == 403
    url = f"{reverse('people:merge', args=[ana.uuid])}?with={twin.uuid}"
    sides = browser.get(url).content.decode()
    assert 'name="take_family_name" value="theirs"' in sides
    assert "This person may be there twice." in browser.get(ana.get_absolute_url()).content.decode()
    answer = browser.post(
        reverse("people:merge", args=[ana.uuid]),
        {"with": str(twin.uuid), "take_family_name": "theirs", "take_display_name": "theirs"},
    )
    assert answer.url == ana.get_absolute_url()
    ana.refresh_from_db()
    assert (ana.display_name, Person.objects.count()) == ("Ana Ruiz Vega", 2)
    after = browser.get(ana.get_absolute_url()).content.decode()
    undo = re.search(r'action="(/[^"]*undo[^"]*)"', after)
    assert undo, "the toast offers to undo it"
    browser.post(undo[1])
    assert Person.objects.count() == 3


def test_not_the_same_is_remembered(logged_in, alice, ana):
    twin = services.register_person(
        PersonDocument(given_name="Ana", family_name="Ruiz", contacts=(Reach("email", "ana@example.org"),)),
        by=alice,
    )
    browser = logged_in(alice)
    browser.post(reverse("people:apart", args=[twin.uuid]), {"with": str(ana.uuid)})
    assert Apart.objects.get().first == ana
    assert 'class="pair"' not in browser.get(reverse("people:duplicates")).content.decode()
    services.forget_apart(ana, twin, by=alice)
    assert 'class="pair"' in browser.get(reverse("people:duplicates")).content.decode()


def test_another_record_is_looked_up_by_name(logged_in, alice, ana):
    other = services.register_person(PersonDocument(given_name="Anton", family_name="Ruiz"), by=alice)
    page = logged_in(alice).get(f"{reverse('people:merge', args=[ana.uuid])}?name=an").content.decode()
    assert f"?with={other.uuid}" in page
    assert f"?with={ana.uuid}" not in page
    assert logged_in(alice).get(f"{reverse('people:merge', args=[ana.uuid])}?with=nobody").status_code == 404


def test_removing_is_undone_and_erasing_asks_for_the_name(logged_in, alice, bob, ana):
    browser = logged_in(alice)
    assert logged_in(bob).post(reverse("people:remove", args=[ana.uuid])).status_code == 403
    browser.post(reverse("people:remove", args=[ana.uuid]))
    assert not Person.objects.exists()
    undo = re.search(r'action="(/[^"]*undo[^"]*)"', browser.get(reverse("people:list")).content.decode())
    browser.post(undo[1])
    assert Person.objects.get().roles.get().title == "Baker"
    url = reverse("people:erase", args=[ana.uuid])
    assert logged_in(bob).post(url, {"name": "Ana Ruiz"}).status_code == 403
    assert browser.post(url, {"name": "Ana"}).status_code == 422
    assert Person.objects.exists()
    assert browser.post(url, {"name": "ana ruiz"}).url == reverse("people:list")
    assert not Person.objects.exists()


def test_everything_kept_is_handed_out_as_a_file(logged_in, alice, ana):
    answer = logged_in(alice).post(reverse("people:export", args=[ana.uuid]))
    assert answer["Content-Disposition"] == 'attachment; filename="ana-ruiz.json"'
    assert answer.json()["people"]["roles"][0]["title"] == "Baker"
    assert logged_in(alice).get(reverse("people:export", args=[ana.uuid])).status_code == 405


def test_bulk_actions_work_on_what_is_shown_and_are_undone(logged_in, alice, ana):
    from barnraise.plumbing.journal.models import ChangeSet
    from barnraise.plumbing.journal.services import run_bulk, undo
    from barnraise.plumbing.ui.lists.selection import Selection
    from barnraise.who.people.lists import people

    services.register_person(PersonDocument(given_name="Luis"), by=alice)
    whole = Selection("people", None)
    for name, values in (
        ("tag", {"names": ["Food"]}),
        ("own", {"owner": alice.pk}),
        ("retire", {}),
        ("untag", {"names": ["food"]}),
        ("remove", {}),
    ):
        run_bulk(page=people, action=people.action(name), selection=whole, values=values, by=alice)
    assert Person.objects.count() == 0
    for change_set in ChangeSet.objects.order_by("-pk")[:5]:
        undo(change_set=change_set, by=alice)
    rows = list(Person.objects.order_by("pk").values_list("display_name", "owner", "status"))
    assert rows == [("Ana Ruiz", None, "active"), ("Luis", None, "active")]
    assert Organisation.objects.get().pk == Role.objects.get().organisation_id
