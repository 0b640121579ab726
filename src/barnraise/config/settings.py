"""Django's settings, all derived from `environment()`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from .databases import database
from .environment import environment
from .mail import mail_settings
from .rooms import ROOMS
from .website import FRONT_DOOR, LIBRARIES, picture_storage, website_settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before numpy is loaded: for matrices of hundreds its threads wait for each other longer than they compute."""

ENVIRONMENT = environment()
DATA = ENVIRONMENT.data
PACKAGE = Path(__file__).resolve().parents[1]
_ADDRESS = urlsplit(ENVIRONMENT.url)
IS_HTTPS = _ADDRESS.scheme == "https"

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [
    _ADDRESS.hostname or "127.0.0.1",
    "127.0.0.1",
    "localhost",
    "[::1]",
    *(h.strip() for h in ENVIRONMENT.allowed_hosts.split(",") if h.strip()),
]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.url]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "huey.contrib.djhuey",
    *ROOMS,
    *(LIBRARIES if ENVIRONMENT.site else ()),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "barnraise.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "barnraise.doors.api.middleware.ProblemResponses",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "barnraise.plumbing.accounts.middleware.AccountPreferences",
    "barnraise.plumbing.profile.middleware.InstallationFacts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "barnraise.plumbing.accounts.middleware.SessionUse",
    "barnraise.plumbing.ui.middleware.PolicyRequired",
    *([FRONT_DOOR] if ENVIRONMENT.site else []),
]
ROOT_URLCONF = "barnraise.config.urls"
WSGI_APPLICATION = "barnraise.config.wsgi.application"
BARNRAISE_URL = ENVIRONMENT.url
BARNRAISE_FOREIGN_POLICIES = "barnraise.config.policies.FOREIGN"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "barnraise.plumbing.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT.database_url, DATA)}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The counters of rate limits lie there: with Django's 300, somebody who makes many entries would push them out.
_MOST_CACHED = 10_000
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA / "cache"),
            "OPTIONS": {"MAX_ENTRIES": _MOST_CACHED},
        }
        if IS_SQLITE
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "barnraise_cache",
            "OPTIONS": {"MAX_ENTRIES": _MOST_CACHED},
        }
    ),
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pictures",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "barnraise.plumbing.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"enter": "20/m/ip", "token_failed": "30/m/ip"}
ACCOUNT_FORMS = {
    "login": "barnraise.plumbing.accounts.login_forms.LoginForm",
    "reset_password": "barnraise.plumbing.accounts.login_forms.ResetPasswordForm",
    "reset_password_from_key": "barnraise.plumbing.accounts.login_forms.ResetPasswordKeyForm",
    "change_password": "barnraise.plumbing.accounts.login_forms.ChangePasswordForm",
    "set_password": "barnraise.plumbing.accounts.login_forms.SetPasswordForm",
    "reauthenticate": "barnraise.plumbing.accounts.login_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "barnraise.plumbing.accounts.factor_forms.AuthenticateForm",
    "reauthenticate": "barnraise.plumbing.accounts.factor_forms.ReauthenticateForm",
    "activate_totp": "barnraise.plumbing.accounts.factor_forms.ActivateTOTPForm",
    "add_webauthn": "barnraise.plumbing.accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "barnraise.plumbing.accounts.factor_forms.EditPasskeyForm",
}
PASSWORD_RESET_TIMEOUT = 86_400
MFA_ADAPTER = "barnraise.plumbing.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files")},
    },
    "staticfiles": {
        "BACKEND": "barnraise.plumbing.ui.storage.StaticFiles"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
if ENVIRONMENT.site:
    STORAGES["pictures"] = picture_storage(DATA)
    vars().update(
        website_settings(url=ENVIRONMENT.url, languages=LANGUAGES, limit_mb=ENVIRONMENT.upload_limit_mb)
    )

vars().update(mail_settings(ENVIRONMENT.email_url, DATA))
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from or f"Barnraise <barnraise@{_ADDRESS.hostname}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies

_TILES = [
    f"{t.scheme}://{t.netloc.replace('{s}', '*')}" for t in [urlsplit(ENVIRONMENT.tile_url)] if t.netloc
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *_TILES],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

TASKS = {
    "default": {
        "BACKEND": "huey.contrib.djhuey.tasks_backend.HueyBackend",
        "OPTIONS": {"enqueue_on_commit": True},
    }
}
HUEY = {
    "name": "barnraise",
    "immediate": False,
    "results": True,
    **(
        {
            "huey_class": "barnraise.plumbing.jobs.queues.SqliteQueue",
            "connection": {"filename": str(DATA / "queue.sqlite3"), "timeout": 20},
        }
        if IS_SQLITE
        else {
            "huey_class": "barnraise.plumbing.jobs.queues.PostgresQueue",
            "connection": {"dsn": ENVIRONMENT.database_url, "blocking": True, "read_timeout": 1},
        }
    ),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # Django gives its own a level of their own, which would go past the root's; its DEBUG tells of every variable of a page.
        "django": {"level": "INFO" if ENVIRONMENT.log_level == "DEBUG" else ENVIRONMENT.log_level},
        # What editors did stands in the history of each page.
        "wagtail": {"level": "WARNING"},
    },
}
