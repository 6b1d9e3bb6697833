"""Whether the site can listen somewhere, and what is said if not."""

import errno
import socket

import pytest

from coop4canada.local import LocalError, free_port, ports

pytestmark = pytest.mark.enable_socket


def test_free_port_is_no_obstacle() -> None:
    ports.demand_free("127.0.0.1", free_port())


def test_busy_port_names_the_next_free_one() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]

        with pytest.raises(LocalError) as caught:
            ports.demand_free("127.0.0.1", port)

    words = str(caught.value)
    assert words.startswith(
        f"Port {port} is used by another program: stop that one, or choose: make run PORT="
    )
    assert int(words.rpartition("=")[2]) != port


def test_port_of_a_listener_on_all_addresses_is_busy() -> None:
    with socket.socket() as busy:
        busy.bind(("0.0.0.0", 0))
        busy.listen()

        with pytest.raises(LocalError, match="is used by another program"):
            ports.demand_free("127.0.0.1", busy.getsockname()[1])


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(LocalError) as caught:
        ports.demand_free("192.0.2.1", free_port())

    assert str(caught.value) == "This machine cannot listen at 192.0.2.1: choose: make run HOST=127.0.0.1"


def test_reserved_port_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_obstacle", lambda _host, _port: errno.EACCES)

    with pytest.raises(LocalError) as caught:
        ports.demand_free("127.0.0.1", 80)

    assert str(caught.value) == "Port 80 needs more rights: choose one from 1024: make run PORT=8000"
