"""The one process that decides: who may take a number, who is called next, and where."""

__version__ = "0.1.0"
