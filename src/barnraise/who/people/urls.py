from __future__ import annotations

from django.urls import path

from . import carrying, lists
from .views import fields, leaders, people, rights, roles, sameness

app_name = "people"
prefix = "who/people/"
urlpatterns = [
    path("", lists.people.view, name="list"),
    path("add/", people.create, name="create"),
    path("key/<int:key>/", people.by_key, name="by_key"),
    path("duplicates/", sameness.duplicates, name="duplicates"),
    path("duplicates/look/", sameness.look, name="look"),
    path("fields/", fields.index, name="fields"),
    path("fields/add/", fields.add, name="add_field"),
    path("fields/<uuid:uuid>/change/", fields.change, name="change_field"),
    path("fields/<uuid:uuid>/earlier/", fields.earlier, name="move_field"),
    path("fields/<uuid:uuid>/remove/", fields.remove, name="remove_field"),
    path("roles/<uuid:uuid>/change/", roles.change, name="change_role"),
    path("roles/<uuid:uuid>/end/", roles.end, name="end_role"),
    path("roles/<uuid:uuid>/remove/", roles.remove, name="remove_role"),
    path("leaders/<uuid:uuid>/change/", leaders.change, name="change_leader"),
    path("leaders/<uuid:uuid>/end/", leaders.end, name="end_leader"),
    path("leaders/<uuid:uuid>/remove/", leaders.remove, name="remove_leader"),
    path("leaders/<uuid:uuid>/note/", leaders.note, name="note_leader"),
    path("leaders/notes/<uuid:uuid>/remove/", leaders.remove_note, name="remove_note"),
    path("<uuid:uuid>/", people.one, name="one"),
    path("<uuid:uuid>/panels/<slug:panel>/", people.panel, name="panel"),
    path("<uuid:uuid>/change/", people.change, name="change"),
    path("<uuid:uuid>/photo/remove/", people.remove_photo, name="remove_photo"),
    path("<uuid:uuid>/remove/", people.remove, name="remove"),
    path("<uuid:uuid>/retire/", people.retire, name="retire"),
    path("<uuid:uuid>/role/", roles.add, name="add_role"),
    path("<uuid:uuid>/leader/", leaders.add, name="add_leader"),
    path("<uuid:uuid>/merge/", sameness.merge, name="merge"),
    path("<uuid:uuid>/apart/", sameness.apart, name="apart"),
    path("<uuid:uuid>/export/", rights.export, name="export"),
    path("<uuid:uuid>/erase/", rights.erase, name="erase"),
    path("<uuid:uuid>/card/", carrying.card, name="card"),
]
