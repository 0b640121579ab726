from __future__ import annotations

from django.urls import path

from . import exchange_lists, lists, service_lists
from .views import exchanges, fit, organisations, rights, services

app_name = "organisations"
prefix = "who/organisations/"
urlpatterns = [
    path("", lists.organisations.view, name="list"),
    path("points.json", organisations.points, name="points"),
    path("add/", organisations.create, name="create"),
    path("key/<int:key>/", organisations.by_key, name="by_key"),
    path("fit/", fit.ranking, name="fit"),
    path("services/", service_lists.listed_services.view, name="services"),
    path("services/key/<int:key>/", services.service_by_key, name="service_by_key"),
    path("services/<int:key>/change/", services.change_service, name="change_service"),
    path("services/<int:key>/remove/", services.remove_service, name="remove_service"),
    path("exchanges/", exchange_lists.listed_exchanges.view, name="exchanges"),
    path("exchanges/key/<int:key>/", exchanges.exchange_by_key, name="exchange_by_key"),
    path("exchanges/<uuid:uuid>/change/", exchanges.change_exchange, name="change_exchange"),
    path("exchanges/<uuid:uuid>/remove/", exchanges.remove_exchange, name="remove_exchange"),
    path("exchanges/<uuid:uuid>/open/", exchanges.open_exchange, name="open_exchange"),
    path("exchanges/<uuid:uuid>/pause/", exchanges.pause_exchange, name="pause_exchange"),
    path("exchanges/<uuid:uuid>/end/", exchanges.end_exchange, name="end_exchange"),
    path("<uuid:uuid>/", organisations.one, name="one"),
    path("<uuid:uuid>/panels/<slug:panel>/", organisations.panel, name="panel"),
    path("<uuid:uuid>/change/", organisations.change, name="change"),
    path("<uuid:uuid>/remove/", organisations.remove, name="remove"),
    path("<uuid:uuid>/export/", rights.export, name="export"),
    path("<uuid:uuid>/close/", organisations.close, name="close"),
    path("<uuid:uuid>/reopen/", organisations.reopen, name="reopen"),
    path("<uuid:uuid>/own/", organisations.set_own, name="set_own"),
    path("<uuid:uuid>/services/add/", services.add_service, name="add_service"),
    path("<uuid:uuid>/gives/add/", exchanges.add_give, name="add_give"),
    path("<uuid:uuid>/seeks/add/", exchanges.add_seek, name="add_seek"),
]
