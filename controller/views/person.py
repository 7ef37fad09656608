"""What a view may know of the person behind a ticket, until it is purged."""

from typing import Protocol


class Person(Protocol):
    """A masked name and what staff are told; see `controller.journal.base.PersonRow`."""

    @property
    def masked(self) -> str | None:
        """张*三."""

    @property
    def short_code(self) -> str:
        """What finds the ticket again."""

    @property
    def legal_class(self) -> str | None:
        """The group with a right to go first."""

    @property
    def needs(self) -> str:
        """The help that staff are to give."""

    @property
    def note(self) -> str:
        """A word from one clerk to the next."""
