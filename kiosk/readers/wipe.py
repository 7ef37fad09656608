"""Forgetting what passed through a buffer."""

from __future__ import annotations


def overwrite(buffer: bytearray) -> None:
    """Fill with zeros in place, keeping the length."""
    buffer[:] = bytes(len(buffer))
