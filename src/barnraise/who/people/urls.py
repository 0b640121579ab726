from __future__ import annotations

from django.urls import path

from . import carrying, lists, views

app_name = "people"
prefix = "who/people/"
urlpatterns = [
    path("", lists.people.view, name="list"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/card/", carrying.card, name="card"),
]
