from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "commitments"
prefix = "what/promises/"
urlpatterns = [
    path("", lists.commitments.view, name="list"),
    path("note/", views.make, name="make"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/settle/", views.settle, name="settle"),
    path("<uuid:uuid>/keep/", views.keep, name="keep"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
