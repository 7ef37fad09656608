"""The key-pad of a window: the same commands as the console's keys (FR-42)."""
