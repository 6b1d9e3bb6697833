"""Links by which people pass something on. Pure: plain links, no script of a network, nothing sent before a click."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

# Where each network takes a text. Facebook takes an address only and shows what that page says of itself.
# Source: RFC 6068 (2010) for e-mail, and as the networks documented it in 2025: WhatsApp ("Click to chat"), Meta
# ("Sharing"), X ("Post intent"), Bluesky ("Action intent links").
_ADDRESSES: Mapping[str, tuple[str, str]] = {
    "whatsapp": ("https://wa.me/", "text"),
    "x": ("https://x.com/intent/post", "text"),
    "bluesky": ("https://bsky.app/intent/compose", "text"),
}


def filled(text: str, *, title: str, count: str, link: str) -> str:
    """Return the text with `{title}`, `{count}` and `{link}` filled in; the link is never left out.

    Other braces stay as they are: the words are people's own.
    """
    whole = text if "{link}" in text else f"{text} {{link}}"
    # The title last: it is the only one that could hold such words itself.
    for name, value in (("count", count), ("link", link), ("title", title)):
        whole = whole.replace(f"{{{name}}}", value)
    return whole.strip()


def share_address(network: str, *, text: str, subject: str, link: str) -> str:
    """Return the address that opens a network with the text ready to send.

    Raises: KeyError for a network that is not known.
    """
    if network == "facebook":
        return f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': link}, quote_via=quote)}"
    if network == "email":
        # Mail programs want line breaks as CRLF, and no plus signs for spaces.
        body = "\r\n".join(text.splitlines())
        return f"mailto:?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"
    address, field = _ADDRESSES[network]
    return f"{address}?{urlencode({field: text}, quote_via=quote)}"
