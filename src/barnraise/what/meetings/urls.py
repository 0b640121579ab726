from __future__ import annotations

from django.urls import path

from . import lists, views, views_attendance, views_series

app_name = "meetings"
prefix = "what/meetings/"
urlpatterns = [
    path("", lists.meetings.view, name="list"),
    path("plan/", views.plan, name="plan"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("attendances/", lists.attendances.view, name="attendances"),
    path("attendances/<int:key>/", views.attendance_by_key, name="attendance_by_key"),
    path("series/", lists.series.view, name="series_list"),
    path("series/begin/", views_series.begin, name="begin_series"),
    path("series/key/<int:key>/", views_series.by_key, name="series_by_key"),
    path("series/<uuid:uuid>/", views_series.one, name="series"),
    path("series/<uuid:uuid>/change/", views_series.change, name="change_series"),
    path("series/<uuid:uuid>/end/", views_series.end, name="end_series"),
    path("series/<uuid:uuid>/resume/", views_series.resume, name="resume_series"),
    path("series/<uuid:uuid>/remove/", views_series.remove, name="remove_series"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/paper/", views.paper, name="paper"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/agenda/", views.agenda, name="agenda"),
    path("<uuid:uuid>/minutes/", views.minutes, name="minutes"),
    path("<uuid:uuid>/attendance/", views_attendance.attendance, name="attendance"),
    path("<uuid:uuid>/action/", views.act, name="act"),
    path("<uuid:uuid>/hold/", views.hold, name="hold"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
