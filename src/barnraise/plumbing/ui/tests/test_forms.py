"""Forms: errors stand at the field, can be reached, and are listed on top."""

from __future__ import annotations

import re

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui import forms


class Sample(forms.Form):
    name = django_forms.CharField(label="Name", help_text="As it is written.")
    mail = django_forms.EmailField(label="Mail", required=False)
    on = django_forms.DateField(label="On", required=False)
    towns = django_forms.MultipleChoiceField(label="Towns", choices=[("a", "A"), ("b", "B <i>")])
    way = django_forms.ChoiceField(label="Way", choices=[("m", "Mail")], widget=django_forms.RadioSelect)
    agreed = django_forms.BooleanField(label="Agreed")
    logo = django_forms.FileField(label="Logo", required=False)

    groups = (forms.Group("Reach", ("towns", "way")), forms.Group("More", ("mail", "on"), is_folded=True))

    def clean(self):
        self.add_error(None, "Something about the whole.")


def test_every_error_is_listed_on_top_and_its_link_leads_to_a_control():
    page = str(Sample({"mail": "no"}).as_fields())
    summary = page.split('class="error-summary"')[1].split("</div>", maxsplit=1)[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_name", "id_mail", "id_towns_0", "id_way_0", "id_agreed"]
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{target}"', page)
    assert "Something about the whole." in summary
    assert "6 things need mending" in page


class Secret(forms.Form):
    name = django_forms.CharField(label="Name")
    password = django_forms.CharField(label="Password", widget=django_forms.PasswordInput)


def test_the_summary_says_what_has_to_be_given_again():
    assert "nothing you typed was lost" in str(Sample({"mail": "no"}).as_fields())
    logo = {"logo": SimpleUploadedFile("a.png", b"x")}
    assert "Choose the file once more" in str(Sample({"mail": "no"}, logo).as_fields())
    assert "Type the password once more" in str(Secret({"name": "Ada"}).as_fields())


def test_help_and_error_are_tied_to_their_control():
    page = str(Sample({}).as_fields())
    described = re.search(r'<input[^>]*id="id_name"[^>]*>|<input[^>]*name="name"[^>]*>', page)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in described
    assert 'aria-invalid="true"' in described
    for name in ("id_name_helptext", "id_name_error", "id_towns_error"):
        assert page.count(f'id="{name}"') == 1
    assert '<fieldset aria-describedby="id_towns_error">' in page


def test_optional_fields_are_marked_by_a_word_and_required_ones_are_not():
    page = str(Sample().as_fields())
    assert page.count('class="optional"') == 3
    assert "Name <span" not in page


def test_a_folded_group_opens_when_something_in_it_needs_mending():
    assert '<details class="form-group">' in str(Sample().as_fields())
    assert '<details class="form-group" open>' in str(Sample({"mail": "no"}).as_fields())


def test_an_unsent_form_has_no_summary():
    assert "error-summary" not in str(Sample().as_fields())


def test_fields_get_the_houses_controls():
    page = str(Sample(initial={"on": "2026-03-02"}).as_fields())
    assert '<input type="date" name="on" value="2026-03-02" class="form-control"' in page
    assert "data-check-list" in page
    assert "data-drop" in page
    assert "B &lt;i&gt;" in page


@pytest.mark.django_db
def test_where_nothing_is_chosen_stand_words():
    class Chosen(forms.Form):
        owner = django_forms.ModelChoiceField(Account.objects.all(), required=False)
        place = django_forms.ModelChoiceField(Account.objects.all(), empty_label="Nowhere")
        way = django_forms.ModelChoiceField(Account.objects.all())

    page = str(Chosen().as_fields())
    for said in ("None", "Nowhere", "Choose one"):
        assert re.search(rf"<option[^>]*>\s*{said}\s*</option>", page), said
    assert "---" not in page


def test_a_librarys_form_is_drawn_alike_and_keeps_its_values():
    class Foreign(django_forms.Form):
        login = django_forms.CharField(label="E-mail")

    form = Foreign({"login": "<b>"})
    page = Template("{% load ui %}{% form_fields form %}").render(Context({"form": form}))
    assert 'class="form-control"' in page
    assert 'class="field-label" for="id_login"' in page
    assert 'value="&lt;b&gt;"' in page
    again = Template("{% load ui %}{% field form.login %}").render(Context({"form": form}))
    assert 'class="field-label" for="id_login"' in again
    assert again.count("form-control") == 1
