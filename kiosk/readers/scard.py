"""The few PC/SC calls a kiosk makes, with reasons instead of numbers.

This is the one file that knows pyscard.  It uses the calls themselves and none of
the library's monitors: their threads die for good when pcscd restarts.  Return
codes alone decide nothing that a person is told during a read, because a card that
is pulled out in the middle of a command comes back as success without an answer.
"""

from __future__ import annotations

from types import ModuleType

from kiosk.readers.base import Down, Unreadable
from kiosk.readers.chip import CardFault
from kiosk.readers.keeper import Lost

PRESENT, MUTE = 0x0020, 0x0200
_PROTOCOLS = 3  # T=0 or T=1, as the card likes
_SHARED, _UNPOWER = 2, 2
_SUCCESS, _TIMEOUT = 0, 0x8010000A

_LOST = {
    0x80100009: Down.GONE,  # unknown reader
    0x80100017: Down.GONE,  # reader unavailable
    0x8010002E: Down.GONE,  # no readers available
}
_SECURITY_VIOLATION = 0x8010006A
"""polkit says no; a pcscd that is killed gives it too, but to open connections only."""
_FAULTS = {
    0x8010000F: Unreadable.MUTE,  # no protocol in common
    0x80100065: Unreadable.MUTE,  # unsupported card
    0x80100066: Unreadable.MUTE,  # unresponsive card
    0x80100067: Unreadable.MUTE,  # unpowered card
}
_SHARING = 0x8010000B


class CardHeld(Exception):
    """Another program has the card for itself."""


class Service:
    """One connection to pcscd.  Used by one thread; `close` may come from any."""

    def __init__(self) -> None:
        """Raises `Lost`."""
        self._scard = _library()
        code, self._context = self._scard.SCardEstablishContext(0)
        if _unsigned(code) == _SECURITY_VIOLATION:
            raise Lost(Down.NOT_ALLOWED)
        _need(code)

    def close(self) -> None:
        """Give the connection back.  pcscd may be gone: that is no error."""
        self._scard.SCardReleaseContext(self._context)

    def readers(self) -> list[str]:
        """The names of the readers that are there.  Raises `Lost`, also when there is none."""
        code, names = self._scard.SCardListReaders(self._context, [])
        _need(code)
        return list(names)

    def states(self, known: dict[str, int], patience_s: float) -> dict[str, int]:
        """The states of these readers, as soon as one differs from what is known of it.

        A state holds `PRESENT` and `MUTE` and, in its upper half, a count of cards that
        came and went.  Raises `Lost`.
        """
        wait_ms = int(patience_s * 1000)
        code, found = self._scard.SCardGetStatusChange(self._context, wait_ms, [*known.items()])
        if _unsigned(code) == _TIMEOUT:
            return known
        _need(code)
        return {name: state for name, state, _ in found}

    def connect(self, reader: str) -> Card:
        """Power the card in a reader.  Raises `CardFault` or `CardHeld`."""
        code, handle, protocol = self._scard.SCardConnect(
            self._context, reader, _SHARED, _PROTOCOLS
        )
        if _unsigned(code) == _SHARING:
            raise CardHeld
        if code != _SUCCESS:
            raise CardFault(_FAULTS.get(_unsigned(code), Unreadable.PULLED_OUT))
        return Card(self._scard, handle, protocol)


class Card:
    """A powered card."""

    def __init__(self, scard: ModuleType, handle: int, protocol: int) -> None:
        self._scard, self._handle = scard, handle
        self._how = scard.SCARD_PCI_T0 if protocol == 1 else scard.SCARD_PCI_T1

    def transmit(self, command: bytes) -> bytearray:
        """Data and two status bytes.  Raises `CardFault`.  May wait as long as the card does."""
        code, answer = self._scard.SCardTransmit(self._handle, self._how, list(command))
        if code != _SUCCESS or not answer:
            raise CardFault(Unreadable.PULLED_OUT)
        data = bytearray(answer)
        answer[:] = [0] * len(answer)
        return data

    def close(self) -> None:
        """Cut its power: nothing of this conversation is left open."""
        self._scard.SCardDisconnect(self._handle, _UNPOWER)


def _library() -> ModuleType:
    """pyscard, which a kiosk without chip cards does not need."""
    try:
        from smartcard import scard
    except ImportError:
        raise Lost(Down.NOT_INSTALLED) from None
    library: ModuleType = scard
    return library


def _unsigned(code: int) -> int:
    return code & 0xFFFFFFFF


def _need(code: int) -> None:
    if code != _SUCCESS:
        raise Lost(_LOST.get(_unsigned(code), Down.NO_SERVICE))
