"""The one settings file. Every variable it reads is explained in docs/operations.md."""

import zoneinfo
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from coop4canada import env
from coop4canada.kit.providers import mail_settings, payment_form_hosts

# Lets Django's generic classes be written with their types at run time: `ModelForm[Preset]`.
django_stubs_ext.monkeypatch()

# The pinned tzdata package knows the clock rules of 2026; the system's files may be older.
zoneinfo.reset_tzpath([])

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("COOP_VAR_DIR", str(BASE_DIR / "var")))
DATA_DIR = Path(env.text("COOP_DATA_DIR", str(BASE_DIR / "data")))
FIXTURES_DIR = BASE_DIR / "fixtures"

DEBUG = env.flag("DJANGO_DEBUG", default=False)
SECRET_KEY = env.text("DJANGO_SECRET_KEY", "for development only" if DEBUG else None)
# Hashes of erased addresses stay comparable for as long as this stays the same.
HASH_KEY = env.text("COOP_HASH_KEY", "for development only" if DEBUG else None)
# How many proxies stand before the site, each adding the address it saw to X-Forwarded-For.
BEHIND_PROXY = env.flag("COOP_BEHIND_PROXY", default=False)
TRUSTED_HOPS = env.whole("COOP_TRUSTED_HOPS", 1 if BEHIND_PROXY else 0)
ALLOWED_HOSTS = env.words("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
SITE_URL = env.text("COOP_SITE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.words("DJANGO_CSRF_TRUSTED_ORIGINS", SITE_URL)

INSTALLED_APPS = [
    "ridings",
    "petitions",
    "pledges",
    "volunteers",
    "polls",
    "supporters",
    "campaign",
    "coop4canada.apps.ProjectConfig",
    "coop4canada.apps.OrganizerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "csp",
    "import_export",
    "leaflet",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "coop4canada.middleware.open_api",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coop4canada.middleware.language_from_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coop4canada.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

if DEBUG:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.middleware.common.CommonMiddleware"), "coop4canada.middleware.kind_404"
    )

ROOT_URLCONF = "coop4canada.urls"
WSGI_APPLICATION = "coop4canada.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coop4canada.context_processors.page",
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {"default": env.database(env.text("DATABASE_URL"))}
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "supporters.User"
# Pages of people who are not staff name their own log-in (supporters/doors.py).
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "account_home"

# Log-in by a code in a mail, for accounts that organizers made; docs/adr/0018 says why so.
ACCOUNT_ADAPTER = "supporters.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "supporters.forms.AskCodeForm",
    "confirm_login_code": "supporters.forms.EnterCodeForm",
    "reauthenticate": "supporters.forms.accounts.PasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "second_factor": "5/5m/key,20/d/key",
    "login_code": "30/m/ip,15/h/key",
    "signup": "20/m/ip",
    "signup_doubtful": "3/h/ip",
    # Whoever tries stolen cards sends many small gifts.
    "give": "20/h/ip",
}

# Staff and captains log in with a second factor; docs/adr/0024 says why so. Off, nobody is asked to set one up.
SECOND_FACTOR_REQUIRED = env.flag("COOP_SECOND_FACTOR", default=not DEBUG)
MFA_ADAPTER = "supporters.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "supporters.forms.second_factor.AppForm",
    "add_webauthn": "supporters.forms.second_factor.NewPasskeyForm",
    "authenticate": "supporters.forms.second_factor.FactorForm",
    "authenticate_webauthn": "supporters.forms.second_factor.PasskeyForm",
    "login_webauthn": "supporters.forms.second_factor.PasskeyLoginForm",
    "reauthenticate": "supporters.forms.second_factor.FactorAgainForm",
    "reauthenticate_webauthn": "supporters.forms.second_factor.PasskeyAgainForm",
}

# For how long doors and people to call are kept unless a list says otherwise, and at the longest, from its making on.
LIST_KEPT_DAYS = env.whole("COOP_LIST_KEPT_DAYS", 180)
LIST_MOST_DAYS = env.whole("COOP_LIST_MOST_DAYS", 365)

REDIS_URL = env.text("REDIS_URL")

# Counted by all web processes together: tries to log in, codes asked for. docs/adr/0025 says why so.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "supporters_sharedcount",
        # No row is thrown out before its time, or a flood of others would take a count back.
        "OPTIONS": {"MAX_ENTRIES": 10_000_000},
    }
}

