"""The floor: as bare a Flask and Flask-SocketIO server as there can be, on the same engine."""

from __future__ import annotations

import sys

from flask import Flask, Response, request
from flask_socketio import SocketIO

from controller.engine import engine, listen


def main(name: str) -> None:
    """Serve on a free port until terminated."""
    runner = engine(name)
    app = Flask("floor")
    socketio = SocketIO(app, async_mode=name)

    @app.post("/noop")
    def noop() -> Response:
        return Response("{}", mimetype="application/json")

    @app.post("/emit")
    def emit() -> Response:
        socketio.emit("events", request.get_json())
        return Response("{}", mimetype="application/json")

    @socketio.on("join")  # type: ignore[untyped-decorator]
    def join(asked: object) -> dict[str, bool]:
        return {"ok": True}

    listener = listen("127.0.0.1", 0)
    print(f"floor: http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    runner.serve(app, listener, None)


if __name__ == "__main__":
    main(sys.argv[1])
