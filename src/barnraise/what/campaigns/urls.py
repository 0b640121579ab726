from __future__ import annotations

from django.urls import path

from . import block_views, lists, views

app_name = "campaigns"
prefix = "what/campaigns/"
urlpatterns = [
    path("", lists.campaigns.view, name="list"),
    path("readers/", lists.readers.view, name="readers"),
    path("write/", views.make, name="make"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/shown/", views.shown, name="shown"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/ask/", views.ask, name="ask"),
    path("<uuid:uuid>/approve/", views.approve, name="approve"),
    path("<uuid:uuid>/take-back/", views.take_back, name="take_back"),
    path("<uuid:uuid>/send/", views.send, name="send"),
    path("<uuid:uuid>/test/", views.test, name="test"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/copy/", views.copy, name="copy"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/in/<slug:language>/", block_views.translate, name="translate"),
    path("<uuid:uuid>/blocks/add/", block_views.add, name="add_block"),
    path("<uuid:uuid>/blocks/<int:at>/change/", block_views.change, name="change_block"),
    path("<uuid:uuid>/blocks/<int:at>/move/", block_views.move, name="move_block"),
    path("<uuid:uuid>/blocks/<int:at>/remove/", block_views.remove, name="remove_block"),
]
