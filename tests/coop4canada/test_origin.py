"""Where a request comes from."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop4canada.kit.origin import client_address, network_of, wide_network_of

PROXY = "10.0.0.1"
ANY_TEXT = st.text(st.characters(exclude_categories=[]))
NEARLY_AN_ADDRESS = st.from_regex(r"[0-9a-f.:,\[\]% ]{0,40}")


@pytest.mark.parametrize(
    ("forwarded_for", "hops", "expected"),
    [
        ("", 0, PROXY),
        ("192.0.2.1", 0, PROXY),
        ("192.0.2.1", 1, "192.0.2.1"),
        ("198.51.100.7, 192.0.2.1", 1, "192.0.2.1"),  # the first entry is what the client claims
        ("198.51.100.7,203.0.113.9,192.0.2.1,10.0.0.2", 2, "192.0.2.1"),
        ("192.0.2.1, 10.0.0.2", 2, "192.0.2.1"),
        ("192.0.2.1", 2, PROXY),  # fewer entries than proxies: one of them did not write
        ("", 1, PROXY),
        (" 192.0.2.1 ", 1, "192.0.2.1"),
        ("192.0.2.1,", 1, PROXY),
        (",192.0.2.1", 1, "192.0.2.1"),
        (", ,192.0.2.1", 2, PROXY),
        ("unknown", 1, PROXY),
        ("for=192.0.2.1", 1, PROXY),
        ("192.0.2.1:4711", 1, "192.0.2.1"),
        ("192.0.2.1:", 1, PROXY),
        ("192.0.2.256", 1, PROXY),
        ("192.0.2.01", 1, PROXY),
        ("2001:DB8::0001", 1, "2001:db8::1"),
        ("[2001:db8::1]", 1, "2001:db8::1"),
        ("[2001:db8::1]:443", 1, "2001:db8::1"),
        ("[2001:db8::1", 1, PROXY),
        ("fe80::1%eth0", 1, "fe80::1"),
        ("::ffff:192.0.2.1", 1, "192.0.2.1"),
        ("[::ffff:c000:201]:443", 1, "192.0.2.1"),
        ("192.0.2.1\r\nX: y", 1, PROXY),
        ("\x00", 1, PROXY),
        ("1," * 100_000 + "192.0.2.1", 1, "192.0.2.1"),
        ("192.0.2.1", -1, PROXY),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(forwarded_for: str, hops: int, expected: str) -> None:
    assert client_address(remote_address=PROXY, forwarded_for=forwarded_for, trusted_hops=hops) == expected


@pytest.mark.parametrize(
    ("remote_address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "0.0.0.0"),
        ("unix:", "0.0.0.0"),
        ("/run/site.sock", "0.0.0.0"),
    ],
)
def test_a_connection_without_an_address_has_a_known_place(remote_address: str, expected: str) -> None:
    assert client_address(remote_address=remote_address, forwarded_for="", trusted_hops=1) == expected


@pytest.mark.parametrize(
    ("address", "network", "wide_network"),
    [
        ("192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"),
        ("::1", "::/64", "::/48"),
        ("garbage", "0.0.0.0/32", "0.0.0.0/24"),
    ],
)
def test_requests_are_counted_by_network(address: str, network: str, wide_network: str) -> None:
    assert (network_of(address), wide_network_of(address)) == (network, wide_network)


@given(st.one_of(ANY_TEXT, NEARLY_AN_ADDRESS), st.one_of(ANY_TEXT, NEARLY_AN_ADDRESS), st.integers(-2, 5))
def test_any_header_gives_an_address_of_a_network(remote: str, forwarded_for: str, hops: int) -> None:
    address = client_address(remote_address=remote, forwarded_for=forwarded_for, trusted_hops=hops)

    assert str(ip_address(address)) == address
    assert ip_address(address) in ip_network(network_of(address))
    assert ip_network(wide_network_of(address)).supernet_of(ip_network(network_of(address)))  # type: ignore[arg-type]
