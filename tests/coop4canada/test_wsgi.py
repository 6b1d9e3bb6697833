"""The entry point: what a request claims about its encoding breaks nothing."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest

from coop4canada.wsgi import application
from petitions.models import Petition, Signature
from tests import make

FORM = {"name": "Zoë Tremblay", "email": "zoe@example.org", "postal_code": "K1A 0B1"}
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition(opens_at=make.LONG_AGO)


def ask(method: str, path: str, kind: str, body: bytes = b"") -> int:
    """Return the status of the answer."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "r=%ff",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "192.0.2.1",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    # Without the signals around a request, which close the connection that the test's transaction is on.
    return int(application.get_response(application.request_class(environ)).status_code)


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "idna", "nonsense", "latin-1", "utf-8", "\x00", ""])
@pytest.mark.parametrize("rest", ["charset={}", "x*={}''y", "{}"])
def test_no_claim_about_the_encoding_fails(petition: Petition, charset: str, rest: str) -> None:
    kind = f"{URLENCODED}; {rest.format(charset)}"

    assert ask("GET", "/petitions/cooperate/", kind) == 200
    assert ask("POST", "/petitions/cooperate/sign/", kind, urlencode(FORM).encode()) == 303
    assert Signature.objects.get().name == "Zoë Tremblay"


def test_a_field_in_no_encoding_of_texts_is_no_field_of_the_form(petition: Petition) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name*=rot13''name\r\n\r\nabc\r\n--x--\r\n"

    assert ask("POST", "/petitions/cooperate/sign/", "multipart/form-data; boundary=x", body) == 422
