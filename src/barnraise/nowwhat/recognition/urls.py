from __future__ import annotations

from django.urls import path

from . import lists, mark_views, views

app_name = "recognition"
prefix = "nowwhat/thanks/"
urlpatterns = [
    path("", lists.thanks.view, name="list"),
    path("write/", views.write, name="write"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("statements/<uuid:uuid>/", views.statement, name="statement"),
    path("statements/<uuid:uuid>/pdf/", views.as_pdf, name="paper"),
    path("milestones/", lists.milestones.view, name="milestones"),
    path("milestones/key/<int:key>/", mark_views.milestone_by_key, name="milestone_by_key"),
    path("milestones/<uuid:uuid>/", mark_views.milestone, name="milestone"),
    path("milestones/<uuid:uuid>/campaign/", mark_views.draft_campaign, name="draft_campaign"),
    path("milestones/<uuid:uuid>/message/", mark_views.draft_message, name="draft_message"),
    path("milestones/<uuid:uuid>/leave/", mark_views.leave, name="leave"),
    path("marks/", lists.marks.view, name="marks"),
    path("marks/add/", mark_views.add_mark, name="add_mark"),
    path("marks/key/<int:key>/", mark_views.mark_by_key, name="mark_by_key"),
    path("marks/<uuid:uuid>/", mark_views.mark, name="mark"),
    path("marks/<uuid:uuid>/change/", mark_views.change_mark, name="change_mark"),
    path("marks/<uuid:uuid>/end/", mark_views.end_mark, name="end_mark"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/send/", views.send, name="send"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
