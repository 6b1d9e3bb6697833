"""Settings of the site that the browser visits: static files as in production, and the style guide."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.visited_urls"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coop4canada.storage.StaticStorage"},
}
