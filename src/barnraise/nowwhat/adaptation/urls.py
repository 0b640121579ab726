from __future__ import annotations

from django.urls import path

from . import lists, lists_moves
from .views import experiments, reviews, revisions

app_name = "adaptation"
prefix = "nowwhat/adaptation/"
urlpatterns = [
    path("revisions/", lists.revisions.view, name="revisions"),
    path("revisions/add/", revisions.add, name="add_revision"),
    path("revisions/key/<int:revision_key>/", revisions.by_key, name="revision_by_key"),
    path("revisions/<uuid:revision>/", revisions.one, name="revision"),
    path("revisions/<uuid:revision>/change/", revisions.change, name="change_revision"),
    path("revisions/<uuid:revision>/move/", revisions.add_move, name="add_move"),
    path("revisions/<uuid:revision>/approve/", revisions.approve, name="approve"),
    path("revisions/<uuid:revision>/drop/", revisions.drop, name="drop"),
    path("revisions/<uuid:revision>/remove/", revisions.remove, name="remove_revision"),
    path("moves/", lists_moves.moves.view, name="moves"),
    path("moves/key/<int:move_key>/", revisions.move_by_key, name="move_by_key"),
    path("moves/<uuid:move>/change/", revisions.change_move, name="change_move"),
    path("moves/<uuid:move>/remove/", revisions.remove_move, name="remove_move"),
    path("experiments/", lists.experiments.view, name="experiments"),
    path("experiments/add/", experiments.add, name="add_experiment"),
    path("experiments/key/<int:experiment_key>/", experiments.by_key, name="experiment_by_key"),
    path("experiments/<uuid:experiment>/", experiments.one, name="experiment"),
    path("experiments/<uuid:experiment>/change/", experiments.change, name="change_experiment"),
    path("experiments/<uuid:experiment>/judge/", experiments.judge, name="judge"),
    path("experiments/<uuid:experiment>/reopen/", experiments.reopen, name="reopen"),
    path("experiments/<uuid:experiment>/remove/", experiments.remove, name="remove_experiment"),
    path("reviews/", lists.reviews.view, name="reviews"),
    path("reviews/add/", reviews.add, name="add_review"),
    path("reviews/key/<int:review_key>/", reviews.by_key, name="review_by_key"),
    path("reviews/<uuid:review>/", reviews.one, name="review"),
    path("reviews/<uuid:review>/change/", reviews.change, name="change_review"),
    path("reviews/<uuid:review>/remove/", reviews.remove, name="remove_review"),
    path("reviews/<uuid:review>/lessons/add/", reviews.add_lesson, name="add_lesson"),
    path("lessons/", lists.lessons.view, name="lessons"),
    path("lessons/key/<int:lesson_key>/", reviews.lesson_by_key, name="lesson_by_key"),
    path("lessons/<uuid:lesson>/change/", reviews.change_lesson, name="change_lesson"),
    path("lessons/<uuid:lesson>/follow/", reviews.follow_up, name="follow_up"),
    path("lessons/<uuid:lesson>/set-aside/", reviews.set_aside, name="set_aside"),
    path("lessons/<uuid:lesson>/reopen/", reviews.reopen_lesson, name="reopen_lesson"),
    path("lessons/<uuid:lesson>/remove/", reviews.remove_lesson, name="remove_lesson"),
]
