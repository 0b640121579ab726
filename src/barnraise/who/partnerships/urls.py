from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "partnerships"
prefix = "who/partnerships/"
urlpatterns = [
    path("", lists.partnerships.view, name="list"),
    path("begin/", views.begin, name="begin"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/stage/", views.move, name="move"),
    path("<uuid:uuid>/rate/", views.rate, name="rate"),
    path("ratings/<uuid:uuid>/remove/", views.remove_rating, name="remove_rating"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
