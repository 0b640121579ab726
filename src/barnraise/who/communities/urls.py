from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "communities"
prefix = "who/communities/"
urlpatterns = [
    path("", lists.communities.view, name="list"),
    path("tree/", views.tree, name="tree"),
    path("add/", views.create, name="create"),
    path("outlines.json", views.outlines, name="outlines"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("headcounts/<uuid:uuid>/change/", views.change_headcount, name="change_headcount"),
    path("headcounts/<uuid:uuid>/remove/", views.remove_headcount, name="remove_headcount"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/headcounts/add/", views.add_headcount, name="add_headcount"),
    path("<uuid:uuid>/boundary.geojson", views.geojson, name="geojson"),
]
