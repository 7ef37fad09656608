"""A real hall with clerks and a supervisor at their pages, and what stands there between tests."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk_steps import key, press
from tests.controller.web.process import PASSWORD, House, Json

NewPage = Callable[..., Page]
ITEM = "RS-003"
SUPERVISOR = "0901"
EVERYBODY = list(range(1, 25))


def sign_in_at(house: House, page: Page, path: str, staff_no: str) -> Page:
    """By hand, with the password of every account here."""
    page.goto(house.address + path)
    page.get_by_label("工号").fill(staff_no)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    return page


def desk(house: House, new_page: NewPage, no: int) -> Page:
    """A clerk signs in and opens the window."""
    staff_no = f"05{no:02d}"
    house.staff(staff_no, "clerk")
    page = sign_in_at(house, new_page(1366, 768), "/console", staff_no)
    number = page.locator(".no").get_by_text(str(no), exact=True)
    page.locator("button.window", has=number).press("Enter")
    expect(key(page, "F9")).to_be_enabled()
    return page


def tidy(house: House, *numbers: int) -> None:
    """Nobody is in hand, held or waiting any more, and these windows are closed."""
    supervisor = house.client(SUPERVISOR)
    supervisor.command("/roster", on=EVERYBODY)
    for no in numbers:
        desk_now = supervisor.get(f"/windows/{no}/console")["console"]
        clerk, hand = desk_now["window"]["clerk"], desk_now["ticket"]
        if hand is not None:
            command = f"/windows/{no}/drop"
            house.client(clerk).command(command, ticket=hand["id"], reason="wish")
        if clerk is not None:
            supervisor.command(f"/windows/{no}/close")
    for ticket in supervisor.get("/desk/tickets?limit=1000")["tickets"]:
        if ticket["state"] not in {"called", "serving"}:
            supervisor.command(f"/tickets/{ticket['id']}/cancel")


def enter(button: Locator) -> None:
    """Enter on a button once the page offers it: while a deed is on its way it offers none, also
    when the hall shows already what was done."""
    expect(button).to_be_enabled()
    button.press("Enter")


def policy(house: House, **values: int) -> None:
    """Change rules of the running hall."""
    for name, value in values.items():
        house.client(SUPERVISOR).command("/policy", name=name, value=value)


def called(house: House, page: Page, item: str = ITEM) -> str:
    """The number that was called when a person had come."""
    number: str = house.issue(item)["number"]
    press(page, "F1")
    expect(number_of(page)).to_have_text(number)
    return number


def number_of(page: Page) -> Locator:
    """The number in hand."""
    return page.locator(".tk .no")


def ticket_of(house: House, number: str) -> Json:
    """The ticket as the guide desk sees it."""
    ticket: Json = house.client(SUPERVISOR).post("/lookups", {"number": number})["tickets"][0]
    return ticket
