from __future__ import annotations

from django.urls import path

from . import views

app_name = "journal"
prefix = "journal/"
urlpatterns = [
    path("", views.index, name="index"),
    path("entries.csv", views.table, name="table"),
    path("of/<str:ref>/", views.thing, name="thing"),
    path("changes/<int:key>/", views.change_set, name="change_set"),
    path("changes/<int:key>/undo/", views.undo, name="undo"),
]
