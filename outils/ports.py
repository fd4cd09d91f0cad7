"""A port that nothing uses, for servers started by tests and measures."""

import socket


def port_libre() -> int:
    """Return a port that nothing uses now."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
