"""The controller's log: one line each, and no long number on any of them."""

from __future__ import annotations

import pytest
import structlog

from controller.logs import set_up_logs


@pytest.mark.parametrize("length", [15, 17, 18])
def test_no_line_holds_a_long_number(length: int, capsys: pytest.CaptureFixture[str]) -> None:
    number = "9" * length
    try:
        set_up_logs("info")
        log = structlog.get_logger()
        log.info(f"event {number}", text=" ".join(number), whole=int(number), many=[number])
        log.error("refused", error=ValueError(f"{number}X"), ticket="2026-03-17-R055")
    finally:
        structlog.reset_defaults()
    lines = capsys.readouterr().err
    assert number[:14] not in lines.replace(" ", "")
    assert lines.count("\n") == 2
    assert "ticket=2026-03-17-R055" in lines
