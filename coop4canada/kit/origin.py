"""Where a request comes from, and the networks by which it is counted. Pure.

The header X-Forwarded-For is written by anybody; only the entries that our own proxies added can be believed,
and those are the last ones.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

UNKNOWN = "0.0.0.0"  # noqa: S104 — nobody listens there; it stands for "no address"

# A household's connection gets a /64 at least and may change address in it at will; a /48 is a whole site.
# Source: RFC 6177, 2011, sections 2 and 3.
IPV4_PREFIX, IPV6_PREFIX = 32, 64
WIDE_IPV4_PREFIX, WIDE_IPV6_PREFIX = 24, 48

_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\](?::[0-9]{1,5})?")
_IPV4_WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}")


def client_address(*, remote_address: str, forwarded_for: str, trusted_hops: int) -> str:
    """Return the address of whoever asks, in its shortest form.

    Args:
        remote_address: who is connected to us; the nearest proxy if there is one.
        forwarded_for: the header X-Forwarded-For, empty if absent.
        trusted_hops: how many proxies of ours each request passes, 0 if none. Each adds the address of whoever
            connected to it, so the first of them wrote the entry that many places from the right.

    Returns: that entry; `remote_address` if it is absent or no address; `UNKNOWN` if that is none either.
    """
    entries = forwarded_for.rsplit(",", trusted_hops)[-trusted_hops:] if trusted_hops > 0 else []
    forwarded = _parsed(entries[0]) if len(entries) == trusted_hops and entries else None
    return str(forwarded or _parsed(remote_address) or UNKNOWN)


def network_of(address: str) -> str:
    """Return the network that stands for one connection: `192.0.2.1/32`, `2001:db8:1:2::/64`."""
    return _network(address, IPV4_PREFIX, IPV6_PREFIX)


def wide_network_of(address: str) -> str:
    """Return the network that stands for a site: `192.0.2.0/24`, `2001:db8:1::/48`."""
    return _network(address, WIDE_IPV4_PREFIX, WIDE_IPV6_PREFIX)


def _network(address: str, ipv4_prefix: int, ipv6_prefix: int) -> str:
    known = _parsed(address) or IPv4Address(UNKNOWN)
    prefix = ipv4_prefix if isinstance(known, IPv4Address) else ipv6_prefix
    return str(ip_network((known, prefix), strict=False))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address without its port, brackets and zone; an IPv4 address in IPv6's clothes is IPv4."""
    stripped = text.strip()
    enclosed = _IN_BRACKETS.fullmatch(stripped) or _IPV4_WITH_PORT.fullmatch(stripped)
    try:
        address = ip_address((enclosed[1] if enclosed else stripped).partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
