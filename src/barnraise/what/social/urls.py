from __future__ import annotations

from django.urls import path

from . import account_views, lists, variant_views, views

app_name = "social"
prefix = "what/posts/"
urlpatterns = [
    path("", lists.messages.view, name="list"),
    path("write/", views.make, name="make"),
    path("draft/", views.draft, name="draft"),
    path("variants/", lists.variants.view, name="variants"),
    path("accounts/", lists.accounts.view, name="accounts"),
    path("accounts/add/", account_views.add, name="add_account"),
    path("accounts/key/<int:key>/", account_views.by_key, name="account_by_key"),
    path("accounts/<uuid:uuid>/", account_views.account, name="account"),
    path("accounts/<uuid:uuid>/change/", account_views.change, name="change_account"),
    path("accounts/<uuid:uuid>/connect/", account_views.connect, name="connect"),
    path("accounts/<uuid:uuid>/end/", account_views.end, name="end_account"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("variants/key/<int:key>/", variant_views.variant_by_key, name="variant_by_key"),
    path("variants/<uuid:uuid>/", variant_views.variant, name="variant"),
    path("variants/<uuid:uuid>/change/", variant_views.change_variant, name="change_variant"),
    path("variants/<uuid:uuid>/approve/", variant_views.approve, name="approve"),
    path("variants/<uuid:uuid>/unapprove/", variant_views.unapprove, name="unapprove"),
    path("variants/<uuid:uuid>/post/", variant_views.post, name="post"),
    path("variants/<uuid:uuid>/by-hand/", variant_views.by_hand, name="by_hand"),
    path("variants/<uuid:uuid>/down/", variant_views.take_down, name="take_down"),
    path("variants/<uuid:uuid>/reach/", variant_views.reach, name="reach"),
    path("reach/<uuid:uuid>/remove/", variant_views.remove_reach, name="remove_reach"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/approve/", views.approve_all, name="approve_all"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
