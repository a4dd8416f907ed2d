"""The server: a socket bound before anything is built, and uvicorn over it until Ctrl-C."""

import errno
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from seston.errors import SestonError
from seston.graph.querying.queries import list_queries
from seston.web.limits import Limits

__all__ = ["Limits", "bind", "run", "url_of"]

_GRACE_S = 2


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Parameters
    ----------
    host
        Name or address of this machine.
    port
        Port, or 0 for any that is free.

    Raises
    ------
    SestonError
        The port is taken or may not be used, or the host is none of this machine's.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=128)
    except OSError as error:
        hints = {
            errno.EADDRINUSE: "Another program listens there: choose another port with --port, or 0 for a free one.",
            errno.EACCES: "Ports below 1024 belong to the system: choose another with --port.",
        }
        hint = hints.get(error.errno or 0, "Give the name or address of this machine with --host.")
        raise SestonError(f"Cannot listen on {host}, port {port}: {error.strerror or error}.", hint=hint) from error


def url_of(listening: socket.socket) -> str:
    """Return the URL at which a socket listens.

    Examples
    --------
    >>> with bind("127.0.0.1", 0) as listening:
    ...     url_of(listening).startswith("http://127.0.0.1:")
    True
    """
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def run(
    store: Path,
    listening: socket.socket,
    limits: Limits,
    evaluators: int,
    origins: Sequence[str],
    tell: Callable[[str], None],
) -> None:
    """Serve a store until Ctrl-C or SIGTERM; running queries are ended then.

    Parameters
    ----------
    store
        The store's folder.
    listening
        The socket, from `bind`.
    limits
        What one query may cost.
    evaluators
        How many queries are evaluated at once.
    origins
        Origins whose pages may ask from a browser.
    tell
        Told of each request, without its query.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C.
    """
    import uvicorn

    from seston.web.app import application
    from seston.web.page import StartPage
    from seston.web.pool import Pool

    pool = Pool(store, limits, evaluators)

    class Server(uvicorn.Server):
        """Ends queries first, since no request ends before its query."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            pool.end()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        application(pool, StartPage(list_queries()), origins, tell),
        log_config=None,
        access_log=False,  # it would write queries
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_GRACE_S,
    )
    Server(config).run(sockets=[listening])
