"""A real controller and the guide's page on it, as the tests of the guide desk use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.controller.web.process import House, Process

NewPage = Callable[..., Page]
GUIDE, SUPERVISOR, CLERK = "0801", "0901", "0505"
WINDOW = 5


def hall(directory: Path) -> House:
    """The demo's hall with a guide, a supervisor, a kiosk, and window 5 open. Passing takes no
    time, and a lease holds five numbers."""
    process = Process(directory)
    process.rule("pass_after_s = 60", "pass_after_s = 0\nlease_numbers = 5")
    house = House(process.start())
    house.staff(GUIDE, "guide")
    house.staff(SUPERVISOR, "supervisor")
    house.device("kiosk")
    house.clerk(WINDOW, CLERK)
    return house


def at_desk(page: Page, house: House, who: str = GUIDE, role: str = "guide") -> Page:
    """The desk of somebody whose tab is signed in already."""
    kept = json.dumps({"staff_no": who, "role": role, "window": None})
    page.add_init_script(
        f"sessionStorage.setItem('jiaohao.staff.token', '{house.tokens[who]}');"
        f"sessionStorage.setItem('jiaohao.staff', '{kept}');"
    )
    page.goto(f"{house.address}/desk")
    expect(page.locator(".take")).to_be_visible()
    expect(page.locator(".net")).to_have_text("实时")
    return page


def find(page: Page, typed: str) -> None:
    """Type into the search box and press Enter."""
    page.locator("[name=find]").fill(typed)
    page.keyboard.press("Enter")


def shown(page: Page, number: str) -> Page:
    """Find a number and wait until it is open."""
    find(page, number)
    expect(page.locator(".search .main")).to_be_enabled()  # found: it may have been open before
    expect(page.locator(".one .big")).to_have_text(number)
    return page


def choose(page: Page, letters: str) -> None:
    """Choose the first item or bundle that the letters find."""
    page.locator("[name=item]").fill(letters)
    page.keyboard.press("Enter")


def deed(page: Page, name: str) -> Locator:
    """The button of a deed."""
    return page.locator(f"[data-deed={name}]")


def ticket(house: House, number: str) -> dict[str, Any]:
    """DESK_TICKET of a number, as the controller knows it."""
    (found,) = house.client(GUIDE).post("/lookups", {"number": number})["tickets"]
    answer: dict[str, Any] = found
    return answer
