from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "discovery"
prefix = "nowwhat/candidates/"
urlpatterns = [
    path("", views.ranking, name="ranking"),
    path("decided/", lists.candidates.view, name="list"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/forget/", views.forget, name="forget"),
    path("organisation/<uuid:body>/decide/", views.judge, name="judge"),
    path("organisation/<uuid:body>/begin/", views.approach, name="approach"),
]
