from __future__ import annotations

from django.urls import path

from . import lists, lists_scores, views

app_name = "needs"
prefix = "why/needs/"
urlpatterns = [
    path("", lists.needs.view, name="list"),
    path("add/", views.add, name="add"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/evidence/", views.add_evidence, name="add_evidence"),
    path("evidence/", lists.evidence.view, name="evidence"),
    path("evidence/<uuid:uuid>/change/", views.change_evidence, name="change_evidence"),
    path("evidence/<uuid:uuid>/remove/", views.remove_evidence, name="remove_evidence"),
    path("scores/", lists_scores.scores.view, name="scores"),
    path("<uuid:uuid>/score/", views.score, name="score"),
    path("<uuid:uuid>/score/<int:key>/remove/", views.remove_score, name="remove_score"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("assessments/", lists.cycles.view, name="cycles"),
    path("assessments/add/", views.add_cycle, name="add_cycle"),
    path("assessments/key/<int:key>/", views.cycle_by_key, name="cycle_by_key"),
    path("assessments/<uuid:uuid>/", views.cycle, name="cycle"),
    path("assessments/<uuid:uuid>/priorities.csv", views.priorities_csv, name="priorities_csv"),
    path("assessments/<uuid:uuid>/change/", views.change_cycle, name="change_cycle"),
    path("assessments/<uuid:uuid>/close/", views.close_cycle, name="close_cycle"),
    path("assessments/<uuid:uuid>/reopen/", views.reopen_cycle, name="reopen_cycle"),
    path("assessments/<uuid:uuid>/remove/", views.remove_cycle, name="remove_cycle"),
    path("sessions/", lists.sessions.view, name="sessions"),
    path("sessions/add/", views.add_session, name="add_session"),
    path("sessions/key/<int:key>/", views.session_by_key, name="session_by_key"),
    path("sessions/<uuid:uuid>/", views.session, name="session"),
    path("sessions/<uuid:uuid>/change/", views.change_session, name="change_session"),
    path("sessions/<uuid:uuid>/remove/", views.remove_session, name="remove_session"),
]
