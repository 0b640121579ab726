from __future__ import annotations

from django.urls import path

from . import door_views, lists, lists_made, public, views

app_name = "events"
prefix = "what/events/"
urlpatterns = [
    path("", lists.events.view, name="list"),
    path("plan/", views.plan, name="plan"),
    path("key/<int:key>/", views.by_key, name="by_key"),
    path("outputs/", lists_made.outputs.view, name="outputs"),
    path("costs/", lists_made.costs.view, name="costs"),
    path("hosts/", lists_made.hosts.view, name="hosts"),
    path("registrations/", lists.registrations.view, name="registrations"),
    path("registrations/key/<int:key>/", views.registration_by_key, name="registration_by_key"),
    path("registrations/<uuid:uuid>/cancel/", views.cancel_registration, name="cancel_registration"),
    path("registrations/<uuid:uuid>/hours/", views.hours, name="hours"),
    path("registrations/<uuid:uuid>/link/", views.personal_link, name="personal_link"),
    path("door/<uuid:uuid>/", door_views.scanned, name="scanned"),
    path("door/<uuid:uuid>/undo/", door_views.undo_check_in, name="undo_check_in"),
    path("at/<uuid:uuid>/", public.event_page, name="public"),
    path("at/<uuid:uuid>/event.ics", public.calendar_file, name="calendar_file"),
    path("<uuid:uuid>/", views.one, name="one"),
    path("<uuid:uuid>/change/", views.change, name="change"),
    path("<uuid:uuid>/register/", views.register, name="register"),
    path("<uuid:uuid>/door/", door_views.door, name="door"),
    path("<uuid:uuid>/made/", views.made, name="made"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/close/", views.close, name="close"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/remove/", views.remove, name="remove"),
]
