"""The namespaces; a machine that refuses them skips what needs them, and says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.namespaces.net import Net, NoNamespaces


@pytest.fixture(scope="module")
def net() -> Iterator[Net]:
    """Two namespaces and a wire, gone again at the end."""
    try:
        with Net() as found:
            yield found
    except NoNamespaces as why:
        pytest.skip(f"network namespaces need root and a kernel that allows them: {why}")
