"""Who a returning browser belongs to: a signed cookie, given only to whoever followed the link in a mail to its end.

Filling in a form proves nothing, and a shared tablet belongs to nobody: neither gets the cookie.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from coop4canada.kit.cookies import SignedCookie

# Half a year: long enough to come back for the next step of a campaign, well below the 400 days browsers allow.
KNOWN = SignedCookie("c4c_known", timedelta(days=180))


def recognised(request: HttpRequest) -> int | None:
    """Return the number of the supporter that this browser belongs to; None if it is not known."""
    values = KNOWN.read(request)
    return int(values[0]) if values else None


def remember(response: HttpResponse, supporter_id: int) -> None:
    """Let this browser be known from now on; only in answer to a link that was mailed to the supporter."""
    KNOWN.write(response, supporter_id)


def forget(response: HttpResponse) -> None:
    """Let this browser be nobody's again."""
    KNOWN.clear(response)
