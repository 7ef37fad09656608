"""Every route is declared here with its owner: method, path, roles, body, and what it is for.

One declaration gives the route, the check of the token and role, the validated body, the problem
documents and the OpenAPI page; a route without roles cannot be declared by accident (`PUBLIC`
says so by name).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from controller.hall.errors import HallError
from controller.identity import Actor, Role
from controller.views.problem import problem_document
from controller.web import errors as x
from controller.web.context import Context

B = TypeVar("B", bound=BaseModel)
Roles = frozenset[Role]

PUBLIC: Roles = frozenset()
ANY: Roles = frozenset(Role)
JSON = "application/json"
PROBLEM = "application/problem+json"

LARGEST_REQUEST = 64 * 1024
REQUEST_ID = r"^[A-Za-z0-9_-]{8,64}$"


class Body(BaseModel):
    """A JSON body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CommandBody(Body):
    """A body that asks for a change: sent again with the same `request_id`, it is done once."""

    request_id: str = Field(pattern=REQUEST_ID)


@dataclass(frozen=True, slots=True)
class Operation:
    """One route of the API."""

    method: str
    path: str
    roles: Roles
    body: type[BaseModel] | None
    status: int
    summary: str
    pending: bool = False
    """Whether a device may call it before it is approved."""

    @property
    def public(self) -> bool:
        """Whether no token is needed."""
        return not self.roles


OPERATIONS: list[Operation] = []


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that has passed the door: who asks (None on public routes), and for what."""

    ctx: Context
    who: Actor | None
    body: Any = None

    @property
    def actor(self) -> Actor:
        """Who asks, on routes that are not public."""
        assert self.who is not None
        return self.who


def operation(
    blueprint: Blueprint,
    method: str,
    path: str,
    roles: Roles,
    summary: str,
    *,
    body: type[BaseModel] | None = None,
    status: int = 200,
    pending: bool = False,
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Declare a route. The handler gets an `Asked` and the path's values."""
    op = Operation(method, path, roles, body, status, summary, pending)
    OPERATIONS.append(op)

    def declare(handler: Callable[..., Response]) -> Callable[..., Response]:
        def route(**values: Any) -> Response:
            ctx: Context = current_app.extensions["jiaohao"]
            who = None if op.public else admit(ctx, bearer(), op)
            return handler(Asked(ctx, who, _read(body) if body else None), **values)

        blueprint.add_url_rule(path, f"{handler.__name__}", route, methods=[method])
        return handler

    return declare


def admit(ctx: Context, token: str, op: Operation) -> Actor:
    """The actor behind a token, if `op` is for its role. Raises a `HallError`."""
    who = identify(ctx, token)
    if who.pending and not op.pending:
        raise x.DevicePending(device_code=ctx.service.identities.devices[who.id].code)
    if who.role not in op.roles:
        raise x.Forbidden(role=str(who.role))
    return who


def identify(ctx: Context, token: str) -> Actor:
    """The actor behind a token. Raises a `HallError`."""
    who = ctx.service.identities.actor(token, ctx.service.clock.instant()) if token else None
    if who is None:
        if token and ctx.service.identities.revoked(token):
            raise x.DeviceRevoked()
        raise x.Unauthenticated()
    return who


def json_text(body: str, status: int = 200) -> Response:
    """An answer from JSON text; refusals are problem documents."""
    return Response(body, status, mimetype=JSON if status < 400 else PROBLEM)


def problem(error: HallError) -> Response:
    """A refusal as an answer."""
    document = problem_document(error)
    if isinstance(error, x.Invalid):
        facts = error.facts
        document["errors"] = [{"field": facts["field"], "message": facts["message"]}]
    response = Response(current_app.json.dumps(document), error.status, mimetype=PROBLEM)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def number_asked(name: str, default: int, most: int | None) -> int:
    """A whole number from the query, at most `most`. Raises `Invalid`."""
    text: str = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise x.Invalid(field=name, message="a whole number, zero or more")
    return int(text) if most is None else min(int(text), most)


def bearer() -> str:
    """The token of the request, empty without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _content() -> bytes:
    """The body. A body of known length is read straight from the server: half the cost."""
    told = request.environ.get("CONTENT_LENGTH", "")
    if not told.isdecimal() or int(told) > LARGEST_REQUEST:
        return request.get_data(cache=False)  # which refuses what is too large
    content: bytes = request.environ["wsgi.input"].read(int(told))
    return content


def _read(model: type[B]) -> B:
    try:
        return model.model_validate_json(_content())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] in {"json_invalid", "model_type"}:
            raise x.Malformed() from None
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise x.Invalid(field=field, message=first["msg"]) from None
