from __future__ import annotations

from django.urls import path

from . import views

app_name = "files"
prefix = "files/"
urlpatterns = [
    path("add/", views.add, name="add"),
    path("<uuid:uuid>/", views.show, name="show"),
    path("<uuid:uuid>/download/", views.download, name="download"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
