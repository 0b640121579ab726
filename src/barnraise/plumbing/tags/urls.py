from __future__ import annotations

from django.urls import path

from . import views

app_name = "tags"
prefix = "settings/tags/"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.create, name="create"),
    path("<uuid:uuid>/", views.show, name="show"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/merge/", views.merge, name="merge"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
