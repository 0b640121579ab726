from __future__ import annotations

from django.urls import path

from . import lists, public, views

app_name = "feedback"
prefix = "sowhat/feedback/"
urlpatterns = [
    path("", lists.comments.view, name="list"),
    path("note/", views.note, name="note"),
    path("said/", public.public, name="public"),
    path("themes/", lists.themes.view, name="themes"),
    path("themes/add/", views.add_theme, name="add_theme"),
    path("themes/<uuid:uuid>/", views.theme, name="theme"),
    path("themes/<uuid:uuid>/change/", views.change_theme, name="change_theme"),
    path("themes/<uuid:uuid>/remove/", views.remove_theme, name="remove_theme"),
    path("suggested/", views.suggested, name="suggested"),
    path("suggested/make/", views.suggest, name="suggest"),
    path("suggested/<uuid:uuid>/", views.take_suggestion, name="take_suggestion"),
    path("answers/", lists.answers.view, name="answers"),
    path("answers/write/", views.write_answer, name="write_answer"),
    path("answers/key/<int:key>/", views.answer_by_key, name="answer_by_key"),
    path("answers/<uuid:uuid>/", views.answer, name="answer"),
    path("answers/<uuid:uuid>/change/", views.change_answer, name="change_answer"),
    path("answers/<uuid:uuid>/publish/", views.publish, name="publish"),
    path("answers/<uuid:uuid>/withdraw/", views.withdraw, name="withdraw"),
    path("answers/<uuid:uuid>/remove/", views.remove_answer, name="remove_answer"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/themes/", views.set_themes, name="set_themes"),
    path("<uuid:uuid>/aside/", views.set_aside, name="set_aside"),
    path("<uuid:uuid>/wait/", views.wait_again, name="wait_again"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
