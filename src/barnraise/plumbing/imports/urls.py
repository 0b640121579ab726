from __future__ import annotations

from django.urls import path

from .lists import imports
from .views import absent, downloads, results, start, steps

app_name = "imports"
prefix = "imports/"

urlpatterns = [
    path("", imports.view, name="list"),
    path("new/", start.give, name="start"),
    path("template/<slug:noun>.csv", start.template, name="template"),
    path("<uuid:uuid>/", results.one, name="one"),
    path("<uuid:uuid>/file/", steps.reading, name="reading"),
    path("<uuid:uuid>/format/", steps.choose_format, name="format"),
    path("<uuid:uuid>/noun/", steps.choose_noun, name="set_noun"),
    path("<uuid:uuid>/columns/", steps.columns, name="columns"),
    path("<uuid:uuid>/preview/", steps.preview, name="preview"),
    path("<uuid:uuid>/check/", results.check, name="check"),
    path("<uuid:uuid>/progress/", results.progress, name="progress"),
    path("<uuid:uuid>/run/", results.run, name="run"),
    path("<uuid:uuid>/cancel/", results.cancel, name="cancel"),
    path("<uuid:uuid>/decide/", results.decide, name="decide"),
    path("<uuid:uuid>/absent/add/", absent.add, name="add_absent"),
    path("<uuid:uuid>/absent/add-all/", absent.add_all, name="add_all_absent"),
    path("<uuid:uuid>/absent/join/", absent.join, name="join_absent"),
    path("<uuid:uuid>/series/", results.series, name="series"),
    path("<uuid:uuid>/undo/", results.undo, name="undo"),
    path("<uuid:uuid>/findings/<slug:phase>/<slug:kind>.csv", downloads.findings_csv, name="findings_csv"),
]
