"""The addresses that the browser visits; that site's phones are open at any hour, and no other test's."""

from tests.browser.open_phones import open_phones
from tests.browser.urls import *  # noqa: F403

open_phones()
