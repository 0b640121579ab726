from __future__ import annotations

from django.urls import path

from .views import accounts, entrance, invitations, own, tokens

app_name = "accounts"
prefix = ""
urlpatterns = [
    path("settings/accounts/", accounts.index, name="index"),
    path("settings/accounts/invite/", invitations.invite, name="invite"),
    path("settings/accounts/tokens/", tokens.everybody, name="all_tokens"),
    path("settings/accounts/invitations/<int:key>/resend/", invitations.resend, name="resend"),
    path("settings/accounts/invitations/<int:key>/revoke/", invitations.revoke, name="revoke"),
    path("settings/accounts/<int:key>/", accounts.show, name="show"),
    path("settings/accounts/<int:key>/role/", accounts.role, name="role"),
    path("settings/accounts/<int:key>/email/", accounts.email, name="change_email"),
    path("settings/accounts/<int:key>/deactivate/", accounts.deactivate, name="deactivate"),
    path("settings/accounts/<int:key>/reactivate/", accounts.reactivate, name="reactivate"),
    path("settings/accounts/<int:key>/factors/reset/", accounts.reset_factors, name="reset_factors"),
    path("settings/accounts/<int:key>/sessions/end/", accounts.end_sessions, name="end_sessions"),
    path("account/me/", own.me, name="me"),
    path("account/me/email/", own.email, name="own_email"),
    path("account/me/email/<str:signed>/", own.confirm_email, name="confirm_email"),
    path("account/sessions/<int:key>/end/", own.end_session, name="end_session"),
    path("account/tokens/", tokens.own, name="tokens"),
    path("account/tokens/new/", tokens.new, name="new_token"),
    path("account/tokens/<int:key>/revoke/", tokens.revoke, name="revoke_token"),
    path("invitation/<str:secret>/", entrance.invitation, name="invitation"),
    path("first-admin/<str:secret>/", entrance.first_admin, name="first_admin"),
]
