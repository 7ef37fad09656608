"""The policies that choose whom a window calls (see README.md)."""
