"""Settings of the site that the browser visits: static files as in production, the style guide, and trial cards."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.visited_urls"
PAYMENT_PROVIDER = "local"
TRIAL_PROVIDER_SENDS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coop4canada.storage.StaticStorage"},
}
