"""Django's settings, made from the environment variables that env.py declares."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pacework.service.env import Environment, SettingError
from pacework.service.settings_database import database

env = Environment()


def _secret_key(data: Path, *, make: bool) -> str:
    """The key given, or one made once and kept where only this account can read it."""
    if env.is_set("PACEWORK_SECRET_KEY"):
        return env.text("PACEWORK_SECRET_KEY")
    if not make:
        raise SettingError(
            "Production needs PACEWORK_SECRET_KEY: long random text that stays the same and is kept secret."
        )
    file = data / "secret-key"
    try:
        # Exclusive: of two processes that start at once, one makes the key and the other reads it.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    key = secrets.token_urlsafe(64)
    with os.fdopen(descriptor, "w") as out:
        out.write(key)
    return key


try:
    PACEWORK_MODE = env.text("PACEWORK_MODE")
    PRODUCTION = PACEWORK_MODE == "production"
    TEST = PACEWORK_MODE == "test"
    PACEWORK_DEMO = env.flag("PACEWORK_DEMO", default=PACEWORK_MODE == "development")
    if PRODUCTION and PACEWORK_DEMO:
        raise SettingError(
            "The demo cannot be on in production: it lets anybody sign in with one click and fills the "
            "database with invented people. Unset PACEWORK_DEMO, or set PACEWORK_MODE=development."
        )
    DEBUG = env.flag("PACEWORK_DEBUG")
    if DEBUG and PRODUCTION:
        raise SettingError("PACEWORK_DEBUG cannot be on in production: its pages show our code and data.")
    PACEWORK_DATA = env.folder("PACEWORK_DATA")
    PACEWORK_DATA.mkdir(parents=True, exist_ok=True)
    SECRET_KEY = _secret_key(PACEWORK_DATA, make=not PRODUCTION)
    ALLOWED_HOSTS = env.items("PACEWORK_ALLOWED_HOSTS")
    if not ALLOWED_HOSTS:
        if PRODUCTION:
            raise SettingError("Production needs PACEWORK_ALLOWED_HOSTS: the names the service answers to.")
        ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
    DATABASES = {
        "default": database(
            env.text("PACEWORK_DATABASE_URL"),
            data=PACEWORK_DATA,
            pool=env.number("PACEWORK_DATABASE_POOL"),
            test=TEST,
        )
    }
    HSTS_SECONDS = env.number("PACEWORK_HSTS_SECONDS")
    SESSION_COOKIE_AGE = env.number("PACEWORK_SESSION_HOURS") * 3600
    EMAIL_PORT = env.number("PACEWORK_EMAIL_PORT")
    EMAIL_USE_TLS = env.flag("PACEWORK_EMAIL_TLS")
    TRUST_PROXY = env.flag("PACEWORK_TRUST_PROXY")
    LOG_LEVEL = env.text("PACEWORK_LOG_LEVEL")
except SettingError as error:
    raise ImproperlyConfigured(str(error)) from error

for _name in env.undeclared():
    sys.stderr.write(f"pacework: {_name} is set but nothing reads it (see `pacework settings`).\n")

# Low to high: a room imports only from rooms before it, never from one beside it.
ROOMS = (
    "core",
    "people",
    "cases",
    "plan",
    "contacts",
    "employers",
    "recruitment",
    "profile",
    "work",
    "diary",
    "matching",
    "desk",
    "demo",
)

INSTALLED_APPS = [
    *(f"pacework.service.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pacework.service.people.sign_in.SlidingSessionMiddleware",
    "pacework.service.core.middleware.ShellMiddleware",
]

ROOT_URLCONF = "pacework.service.urls"
WSGI_APPLICATION = "pacework.service.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "pacework.service.core.jinja.environment",
            "context_processors": [
                *_CONTEXT,
                "pacework.service.core.navigation.context",
                "pacework.service.core.jinja.page_context",
            ],
        },
    },
    # Only for the plain-text e-mails that the sign-in library brings; pages are Jinja2.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

# Place and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Shared by all processes, unlike memory: the limits on sign-in attempts are counted here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# Background work

TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend" if TEST else "django_tasks_db.DatabaseBackend"
        ),
        "QUEUES": ["default"],
    }
}

# Signing in

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "pacework.service.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, never by signing up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letter to people who have no account
ACCOUNT_EMAIL_NOTIFICATIONS = True  # but one to whoever's password or second step was changed
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Pacework: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "pacework.service.people.adapters.display"
_FORMS = "pacework.service.people.sign_in_forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignIn",
    "change_password": f"{_FORMS}.ChangePassword",
    "set_password": f"{_FORMS}.SetPassword",
    "reset_password": f"{_FORMS}.ResetPassword",
    "reset_password_from_key": f"{_FORMS}.ChoosePassword",
    "reauthenticate": f"{_FORMS}.Confirm",
}
MFA_ADAPTER = "pacework.service.people.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondStep",
    "reauthenticate": f"{_FORMS}.ConfirmByCode",
    "activate_totp": f"{_FORMS}.AddApp",
    "add_webauthn": f"{_FORMS}.AddPasskey",
    "edit_webauthn": f"{_FORMS}.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pacework"
MFA_TOTP_TOLERANCE = 1  # phones' clocks are a few seconds out
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_ADAPTER = "pacework.service.people.adapters.SocialAdapter"
SOCIALACCOUNT_ONLY = False
# The organisation's own provider vouches for the address: it opens the account that has it, and makes none.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.is_set("PACEWORK_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.text("PACEWORK_OIDC_NAME"),
                "client_id": env.text("PACEWORK_OIDC_CLIENT_ID"),
                "secret": env.text("PACEWORK_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env.text("PACEWORK_OIDC_SERVER")},
            }
        ],
    }

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# What browsers may load: our own files and nothing else, from nowhere else.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

if env.is_set("PACEWORK_OIDC_SERVER"):
    # Browsers hold a form to this list through redirects too, and the sign-in button leads to the provider.
    _provider = urlsplit(env.text("PACEWORK_OIDC_SERVER"))
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(f"{_provider.scheme}://{_provider.netloc}")

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = HSTS_SECONDS
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Files

STATIC_URL = "/static/"
STATIC_ROOT = PACEWORK_DATA / "static"
MEDIA_ROOT = PACEWORK_DATA / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TEST
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
if TEST:
    # Tests read static files straight from the source; nothing was collected.
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    # Hashing a password properly takes a third of a second, by design; hundreds of tests sign in.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# E-mail

EMAIL_HOST = env.text("PACEWORK_EMAIL_HOST")
EMAIL_HOST_USER = env.text("PACEWORK_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("PACEWORK_EMAIL_PASSWORD")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("PACEWORK_EMAIL_FROM")
PACEWORK_ADDRESS = env.text("PACEWORK_ADDRESS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING" if TEST else LOG_LEVEL},
    "loggers": {
        # Django's own handlers would say everything twice.
        "django": {"handlers": [], "propagate": True},
        # A page that is not found, or refused, is no event for whoever runs the service; an error is.
        "django.request": {"level": "ERROR"},
    },
}
