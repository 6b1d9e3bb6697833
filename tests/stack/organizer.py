"""An organizer at the real admin: logs in and edits over HTTP."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Organizer:
    """A browser of few words for `base`, e.g. http://127.0.0.1:8000/."""

    def __init__(self, base: str, email: str, password: str) -> None:
        self.base = base.rstrip("/")
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        self.post("/admin/login/?next=/admin/", username=email, password=password)

    def get(self, path: str) -> str:
        with self._open(self.base + path, timeout=30) as answer:
            page: str = answer.read().decode()
            return page

    def post(self, path: str, **fields: str) -> str:
        """Fill in the form at `path` and return the page that follows; a form with errors fails."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        assert token
        form = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        request = urllib.request.Request(self.base + path, form, {"Referer": self.base + path})
        with self._open(request, timeout=30) as answer:
            page: str = answer.read().decode()
        assert "errornote" not in page, re.findall(r"errorlist[^>]*>(.*?)</ul>", page)
        return page

    def override(self, riding: int, kind: str) -> None:
        """Decide that the riding with this key has this class."""
        self.post(
            "/admin/ridings/classoverride/add/",
            riding=str(riding),
            riding_class=kind,
            reason_en="Test",
            reason_fr="Essai",
            expires_at_0="2040-01-01",
            expires_at_1="00:00",
        )
