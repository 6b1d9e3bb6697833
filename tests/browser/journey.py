"""A way through the site that looks at every page it comes by, and how somebody logs in on it."""

import re
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator

from supporters.models import OutgoingMessage, User
from tests.browser.conftest import Asking, Visit
from tests.browser.test_accessibility import report


class Journey:
    """A visit with the words of its language; axe needs a page whose scripts run.

    `found` is what axe objects to by page. `words` has `prefix`, `ask` and `log_in`.
    """

    def __init__(self, visit: Visit, words: Any, *, has_scripts: bool) -> None:
        self.visit, self.words, self.has_scripts = visit, words, has_scripts
        self.found: dict[str, str] = {}

    @property
    def main(self) -> Locator:
        return self.visit.page.get_by_role("main")

    def arrives(self, address: str) -> None:
        page = self.visit.page
        page.wait_for_url(re.compile(address))
        if self.has_scripts:
            self.found |= {page.url: text} if (text := report(page, self.visit)) else {}

    def goes(self, path: str) -> None:
        self.visit.go(self.words.prefix + path)
        self.arrives(path)

    def clicks(self, name: str, address: str) -> None:
        either = self.main.get_by_role("link", name=name).or_(self.main.get_by_role("button", name=name))
        either.first.click()
        self.arrives(address)

    def types_the_code(self, ask: Asking, email: str, onward: str) -> None:
        """Ask for a code on the page of logging in, and type the one that was mailed."""
        page = self.visit.page
        page.locator("#field-email").fill(email)
        self.clicks(self.words.ask, "/account/code/")
        mail: Any = ask(lambda: OutgoingMessage.objects.filter(to=email).order_by("-pk")[0])
        page.locator("#field-code").fill(mail.context["code"])
        self.clicks(self.words.log_in, onward)


def let_in(visit: Visit, user: User) -> None:
    """Give the browser a session of the account; the database is open to whoever calls this."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    visit.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": visit.address}])
