"""Settings of the test suite: the product's own, quicker where it does not matter."""

import os

os.environ.setdefault("DJANGO_SECRET_KEY", "for tests only")
os.environ.setdefault("COOP_HASH_KEY", "for tests only")
os.environ.setdefault("DJANGO_DEBUG", "false")
# Tests that are about it turn it on.
os.environ.setdefault("COOP_SECOND_FACTOR", "false")
os.environ.setdefault("COOP_HTTPS_REDIRECT", "false")
os.environ.setdefault("DJANGO_ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("COOP_LOG_FORMAT", "plain")

from coop4canada.settings import *  # noqa: F403
from coop4canada.settings import DATABASES, STATIC_ROOT, STORAGES

# The static files' server warns of a missing folder, and here a warning is an error.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

DATABASES["default"]["OPTIONS"].pop("pool", None)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# Tests hand the trial provider's notices over themselves.
TRIAL_PROVIDER_SENDS = False
