from __future__ import annotations

from django.urls import path

from . import feed_views, lists, mail_views, proposal_views, public, step_views, views

app_name = "interactions"
prefix = "who/interactions/"
urlpatterns = [
    path("", lists.interactions.view, name="list"),
    path("add/", views.create, name="create"),
    path("who/", views.who, name="who"),
    path("about/<str:ref>/", views.about, name="about"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("of/<str:ref>/", views.whole, name="timeline"),
    path("steps/", lists.steps.view, name="steps"),
    path("steps/add/", step_views.add_step, name="add_step"),
    path("steps/key/<int:key>/", step_views.step_by_key, name="step_by_key"),
    path("steps/<uuid:uuid>/", step_views.step, name="step"),
    path("steps/<uuid:uuid>/change/", step_views.change_step, name="change_step"),
    path("steps/<uuid:uuid>/done/", step_views.finish_step, name="finish_step"),
    path("steps/<uuid:uuid>/open/", step_views.reopen_step, name="reopen_step"),
    path("steps/<uuid:uuid>/move/", step_views.move_step, name="move_step"),
    path("steps/<uuid:uuid>/remove/", step_views.remove_step, name="remove_step"),
    path("addresses/", lists.proposals.view, name="proposals"),
    path("addresses/<uuid:uuid>/", proposal_views.proposal, name="proposal"),
    path("addresses/<uuid:uuid>/link/", proposal_views.link, name="link_proposal"),
    path("addresses/<uuid:uuid>/make/", proposal_views.make, name="make_person"),
    path("addresses/<uuid:uuid>/nobody/", proposal_views.nobody, name="nobody"),
    path("mail/", mail_views.mail, name="mail"),
    path("mail/address/open/", mail_views.open_address, name="open_address"),
    path("mail/address/renew/", mail_views.renew_address, name="renew_address"),
    path("mail/address/close/", mail_views.close_address, name="close_address"),
    path("calendar/", feed_views.feed, name="feed"),
    path("calendar/open/", feed_views.open_feed, name="open_feed"),
    path("calendar/renew/", feed_views.renew_feed, name="renew_feed"),
    path("calendar/close/", feed_views.close_feed, name="close_feed"),
    path("calendar/<str:secret>.ics", public.calendar, name="calendar"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
    path("<uuid:uuid>/take-back/", views.take_back, name="take_back"),
]
