from __future__ import annotations

from django.urls import path

from . import lists, public, views

app_name = "links"
prefix = ""
urlpatterns = [
    path("links/", lists.short_links.view, name="index"),
    path("links/new/", views.create, name="create"),
    path("links/<uuid:uuid>/", views.show, name="show"),
    path("links/<uuid:uuid>/change/", views.change, name="change"),
    path("links/<uuid:uuid>/end/", views.end, name="end"),
    path("links/<uuid:uuid>/remove/", views.remove, name="remove"),
    path("links/key/<int:key>/", views.by_key, name="by_key"),
    path("links/<uuid:uuid>/qr.svg", views.qr_svg, name="qr-svg"),
    path("links/<uuid:uuid>/qr.png", views.qr_png, name="qr-png"),
    path("l/act/<str:token>", public.signed_link, name="open"),
    path("l/<str:code>", public.follow, name="follow"),
]
