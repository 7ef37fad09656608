"""Real controllers: one for the tests of a file, and one of a test's own on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.controller.web.process import ENGINES, House, Process


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall on the default engine, shared by the tests of a file: no other file's people wait."""
    process = Process(tmp_path_factory.mktemp("house") / "hall").start()
    yield House(process)
    process.stop()


@pytest.fixture(params=ENGINES)
def own(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A hall of the test's own, once on each engine."""
    process = Process(tmp_path_factory.mktemp("own") / "hall", request.param).start()
    yield House(process)
    process.kill()
