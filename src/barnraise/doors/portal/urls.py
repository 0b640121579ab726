from __future__ import annotations

from django.urls import path

from . import public, views

app_name = "portal"
prefix = "portal/"
urlpatterns = [
    path("", views.home, name="home"),
    path("door/", public.door, name="door"),
    path("leave/", views.leave, name="leave"),
    path("choose/", views.choose, name="choose"),
    path("send/<uuid:uuid>/", public.send, name="send"),
    path("record/", views.record, name="record"),
    path("record/mission/", views.mission, name="mission"),
    path("record/correct/", views.correct, name="correct"),
    path("promises/", views.promises, name="promises"),
    path("promises/<uuid:uuid>/keep/", views.keep, name="keep"),
    path("promises/<uuid:uuid>/late/", views.late, name="late"),
    path("numbers/", views.reports, name="reports"),
    path("numbers/<uuid:uuid>/", views.report, name="report"),
    path("events/", views.events, name="events"),
    path("thanks/", views.thanks, name="thanks"),
    path("meetings/", views.meeting_list, name="meetings"),
    path("meetings/<uuid:uuid>/", views.meeting, name="meeting"),
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/raise/", views.raise_concern, name="raise"),
    path("concerns/<uuid:uuid>/", views.concern, name="concern"),
]
