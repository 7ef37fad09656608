"""A blueprint for the pages of the staff: sign-in, set-up, accounts and devices, console."""

from __future__ import annotations

from functools import partial

from flask import Blueprint

from display.pages import page

#: address -> page under ``display/static``
STAFF_PAGES = {
    "/": "staff/index.html",
    "/setup": "staff/setup.html",
    "/admin": "staff/admin.html",
    "/console": "console/console.html",
}


def staff_blueprint() -> Blueprint:
    """``/``, ``/setup``, ``/admin``, ``/console``; files come from the screens' ``/static``."""
    pages = Blueprint("staff", __name__)
    for address, name in STAFF_PAGES.items():
        endpoint = name.removesuffix(".html").replace("/", "-")
        pages.add_url_rule(address, endpoint, partial(page, name))
    return pages
