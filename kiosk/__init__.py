"""The kiosk: one process per kiosk, plain threads."""
