from __future__ import annotations

from django.urls import path

from . import lists, public
from .views import answers, asking

app_name = "questionnaires"
prefix = ""
urlpatterns = [
    path("q/<slug:code>/", public.answer, name="public"),
    path("questionnaires/", lists.questionnaires.view, name="list"),
    path("questionnaires/add/", asking.add, name="add"),
    path("questionnaires/responses/", lists.responses.view, name="responses"),
    path("questionnaires/responses/key/<int:key>/", answers.response_by_key, name="response_by_key"),
    path("questionnaires/responses/<uuid:uuid>/", answers.response, name="response"),
    path("questionnaires/responses/<uuid:uuid>/remove/", answers.remove_response, name="remove_response"),
    path("questionnaires/key/<int:key>/", answers.by_key, name="by_key"),
    path("questionnaires/<uuid:uuid>/", answers.one, name="one"),
    path("questionnaires/<uuid:uuid>/settings/", asking.settings, name="settings"),
    path("questionnaires/<uuid:uuid>/words/", asking.words, name="words"),
    path("questionnaires/<uuid:uuid>/questions.csv", asking.questions_csv, name="questions_csv"),
    path("questionnaires/<uuid:uuid>/questions-from-file/", asking.questions_from_file, name="questions_from_file"),
    path("questionnaires/<uuid:uuid>/questions/add/", asking.add_question, name="add_question"),
    path("questionnaires/<uuid:uuid>/questions/<str:name>/", asking.change_question, name="change_question"),
    path("questionnaires/<uuid:uuid>/questions/<str:name>/move/", asking.move_question, name="move_question"),
    path("questionnaires/<uuid:uuid>/questions/<str:name>/remove/", asking.remove_question, name="remove_question"),
    path("questionnaires/<uuid:uuid>/publish/", asking.publish, name="publish"),
    path("questionnaires/<uuid:uuid>/new-version/", asking.begin_version, name="begin_version"),
    path("questionnaires/<uuid:uuid>/discard/", asking.discard_draft, name="discard_draft"),
    path("questionnaires/<uuid:uuid>/close/", asking.close, name="close"),
    path("questionnaires/<uuid:uuid>/reopen/", asking.reopen, name="reopen"),
    path("questionnaires/<uuid:uuid>/remove/", asking.remove, name="remove"),
    path("questionnaires/<uuid:uuid>/preview/", answers.preview, name="preview"),
    path("questionnaires/<uuid:uuid>/results/", answers.results, name="results"),
    path("questionnaires/<uuid:uuid>/results.csv", answers.results_csv, name="results_csv"),
    path("questionnaires/<uuid:uuid>/answers.csv", answers.answers_csv, name="answers_csv"),
    path("questionnaires/<uuid:uuid>/type-in/", answers.type_in, name="type_in"),
    path("questionnaires/<uuid:uuid>/take-in/", answers.take_in, name="take_in"),
    path("questionnaires/<uuid:uuid>/personal-link/", answers.link, name="link"),
    path("questionnaires/<uuid:uuid>/short-link/", answers.short_link, name="short_link"),
]  # fmt: skip
