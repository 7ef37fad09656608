"""``jiaohao serve`` from outside: what it refuses, and how it says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.controller.web.process import REPOSITORY, Process


def serve(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "controller.cli", "serve", "--config", str(config)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_second_controller_of_the_same_state_is_refused(tmp_path: Path) -> None:
    first = Process(tmp_path / "hall").start()
    try:
        second = serve(tmp_path / "hall" / "config")
        assert second.returncode == 1
        assert "another controller is using this state" in second.stderr
        assert first.operator().get("/health")["status"] == "ok"
    finally:
        first.stop()


def test_the_state_is_free_again_after_a_kill(tmp_path: Path) -> None:
    process = Process(tmp_path / "hall").start()
    process.kill()
    assert process.start().stop() == 0


def test_a_wrong_configuration_is_refused_with_file_line_and_key(tmp_path: Path) -> None:
    process = Process(tmp_path / "hall")
    config = process.directory / "config"
    config.joinpath("controller.toml").write_text('[server]\nengine = "asyncio"\n')
    ended = serve(config)
    assert ended.returncode == 2
    assert "controller.toml:2: server.engine:" in ended.stderr


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    first = Process(tmp_path / "one").start()
    try:
        other = tmp_path / "two"
        config = Process(other).directory / "config"
        config.joinpath("controller.toml").write_text(
            f'[server]\nport = {first.port}\nstate_dir = "{other / "state"}"\n'
        )
        ended = serve(config)
        assert ended.returncode == 1
        assert "in use" in ended.stderr
    finally:
        first.stop()
