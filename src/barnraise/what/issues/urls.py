from __future__ import annotations

from django.urls import path

from . import lists, public, views, views_clocks

app_name = "issues"
prefix = ""
urlpatterns = [
    path("concern/", public.concern_page, name="public"),
    path("what/concerns/", lists.issues.view, name="list"),
    path("what/concerns/clocks/", views_clocks.clocks, name="clocks"),
    path("what/concerns/note/", views.bring, name="bring"),
    path("what/concerns/key/<int:key>/", views.by_key, name="by_key"),
    path("what/concerns/answers/<int:key>/", views.answer_by_key, name="answer_by_key"),
    path("what/concerns/<uuid:uuid>/", views.one, name="one"),
    path("what/concerns/<uuid:uuid>/change/", views.change, name="change"),
    path("what/concerns/<uuid:uuid>/take/", views.take, name="take"),
    path("what/concerns/<uuid:uuid>/answer/", views.answer, name="answer"),
    path("what/concerns/<uuid:uuid>/decline/", views.decline, name="decline"),
    path("what/concerns/<uuid:uuid>/resolve/", views.resolve, name="resolve"),
    path("what/concerns/<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("what/concerns/<uuid:uuid>/remove/", views.remove, name="remove"),
]
