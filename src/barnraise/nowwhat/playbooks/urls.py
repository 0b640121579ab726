from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "playbooks"
prefix = "nowwhat/playbooks/"
urlpatterns = [
    path("", lists.playbooks.view, name="list"),
    path("make/", views.make, name="make"),
    path("take-in/", views.take_in, name="take_in"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/file/", views.file, name="file"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/install/", views.install, name="install"),
    path("<uuid:uuid>/retire/", views.retire, name="retire"),
    path("<uuid:uuid>/take-up/", views.take_up, name="take_up"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
