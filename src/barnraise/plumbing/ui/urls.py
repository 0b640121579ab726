"""Pages for developers: the gallery of components."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ui"
prefix = "gallery/"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("form/", views.form, name="gallery-form"),
    path("object/", views.thing, name="gallery-object"),
]
