from __future__ import annotations

from django.urls import path

from . import lists, public, views, views_said

app_name = "decisions"
prefix = ""
urlpatterns = [
    path("d/<slug:code>/", public.take_part, name="public"),
    path("why/decisions/", lists.decisions.view, name="list"),
    path("why/decisions/add/", views.add, name="add"),
    path("why/decisions/key/<int:key>/", views.by_key, name="by_key"),
    path("why/decisions/proposals/", lists.proposals.view, name="proposals"),
    path("why/decisions/proposals/key/<int:key>/", views.proposal_by_key, name="proposal_by_key"),
    path("why/decisions/proposals/<uuid:uuid>/show/", views_said.show_proposal, name="show_proposal"),
    path("why/decisions/proposals/<uuid:uuid>/hide/", views_said.hide_proposal, name="hide_proposal"),
    path("why/decisions/proposals/<uuid:uuid>/who/", views_said.name_proposer, name="name_proposer"),
    path("why/decisions/proposals/<uuid:uuid>/comment/", views_said.add_comment, name="add_comment"),
    path("why/decisions/comments/", lists.comments.view, name="comments"),
    path("why/decisions/comments/<uuid:uuid>/change/", views_said.change_comment, name="change_comment"),
    path("why/decisions/comments/<uuid:uuid>/remove/", views_said.remove_comment, name="remove_comment"),
    path("why/decisions/comments/<uuid:uuid>/show/", views_said.show_comment, name="show_comment"),
    path("why/decisions/comments/<uuid:uuid>/hide/", views_said.hide_comment, name="hide_comment"),
    path("why/decisions/<uuid:uuid>/", views.one, name="one"),
    path("why/decisions/<uuid:uuid>/change/", views.change, name="change"),
    path("why/decisions/<uuid:uuid>/open/", views.open_proposals, name="open_proposals"),
    path("why/decisions/<uuid:uuid>/vote/", views.open_vote, name="open_vote"),
    path("why/decisions/<uuid:uuid>/settle/", views.settle, name="settle"),
    path("why/decisions/<uuid:uuid>/carry/", views.carry, name="carry"),
    path("why/decisions/<uuid:uuid>/follow-up/", views.follow_up, name="follow_up"),
    path("why/decisions/<uuid:uuid>/drop/", views.drop, name="drop"),
    path("why/decisions/<uuid:uuid>/remove/", views.remove, name="remove"),
    path("why/decisions/<uuid:uuid>/propose/", views_said.add_proposal, name="add_proposal"),
    path("why/decisions/<uuid:uuid>/personal-link/", views.link, name="link"),
]
