"""Readers: each yields the events of `kiosk.readers.base` and knows nothing of the visit."""
