from __future__ import annotations

from django.urls import path

from . import lists, lists_partners, views, views_logic, views_objectives, views_partners

app_name = "goals"
prefix = "why/goals/"
urlpatterns = [
    path("", lists.goals.view, name="list"),
    path("add/", views.add, name="add"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("<uuid:uuid>/", views.goal, name="goal"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/agree/", views.agree, name="agree"),
    path("<uuid:uuid>/end/", views.end, name="end"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/cite/", views.cite, name="cite"),
    path("<uuid:uuid>/uncite/", views.uncite, name="uncite"),
    path("<uuid:uuid>/logic/", views_logic.model, name="logic"),
    path("<uuid:uuid>/logic/step/", views_logic.add_step, name="add_step"),
    path("<uuid:uuid>/logic/arrow/", views_logic.add_arrow, name="add_arrow"),
    path("steps/<uuid:uuid>/change/", views_logic.change_step, name="change_step"),
    path("steps/<uuid:uuid>/remove/", views_logic.remove_step, name="remove_step"),
    path("arrows/<uuid:uuid>/remove/", views_logic.remove_arrow, name="remove_arrow"),
    path("<uuid:uuid>/ask/", views_partners.ask, name="ask"),
    path("endorsements/", lists_partners.endorsements.view, name="endorsements"),
    path("logic/", lists_partners.logic_steps.view, name="logic_steps"),
    path("endorsements/<uuid:uuid>/link/", views_partners.link, name="endorsement_link"),
    path("endorsements/<uuid:uuid>/answer/", views_partners.note, name="note_endorsement"),
    path("endorsements/<uuid:uuid>/take-back/", views_partners.take_back, name="take_back_endorsement"),
    path("<uuid:uuid>/objectives/add/", views_objectives.add, name="add_objective"),
    path("objectives/", lists.objectives.view, name="objectives"),
    path("objectives/key/<int:key>/", views_objectives.by_key, name="objective_by_key"),
    path("objectives/<uuid:uuid>/", views_objectives.objective, name="objective"),
    path("objectives/<uuid:uuid>/change/", views_objectives.change, name="change_objective"),
    path("objectives/<uuid:uuid>/agree/", views_objectives.agree, name="agree_objective"),
    path("objectives/<uuid:uuid>/end/", views_objectives.end, name="end_objective"),
    path("objectives/<uuid:uuid>/reopen/", views_objectives.reopen, name="reopen_objective"),
    path("objectives/<uuid:uuid>/remove/", views_objectives.remove, name="remove_objective"),
    path("indicators/", lists.indicators.view, name="indicators"),
    path("indicators/add/", views_objectives.add_indicator, name="add_indicator"),
    path("indicators/key/<int:key>/", views_objectives.indicator_by_key, name="indicator_by_key"),
    path("indicators/<uuid:uuid>/", views_objectives.indicator, name="indicator"),
    path("indicators/<uuid:uuid>/change/", views_objectives.change_indicator, name="change_indicator"),
    path("indicators/<uuid:uuid>/source/", views_objectives.source, name="indicator_source"),
    path("indicators/<uuid:uuid>/end/", views_objectives.end_indicator, name="end_indicator"),
    path("indicators/<uuid:uuid>/reopen/", views_objectives.reopen_indicator, name="reopen_indicator"),
    path("indicators/<uuid:uuid>/remove/", views_objectives.remove_indicator, name="remove_indicator"),
]
