from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "snoozes"
prefix = "today/snoozed/"
urlpatterns = [
    path("", lists.snoozes.view, name="list"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/wake/", views.wake, name="wake"),
    path("<str:card>/<str:ref>/", views.snooze, name="snooze"),
]
