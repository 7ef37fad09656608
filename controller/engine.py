"""The concurrency engine: the only file that knows eventlet and gevent (docs/adr/0001-engine.md).

Nothing is monkey-patched. Whoever needs to wait takes its primitives from here, and whatever
blocks (SQLite, argon2) runs in a real thread through `call_blocking`, so that the hub never
stands still.
"""

import queue
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
BACKLOG = 1024
IDLE_CONNECTION_S = 75


class Inbox(Protocol):
    """A queue with many senders and one reader."""

    def put(self, item: Any) -> None: ...
    def get(self) -> Any: ...
    def empty(self) -> bool: ...


class Promise(Protocol):
    """A value that will be there once; `get` waits for it, `fail` makes `get` raise."""

    def set(self, value: Any) -> None: ...
    def fail(self, error: BaseException) -> None: ...
    def get(self) -> Any: ...


class Tls(Protocol):
    """Certificate and key files, PEM."""

    certificate: Path
    key: Path


class Engine(Protocol):
    """How the controller waits, spawns and serves."""

    name: str

    def inbox(self) -> Inbox: ...
    def promise(self) -> Promise: ...
    def lock(self) -> AbstractContextManager[Any]: ...
    def spawn(self, function: Callable[..., object], *args: object) -> None: ...
    def sleep(self, seconds: float) -> None: ...
    def call_blocking(self, function: Callable[..., T], *args: object) -> T: ...
    def serve(self, app: Any, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        """Answer requests for ever on a listening socket."""
        ...


class EventletEngine:
    """Green threads of eventlet; the default."""

    name = "eventlet"

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of its retirement; the ADR knows
            import eventlet
            import eventlet.event
            import eventlet.queue
            import eventlet.semaphore
            import eventlet.tpool
            import eventlet.wsgi
        warnings.filterwarnings("ignore", category=eventlet.EventletDeprecationWarning)
        self._e = eventlet

    def inbox(self) -> Inbox:
        return self._e.queue.LightQueue()  # type: ignore[no-any-return]

    def promise(self) -> Promise:
        return _EventletPromise(self._e.event.Event())

    def lock(self) -> AbstractContextManager[Any]:
        return self._e.semaphore.Semaphore(1)  # type: ignore[no-any-return]

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        self._e.spawn_n(function, *args)

    def sleep(self, seconds: float) -> None:
        self._e.sleep(seconds)

    def call_blocking(self, function: Callable[..., T], *args: object) -> T:
        return self._e.tpool.execute(function, *args)  # type: ignore[no-any-return]

    def serve(self, app: Any, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        green = self._e.greenio.GreenSocket(listener)
        if tls is not None:
            green = self._e.green.ssl.GreenSSLSocket(
                green, server_side=True, do_handshake_on_connect=False, _context=tls
            )
        self._e.wsgi.server(
            green,
            app,
            log_output=False,
            max_size=10_000,
            socket_timeout=IDLE_CONNECTION_S,
            keepalive=IDLE_CONNECTION_S,
        )


class _EventletPromise:
    def __init__(self, event: Any) -> None:
        self._event = event

    def set(self, value: Any) -> None:
        self._event.send(value)

    def fail(self, error: BaseException) -> None:
        self._event.send_exception(error)

    def get(self) -> Any:
        return self._event.wait()


class GeventEngine:
    """Green threads of gevent."""

    name = "gevent"

    def __init__(self) -> None:
        import gevent
        import gevent.event
        import gevent.lock
        import gevent.pywsgi
        import gevent.queue
        from geventwebsocket.handler import WebSocketHandler

        self._g = gevent
        self._handler = WebSocketHandler

    def inbox(self) -> Inbox:
        return self._g.queue.SimpleQueue()  # type: ignore[no-any-return]

    def promise(self) -> Promise:
        return _GeventPromise(self._g.event.AsyncResult())

    def lock(self) -> AbstractContextManager[Any]:
        return self._g.lock.Semaphore(1)  # type: ignore[no-any-return]

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        self._g.spawn(function, *args)

    def sleep(self, seconds: float) -> None:
        self._g.sleep(seconds)

    def call_blocking(self, function: Callable[..., T], *args: object) -> T:
        return self._g.get_hub().threadpool.apply(function, args)  # type: ignore[no-any-return]

    def serve(self, app: Any, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        import gevent.socket

        green = gevent.socket.socket(fileno=listener.detach())
        green.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        extra = {} if tls is None else {"ssl_context": tls}
        self._g.pywsgi.WSGIServer(
            green, app, log=None, error_log=None, handler_class=self._handler, **extra
        ).serve_forever()


class _GeventPromise:
    def __init__(self, result: Any) -> None:
        self._result = result

    def set(self, value: Any) -> None:
        self._result.set(value)

    def fail(self, error: BaseException) -> None:
        self._result.set_exception(error)

    def get(self) -> Any:
        return self._result.get()


class ThreadingEngine:
    """Threads of the operating system and Werkzeug's server."""

    name = "threading"

    def inbox(self) -> Inbox:
        return queue.SimpleQueue()

    def promise(self) -> Promise:
        return _ThreadPromise()

    def lock(self) -> AbstractContextManager[Any]:
        return threading.Lock()

    def spawn(self, function: Callable[..., object], *args: object) -> None:
        threading.Thread(target=function, args=args, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def call_blocking(self, function: Callable[..., T], *args: object) -> T:
        return function(*args)

    def serve(self, app: Any, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Handler(WSGIRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_request(self, *_: object) -> None:
                """Requests are not logged: they may carry what belongs to a person."""

        host, port = listener.getsockname()[:2]
        make_server(
            host,
            port,
            app,
            threaded=True,
            request_handler=Handler,
            ssl_context=tls,
            fd=listener.fileno(),
        ).serve_forever()


class _ThreadPromise:
    def __init__(self) -> None:
        self._ready = threading.Event()
        self._value: Any = None
        self._error: BaseException | None = None

    def set(self, value: Any) -> None:
        self._value = value
        self._ready.set()

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._ready.set()

    def get(self) -> Any:
        self._ready.wait()
        if self._error is not None:
            raise self._error
        return self._value


_ENGINES: dict[str, Callable[[], Engine]] = {
    "eventlet": EventletEngine,
    "gevent": GeventEngine,
    "threading": ThreadingEngine,
}


def engine(name: str) -> Engine:
    """The engine of that name: eventlet, gevent or threading."""
    return _ENGINES[name]()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """A server context for these PEM files. Raises OSError or ssl.SSLError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
