"""A caller of the controller's HTTP interface, for the command line, the demo and the bench."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
TIMEOUT_S = 15


class Refused(Exception):
    """The controller refused; `problem` is its problem document."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{problem.get('code')}: {problem.get('detail')}")
        self.status = status
        self.problem = problem


class Client:
    """One connection, kept open, of one caller. Not for several threads."""

    def __init__(self, address: str, token: str | None = None) -> None:
        """`address` is ``http://HOST:PORT``; `token` a bearer token."""
        self.address = address
        self.token = token
        self.status = 0
        """HTTP status of the last answer."""
        parts = urlsplit(address)
        host, port = parts.hostname or "127.0.0.1", parts.port
        self._connection: http.client.HTTPConnection
        if parts.scheme == "https":
            context = ssl.create_default_context()
            self._connection = http.client.HTTPSConnection(
                host, port, timeout=TIMEOUT_S, context=context
            )
        else:
            self._connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)

    def get(self, path: str) -> Json:
        """Read ``/api/v1`` + path; once more if the line was dropped meanwhile. Raises `Refused` or
        OSError."""
        return self._twice("GET", path, None)

    def post(self, path: str, body: Json) -> Json:
        """Post to ``/api/v1`` + path. Raises `Refused` or OSError."""
        return self._ask("POST", path, body)

    def command(self, path: str, **body: Any) -> Json:
        """Give a command; if the line breaks it is sent again with the same request id."""
        return self._twice("POST", path, {**body, "request_id": secrets.token_hex(12)})

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _twice(self, method: str, path: str, body: Json | None) -> Json:
        """What may be asked again without harm."""
        try:
            return self._ask(method, path, body)
        except (http.client.HTTPException, ConnectionError):
            return self._ask(method, path, body)

    def _ask(self, method: str, path: str, body: Json | None) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        try:
            self._connection.request(method, f"/api/v1{path}", content, headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except (http.client.HTTPException, OSError):
            self._connection.close()
            raise
        self.status = answer.status
        found: Json = json.loads(text) if text else {}
        if answer.status >= 400:
            raise Refused(answer.status, found)
        return found
