"""Addresses of background work."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "jobs"
prefix = "jobs/"

urlpatterns = [
    path("", views.jobs, name="list"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/progress/", views.progress, name="progress"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/retry/", views.retry, name="retry"),
]
