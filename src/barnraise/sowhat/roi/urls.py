from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "roi"
prefix = "sowhat/value/"
urlpatterns = [
    path("", lists.valuations.view, name="list"),
    path("begin/", views.begin, name="begin"),
    path("assumptions/", lists.assumptions.view, name="assumptions"),
    path("assumptions/<uuid:uuid>/forget/", views.forget, name="forget"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("outcomes/", lists.outcomes.view, name="outcomes"),
    path("outcomes/key/<int:key>/", views.outcome_by_key, name="outcome_by_key"),
    path("outcomes/<uuid:uuid>/", views.outcome, name="outcome"),
    path("outcomes/<uuid:uuid>/change/", views.change_outcome, name="change_outcome"),
    path("outcomes/<uuid:uuid>/remove/", views.remove_outcome, name="remove_outcome"),
    path("outcomes/<uuid:uuid>/assume/", views.assume_of, name="assume_of"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/costs/", views.costs, name="costs"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/outcomes/add/", views.add_outcome, name="add_outcome"),
    path("<uuid:uuid>/assume/", views.assume, name="assume"),
]
