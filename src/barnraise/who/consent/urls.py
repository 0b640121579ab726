from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "consent"
prefix = "who/consent/"
urlpatterns = [
    path("", lists.standings.view, name="list"),
    path("of/key/<int:key>/", views.record_by_key, name="by_key"),
    path("said/key/<int:key>/", views.said_by_key, name="said_by_key"),
    path("of/<uuid:uuid>/", views.person, name="person"),
    path("of/<uuid:uuid>/note/", views.record, name="record"),
    path("of/<uuid:uuid>/link/", views.link, name="link"),
    path("<uuid:uuid>/withdraw/", views.withdraw, name="withdraw"),
    path("purposes/", lists.purposes.view, name="purposes"),
    path("purposes/add/", views.add_purpose, name="add_purpose"),
    path("purposes/key/<int:key>/", views.purpose_by_key, name="purpose_by_key"),
    path("purposes/<uuid:uuid>/", views.purpose, name="purpose"),
    path("purposes/<uuid:uuid>/change/", views.change_purpose, name="change_purpose"),
    path("purposes/<uuid:uuid>/end/", views.end_purpose, name="end_purpose"),
    path("purposes/<uuid:uuid>/reopen/", views.reopen_purpose, name="reopen_purpose"),
    path("purposes/<uuid:uuid>/remove/", views.remove_purpose, name="remove_purpose"),
]
