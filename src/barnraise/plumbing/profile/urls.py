from __future__ import annotations

from django.urls import path

from . import views

app_name = "profile"
prefix = "settings/profile/"
urlpatterns = [
    path("", views.show, name="show"),
    path("change/", views.change, name="change"),
]
