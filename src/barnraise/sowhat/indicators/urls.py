from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "indicators"
prefix = "sowhat/indicators/"
urlpatterns = [
    path("", lists.observations.view, name="list"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.observation, name="observation"),
    path("<uuid:uuid>/rows.csv", views.rows_csv, name="rows_csv"),
    path("<uuid:uuid>/lock/", views.lock, name="lock"),
    path("of/<uuid:uuid>/write/", views.write, name="write"),
    path("of/<uuid:uuid>/ask/", views.ask, name="ask"),
    path("of/<uuid:uuid>/count/", views.count, name="count"),
    path("reports/key/<int:key>/", views.report_by_key, name="report_by_key"),
    path("reports/<uuid:uuid>/", views.report, name="report"),
    path("reports/<uuid:uuid>/remove/", views.remove_report, name="remove_report"),
]
