"""The pages: static, without data. What they show comes over the API with the token of whoever
looks."""

from flask import Blueprint, Response

from display.pages import page, screens_blueprint

__all__ = ["pages", "screens_blueprint"]

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> Response:
    """Sign-in, and the way to all pages."""
    return page("staff/index.html")


@pages.get("/setup")
def setup() -> Response:
    """Set the password of an account; the one-time token is in the fragment."""
    return page("staff/setup.html")


@pages.get("/admin")
def admin() -> Response:
    """Accounts and devices."""
    return page("staff/admin.html")


@pages.get("/why")
def why() -> Response:
    """Why who was called, and which windows the next hours need."""
    return page("why/why.html")


@pages.get("/desk")
def desk() -> Response:
    """The guide desk."""
    return page("desk/desk.html")


@pages.get("/supervisor")
def supervisor() -> Response:
    """All windows, and what a supervisor may do about them."""
    return page("supervisor/supervisor.html")


@pages.get("/console")
def console() -> Response:
    """The clerk's console."""
    return page("console/console.html")


@pages.get("/rate")
def rate() -> Response:
    """A visitor rates a visit by the code on the slip."""
    return page("rate/rate.html")
