"""The API's own description: OpenAPI 3.1, made from the declared operations and their bodies."""

import re
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from controller import __version__
from controller.web.access import JSON, OPERATIONS, PROBLEM, Operation

REF = "#/components/schemas/{model}"
_PARAMETER = re.compile(r"<(?:(int):)?(\w+)>")
_QUERY = {
    "/snapshot": [("room", "string")],
    "/decisions": [("limit", "integer")],
    "/events": [("after", "integer"), ("limit", "integer")],
}


@cache
def openapi() -> dict[str, Any]:
    """The document served at ``/api/v1/openapi.json``."""
    paths: dict[str, dict[str, Any]] = {}
    for op in OPERATIONS:
        path = "/api/v1" + _PARAMETER.sub(r"{\2}", op.path)
        paths.setdefault(path, {})[op.method.lower()] = _operation(op)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jiaohao controller",
            "version": __version__,
            "description": "The HTTP part of docs/protocol.md.",
        },
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": {"bearer": _BEARER}},
    }


_BEARER = {"type": "http", "scheme": "bearer"}
_PROBLEM = {
    "type": "object",
    "required": ["type", "code", "status", "title", "detail", "zh"],
    "properties": {
        "type": {"type": "string"},
        "code": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "zh": {
            "type": "object",
            "required": ["title", "detail"],
            "properties": {"title": {"type": "string"}, "detail": {"type": "string"}},
        },
    },
}


def _schemas() -> dict[str, Any]:
    models: list[type[BaseModel]] = list(dict.fromkeys(op.body for op in OPERATIONS if op.body))
    _, schema = models_json_schema([(m, "validation") for m in models], ref_template=REF)
    return {**schema["$defs"], "Problem": _PROBLEM}


def _operation(op: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": op.summary,
        "description": "Public." if op.public else "Roles: " + ", ".join(sorted(op.roles)) + ".",
        "responses": {
            str(op.status): _answer(op),
            "4XX": {
                "description": "Refused; nothing has changed",
                "content": {PROBLEM: {"schema": {"$ref": REF.format(model="Problem")}}},
            },
        },
    }
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if kind else "string"},
        }
        for kind, name in _PARAMETER.findall(op.path)
    ]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": kind}}
        for name, kind in _QUERY.get(op.path, [])
    ]
    if parameters:
        described["parameters"] = parameters
    if op.body is not None:
        schema = {"$ref": REF.format(model=op.body.__name__)}
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    if not op.public:
        described["security"] = [{"bearer": []}]
    return described


def _answer(op: Operation) -> dict[str, Any]:
    if op.status == 204:
        return {"description": "Done"}
    return {"description": op.summary, "content": {JSON: {"schema": {"type": "object"}}}}
