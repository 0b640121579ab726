from __future__ import annotations

from django.urls import path

from . import lists, public, views

app_name = "stories"
prefix = "nowwhat/stories/"
urlpatterns = [
    path("", lists.stories.view, name="list"),
    path("tell/", views.make, name="make"),
    path("read/", public.shelf, name="shelf"),
    path("read/<uuid:uuid>/", public.read, name="read"),
    path("read/<uuid:uuid>/<uuid:file>/", public.picture, name="picture"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("figures/<uuid:uuid>/remove/", views.uncite, name="uncite"),
    path("people/<uuid:uuid>/remove/", views.unname, name="unname"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/in/<str:code>/", views.translate, name="translate"),
    path("<uuid:uuid>/figures/cite/", views.cite, name="cite"),
    path("<uuid:uuid>/people/name/", views.name, name="name"),
    path("<uuid:uuid>/publish/", views.publish, name="publish"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
