from __future__ import annotations

from django.urls import path

from . import asking_views, list_views, lists, views

app_name = "mail"
prefix = "mail/"
urlpatterns = [
    path("", lists.messages.view, name="list"),
    path("write/", views.write, name="write"),
    path("ask/<str:kind>/<int:key>/", asking_views.ask, name="ask"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/shown/", views.shown, name="shown"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/release/", views.release, name="release"),
    path("<uuid:uuid>/again/", views.again, name="again"),
    path("suppressed/", lists.suppressions.view, name="suppressions"),
    path("suppressed/add/", list_views.suppress, name="suppress"),
    path("suppressed/several/", list_views.suppress_many, name="suppress_many"),
    path("suppressed/key/<int:key>/", list_views.suppression_by_key, name="suppression_by_key"),
    path("suppressed/<uuid:uuid>/", list_views.suppression, name="suppression"),
    path("suppressed/<uuid:uuid>/note/", list_views.suppression_note, name="suppression_note"),
    path("suppressed/<uuid:uuid>/lift/", list_views.lift, name="lift"),
    path("returned/", lists.notices.view, name="notices"),
    path("returned/take/", list_views.take, name="take"),
]