# Broker: a job is only a wake-up for a row in the database, so an absent Redis must never make a page wait.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 20,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "visibility_timeout": 3600,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"

# Mail goes through the outbox alone (docs/algorithms/outbox.md); this is who carries it from there.
MAIL_PROVIDER = env.text("COOP_MAIL_PROVIDER", "")
MAIL_FROM = env.text("COOP_MAIL_FROM", "coop4canada@localhost")
MAIL_WEBHOOK_SECRET = env.text("COOP_MAIL_WEBHOOK_SECRET", "")
MAIL_ALARM_PER_MINUTE = env.whole("COOP_MAIL_ALARM_PER_MINUTE", 3000)
MAIL_FOLDER = VAR_DIR / "mail"
# EMAIL_BACKEND and what belongs to it, by provider.
globals().update(
    mail_settings(
        MAIL_PROVIDER,
        api_key=env.text("COOP_MAIL_API_KEY", ""),
        url=env.text("COOP_MAIL_API_URL", ""),
        webhook_secret=MAIL_WEBHOOK_SECRET,
    )
)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coop4canada.storage.StaticStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = env.flag("COOP_HTTPS_REDIRECT", default=not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.whole("COOP_HSTS_SECONDS", 0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
# Only set behind a proxy that overwrites the header itself; docker-compose.yml does.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "coop4canada.kit.logs.JsonFormatter"},
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"without_secrets": {"()": "coop4canada.kit.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_secrets"],
            "formatter": env.text("COOP_LOG_FORMAT", "plain" if DEBUG else "json"),
        },
    },
    "root": {"handlers": ["console"], "level": env.text("COOP_LOG_LEVEL", "INFO")},
    # One line for one failed request is enough: `django.request` propagates to the root with its trace.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Below this it writes what is sent to Stripe: names, addresses, references.
        "stripe": {"level": "WARNING"},
    },
}

# How long a caller of the phone team holds somebody after the last sign of life.
CALL_LEASE_SECONDS = env.whole("COOP_CALL_LEASE_SECONDS", 300)
# How callers get through to voters: a class of `volunteers.bridges.CallBridge`.
CALL_BRIDGE = env.text("COOP_CALL_BRIDGE", "volunteers.bridges.OwnPhone")

# Who takes cards: `stripe`, `local` (a trial provider with pages of its own, for development), or nobody.
PAYMENT_PROVIDER = env.text("COOP_PAYMENT_PROVIDER", "local" if DEBUG else "")
# One gift on the site, in dollars; larger ones come by cheque, after a talk.
GIFT_LEAST_DOLLARS = env.whole("COOP_GIFT_LEAST_DOLLARS", 5)
GIFT_MOST_DOLLARS = env.whole("COOP_GIFT_MOST_DOLLARS", 1_500)
STRIPE_KEY = env.text("COOP_STRIPE_KEY", "")
STRIPE_WEBHOOK_SECRET = env.text("COOP_STRIPE_WEBHOOK_SECRET", "")
STRIPE_URL = env.text("COOP_STRIPE_URL", "https://api.stripe.com")
# A form that leads to the provider's page is a form to the provider, for browsers that check where forms lead.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += payment_form_hosts(PAYMENT_PROVIDER)
# The trial provider's books, and whether it sends its notices by itself.
TRIAL_PROVIDER_FILE = VAR_DIR / "trial-provider.sqlite3"
TRIAL_PROVIDER_SENDS = PAYMENT_PROVIDER == "local"

OFFICIAL_SOURCES = {
    "boundaries": env.text(
        "COOP_BOUNDARIES_URL",
        "https://www.elections.ca/res/cir/mapsCorner/vector/FederalElectoralDistricts_2025_SHP.zip",
    ),
    "results": env.text(
        "COOP_RESULTS_URL", "https://www.elections.ca/res/rep/off/ovrGE45/62/data_donnees/table_tableau12.csv"
    ),
    "transposition": env.text(
        "COOP_TRANSPOSITION_URL",
        "https://www.elections.ca/res/rep/tra/2023rep/csv/Transposition_343_FED.csv",
    ),
}
SOURCE_TIMEOUT_SECONDS = env.whole("COOP_SOURCE_TIMEOUT_SECONDS", 20)
