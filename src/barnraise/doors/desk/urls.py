from __future__ import annotations

from django.urls import path

from . import public, tracing, views, welcome

app_name = "desk"
prefix = ""
urlpatterns = [
    path("", views.today, name="today"),
    path("search", views.search, name="search"),
    path("trace/<str:ref>/", tracing.trace, name="trace"),
    path("broken-threads/", tracing.broken, name="broken"),
    path("palette", views.palette, name="palette"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
    path("keys/", views.keys, name="keys"),
    path("settings/", views.settings, name="settings"),
    path("settings/sample/", welcome.sample, name="sample"),
    path("settings/sample/state", welcome.sample_state, name="sample_state"),
    path("settings/sample/add", welcome.sample_add, name="sample_add"),
    path("settings/sample/remove", welcome.sample_remove, name="sample_remove"),
    path("welcome/", welcome.resume, name="welcome"),
    path("welcome/later", welcome.later, name="later"),
    path("welcome/finish", welcome.finish, name="finish"),
    path("welcome/<slug:step>/", welcome.step, name="step"),
    path("healthz", public.health, name="health"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("manifest.webmanifest", public.manifest, name="manifest"),
]
