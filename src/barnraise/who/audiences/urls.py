from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "audiences"
prefix = "who/audiences/"
urlpatterns = [
    path("", lists.audiences.view, name="list"),
    path("people/", lists.members.view, name="members"),
    path("make/", views.make, name="make"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("rules/<uuid:uuid>/change/", views.change_rule, name="change_rule"),
    path("rules/<uuid:uuid>/remove/", views.remove_rule, name="remove_rule"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/rules/add/", views.add_rule, name="add_rule"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
