from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "organisations"
prefix = "who/organisations/"
urlpatterns = [
    path("", lists.organisations.view, name="list"),
    path("points.json", views.points, name="points"),
    path("add/", views.create, name="create"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/close/", views.close, name="close"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/own/", views.set_own, name="set_own"),
]
