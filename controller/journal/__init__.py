"""The event log: append durably, read after a sequence number, and answer what was answered."""
