from __future__ import annotations

from django.urls import path

from . import lists, views

app_name = "reports"
prefix = "sowhat/reports/"
urlpatterns = [
    path("", lists.reports.view, name="list"),
    path("write/", views.write, name="write"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/report.pdf", views.as_pdf, name="pdf"),
    path("<uuid:uuid>/report.xlsx", views.as_xlsx, name="xlsx"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/issue/", views.issue, name="issue"),
    path("<uuid:uuid>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
