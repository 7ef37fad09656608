"""The keys of the console: a clerk changes them, a hall sets its own, no key does two things."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from config.console import DELIVERED, Console
from tests.browser.desk_checks import overflows, violations
from tests.browser.desk_server import DeskServer
from tests.browser.desk_steps import at_window, key, press, quiet

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]


def settings(page: Page) -> Locator:
    """The dialog, opened by its button."""
    page.get_by_role("button", name="按键", exact=True).press("Enter")
    expect(page.locator("dialog h2")).to_have_text("按键设置")
    return page.locator("dialog")


def row(dialog: Locator, deed: str) -> Locator:
    return dialog.locator("li", has=dialog.page.get_by_text(deed, exact=True))


def give(dialog: Locator, deed: str, code: str) -> None:
    """Ask for a key for a deed, and press it."""
    row(dialog, deed).get_by_role("button", name="加键").press("Enter")
    expect(row(dialog, deed).locator("[aria-pressed=true]")).to_have_text("请按键")
    dialog.page.keyboard.press(code)


def take(dialog: Locator, deed: str, cap: str) -> None:
    row(dialog, deed).get_by_role("button", name=f"去掉「{deed}」的 {cap}").press("Enter")


def test_the_whole_cycle_goes_by_the_number_pad(console: Page, server: DeskServer) -> None:
    for code, name in [("NumpadAdd", "F1"), ("Numpad0", "F3"), ("NumpadDecimal", "F4")]:
        expect(key(console, name)).to_be_enabled()
        console.keyboard.press(code)
    expect(console.locator(".blank")).to_be_visible()
    assert server.deeds == ["open", "call", "arrive", "finish"]


def test_digits_of_the_number_pad_choose_a_result_and_a_reason(
    console: Page, server: DeskServer
) -> None:
    press(console, "F1", "F3")
    expect(console.locator(".result")).to_be_visible()
    console.keyboard.press("Numpad5")
    expect(console.locator('.result [aria-pressed="true"]')).to_contain_text("转办")
    press(console, "F4")
    expect(console.locator(".blank")).to_be_visible()
    press(console, "F9")
    console.keyboard.press("Numpad2")
    expect(console.get_by_label("午餐")).to_be_checked()
    console.keyboard.press("Enter")
    expect(console.locator(".blank h2")).to_have_text("暂停服务：午餐")


def test_the_number_pad_types_where_something_is_typed(console: Page, server: DeskServer) -> None:
    press(console, "F9")
    minutes = console.get_by_label("预计分钟")
    minutes.fill("")
    for code in ("Shift+Numpad4", "Shift+Numpad8"):  # so the driver says that the lock is on
        console.keyboard.press(code)
    expect(minutes).to_have_value("48")
    expect(console.locator("dialog")).to_be_visible()
    assert server.deeds == ["open"]


def test_enter_of_the_number_pad_never_finishes_a_case(console: Page, server: DeskServer) -> None:
    press(console, "F1", "F3")
    expect(key(console, "F4")).to_be_enabled()
    for focus in ['[data-key="F4"]', ".result button", "body"]:
        console.locator(focus).first.focus()
        console.keyboard.press("NumpadEnter")
    quiet(console)
    assert "finish" not in server.deeds


def test_a_key_that_a_clerk_chose_works_is_drawn_and_is_there_after_a_reload(
    console: Page, server: DeskServer
) -> None:
    dialog = settings(console)
    take(dialog, "叫号", "F1")
    give(dialog, "叫号", "PageUp")
    take(dialog, "叫号", "Num +")
    console.keyboard.press("Escape")
    expect(key(console, "F1").locator("kbd")).to_have_text("PgUp")
    expect(console.locator(".go kbd")).to_have_text("PgUp")
    console.reload()
    expect(key(console, "F1")).to_be_enabled()
    console.keyboard.press("F1")
    console.keyboard.press("NumpadAdd")
    quiet(console)
    assert server.deeds == ["open"]
    console.keyboard.press("PageUp")
    expect(console.locator(".tk.called .no")).to_have_text("R031")


@pytest.mark.parametrize(
    ("deed", "code", "said"),
    [
        ("弃号", "F2", "F2 已用于「重呼」，请先在那里去掉。"),
        ("弃号", "KeyQ", "KeyQ 不能用。可用 F1 至 F12、Esc、小键盘和编辑键。"),
        ("弃号", "Enter", "Enter 不能用。可用 F1 至 F12、Esc、小键盘和编辑键。"),
        ("结果 1 办结", "Numpad7", "Num 7 已用于「挂起 / 回呼」，请先在那里去掉。"),
    ],
)
def test_a_key_that_cannot_be_had_is_refused_with_words(
    console: Page, deed: str, code: str, said: str
) -> None:
    dialog = settings(console)
    before = dialog.locator(".keylist").inner_text()
    give(dialog, deed, code)
    expect(dialog.locator(".notice")).to_have_text(said)
    assert dialog.locator(".keylist").inner_text() == before
    expect(key(console, "F2").locator("kbd")).to_have_text("F2")


def test_a_deed_keeps_its_last_key(console: Page) -> None:
    dialog = settings(console)
    take(dialog, "弃号", "F10")
    expect(dialog.locator(".notice")).to_have_text("「弃号」至少要留一个键，请先加另一个。")


def test_no_key_presses_anything_while_the_keys_are_chosen(
    console: Page, server: DeskServer
) -> None:
    dialog = settings(console)
    console.keyboard.press("F1")
    give(dialog, "弃号", "F11")
    quiet(console)
    assert server.deeds == ["open"]
    expect(row(dialog, "弃号").locator("kbd")).to_have_text(["F10", "F11"])


def test_escape_ends_the_choice_of_a_key_and_then_the_dialog(console: Page) -> None:
    dialog = settings(console)
    row(dialog, "弃号").get_by_role("button", name="加键").press("Enter")
    console.keyboard.press("Escape")
    expect(dialog.locator("[aria-pressed=true]")).to_have_count(0)
    expect(dialog).to_be_visible()
    console.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_keys_of_the_hall_are_there_until_a_clerk_changes_them_and_again_after_a_reset(
    server: DeskServer, new_page: NewPage
) -> None:
    hall = Console(keys={"call": ("F5",), "recall": ("F1",)}).all_keys()
    server.keys = {deed: list(codes) for deed, codes in hall.items()}
    page = at_window(new_page(1366, 768), server)
    expect(key(page, "F1").locator("kbd")).to_have_text("F5")
    expect(key(page, "F2").locator("kbd")).to_have_text("F1")
    dialog = settings(page)
    give(dialog, "叫号", "F11")
    take(dialog, "叫号", "F5")
    expect(key(page, "F1").locator("kbd")).to_have_text("F11")
    dialog.get_by_role("button", name="恢复大厅的设置").press("Enter")
    expect(key(page, "F1").locator("kbd")).to_have_text("F5")
    page.keyboard.press("Escape")
    page.keyboard.press("F5")
    expect(page.locator(".tk.called .no")).to_have_text("R031")


@pytest.mark.parametrize(
    "kept", ["{", "[]", '{"call": ["F2"], "recall": ["F2"]}', '{"call": []}', '{"call": ["KeyQ"]}']
)
def test_what_the_browser_kept_and_is_no_map_counts_for_nothing(
    server: DeskServer, new_page: NewPage, kept: str
) -> None:
    page = new_page(1366, 768)
    page.add_init_script(f"localStorage.setItem('jiaohao.console.keys', {json.dumps(kept)})")
    at_window(page, server)
    expect(key(page, "F1").locator("kbd")).to_have_text("F1")
    expect(key(page, "F2").locator("kbd")).to_have_text("F2")


def test_the_page_and_the_configuration_deliver_the_same_keys(
    server: DeskServer, new_page: NewPage
) -> None:
    page = new_page(1366, 768)
    page.goto(server.url + "/console")
    delivered = page.evaluate("import('/static/console/keymap.js').then((map) => map.DELIVERED)")
    assert {deed: tuple(codes) for deed, codes in delivered.items()} == DELIVERED


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["desk", "zoomed"])
def test_the_dialog_of_the_keys_is_accessible_and_whole(
    server: DeskServer, new_page: NewPage, lang: str, size: tuple[int, int]
) -> None:
    page = at_window(new_page(*size), server)
    if lang == "en":
        page.get_by_role("button", name="EN", exact=True).click()
    page.get_by_role("button", name="按键" if lang == "zh" else "Keys", exact=True).click()
    page.locator("dialog .add").first.click()
    page.keyboard.press("F2")
    expect(page.locator("dialog .notice")).to_be_visible()
    assert violations(page) == []
    assert overflows(page) == []
