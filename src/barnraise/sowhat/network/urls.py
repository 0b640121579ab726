from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "network"
prefix = "sowhat/network/"
urlpatterns = [
    path("", lists.waves.view, name="list"),
    path("begin/", views.begin, name="begin"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("partners/key/<int:key>/", views.member_by_key, name="member_by_key"),
    path("partners/<uuid:uuid>/", views.member, name="member"),
    path("partners/<uuid:uuid>/remove/", views.remove_member, name="remove_member"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/partners/", views.add_members, name="add_members"),
    path("<uuid:uuid>/ask/", views.ask, name="ask"),
    path("<uuid:uuid>/close/", views.close, name="close"),
    path("<uuid:uuid>/open/", views.open_again, name="open_again"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
