from __future__ import annotations

from django.urls import path

from . import lists
from .views import figures, measures, places, postcodes

app_name = "communities"
prefix = "who/communities/"
urlpatterns = [
    path("", lists.communities.view, name="list"),
    path("tree/", places.tree, name="tree"),
    path("add/", places.create, name="create"),
    path("postcodes/", postcodes.postcodes, name="postcodes"),
    path("outlines.json", places.outlines, name="outlines"),
    path("key/<int:key>/", places.by_key, name="by_key"),
    path("headcounts/<uuid:uuid>/change/", places.change_headcount, name="change_headcount"),
    path("headcounts/<uuid:uuid>/remove/", places.remove_headcount, name="remove_headcount"),
    path("figures/", lists.figures.view, name="figures"),
    path("figures/add/", figures.add, name="add_figure"),
    path("figures/key/<int:key>/", figures.by_key, name="figure_by_key"),
    path("figures/<uuid:uuid>/change/", figures.change, name="change_figure"),
    path("figures/<uuid:uuid>/remove/", figures.remove, name="remove_figure"),
    path("measures/", lists.measures.view, name="measures"),
    path("measures/add/", measures.add, name="add_measure"),
    path("measures/key/<int:key>/", measures.by_key, name="measure_by_key"),
    path("measures/<uuid:uuid>/", measures.one, name="measure"),
    path("measures/<uuid:uuid>/change/", measures.change, name="change_measure"),
    path("measures/<uuid:uuid>/remove/", measures.remove, name="remove_measure"),
    path("measures/<uuid:uuid>/figures.csv", measures.figures_csv, name="measure_csv"),
    path("<uuid:uuid>/", places.one, name="one"),
    path("<uuid:uuid>/change/", places.change, name="change"),
    path("<uuid:uuid>/remove/", places.remove, name="remove"),
    path("<uuid:uuid>/headcounts/add/", places.add_headcount, name="add_headcount"),
    path("<uuid:uuid>/figures/<uuid:measure>/", figures.series, name="series"),
    path("<uuid:uuid>/boundary.geojson", places.geojson, name="geojson"),
]
