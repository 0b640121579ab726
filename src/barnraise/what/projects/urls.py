from __future__ import annotations

from django.urls import path

from . import lists, lists_parts, public, views, views_parts

app_name = "projects"
prefix = "what/projects/"
urlpatterns = [
    path("", lists.projects.view, name="list"),
    path("add/", views.add, name="add"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("contributions/", lists.contributions.view, name="contributions"),
    path("placements/", lists.placements.view, name="placements"),
    path("milestones/", lists_parts.milestones.view, name="milestones"),
    path("budget/", lists_parts.budget_lines.view, name="budget_lines"),
    path("amounts/", lists_parts.amounts.view, name="amounts"),
    path("partners/", lists_parts.partners.view, name="partners"),
    path("openings/", lists_parts.openings.view, name="openings"),
    path("<uuid:uuid>/", views.project, name="project"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/state/", views.state, name="state"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/<slug:part>/add/", views_parts.add, name="add_part"),
    path("parts/<slug:part>/<uuid:uuid>/change/", views_parts.change, name="change_part"),
    path("parts/<slug:part>/<uuid:uuid>/remove/", views_parts.remove, name="remove_part"),
    path("milestones/<uuid:uuid>/done/", views_parts.done, name="finish_milestone"),
    path("<uuid:uuid>/give/", views_parts.give, name="give"),
    path("contributions/<uuid:uuid>/change/", views_parts.change_gift, name="change_contribution"),
    path("contributions/<uuid:uuid>/remove/", views_parts.remove_gift, name="remove_contribution"),
    path("openings/<uuid:uuid>/", views_parts.opening, name="opening"),
    path("openings/<uuid:uuid>/apply/", views_parts.apply, name="apply"),
    path("openings/at/<uuid:uuid>/", public.opening_page, name="public_opening"),
    path("placements/<uuid:uuid>/move/", views_parts.move, name="move_placement"),
    path("placements/<uuid:uuid>/change/", views_parts.change_placement, name="change_placement"),
    path("placements/<uuid:uuid>/follow-up/", views_parts.follow_up, name="follow_up"),
    path("placements/<uuid:uuid>/remove/", views_parts.remove_placement, name="remove_placement"),
]
