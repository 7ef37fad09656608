"""Everything a virtual printer can be told to do wrong, one switch each."""

from dataclasses import dataclass


@dataclass(slots=True)
class Faults:
    """Switches for misbehaviour; may be changed while the printer runs.

    `*_after_bytes` count the bytes of a job, without the status queries before it.
    `jams_at_cut`: the blade sticks when it should cut. `slow`: seconds before every answer.
    `print_seconds`: how long a ticket takes; later bytes wait. `never_read`: answers until a job
    begins, then takes no byte more. `silent_after_cut`: prints, then answers nothing.
    `no_queued`: does not know GS r. `garbage`: sent instead of any answer. `refuse`: nobody is
    at the address, or the cable is out.
    """

    paper_near_end: bool = False
    paper_out: bool = False
    paper_out_after_bytes: int | None = None
    cover_open: bool = False
    cover_open_after_bytes: int | None = None
    cutter: bool = False
    jams_at_cut: bool = False
    error: bool = False
    offline: bool = False
    silent: bool = False
    silent_after_cut: bool = False
    no_queued: bool = False
    refuse: bool = False
    close_after_bytes: int | None = None
    slow: float = 0.0
    print_seconds: float = 0.0
    never_read: bool = False
    garbage: bytes | None = None

    @property
    def stopped(self) -> bool:
        """True if the paper cannot move."""
        return self.paper_out or self.cover_open or self.cutter or self.error or self.offline

    def answer(self, query: int) -> bytes:
        """The byte a printer in this condition gives to DLE EOT `query`."""
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * (self.cutter or self.error),
            3: 0x08 * self.cutter | 0x20 * self.error,
            4: 0x0C * (self.paper_near_end or self.paper_out) | 0x60 * self.paper_out,
        }
        return bytes((0x12 | bits[query],))

    def automatic(self) -> bytes:
        """The four bytes of automatic status (ASB)."""
        return bytes(
            (
                0x10 | 0x08 * self.stopped | 0x20 * self.cover_open,
                0x08 * self.cutter | 0x20 * self.error,
                0x03 * (self.paper_near_end or self.paper_out) | 0x0C * self.paper_out,
                0x00,
            )
        )

    def reached(self, job_bytes: int) -> bool:
        """A job has come so far: what was to happen here happens, once. True: the wire breaks."""
        out, cover = self.paper_out_after_bytes, self.cover_open_after_bytes
        if out is not None and job_bytes >= out:
            self.paper_out, self.paper_out_after_bytes = True, None
        if cover is not None and job_bytes >= cover:
            self.cover_open, self.cover_open_after_bytes = True, None
        close = self.close_after_bytes
        if close is None or job_bytes < close:
            return False
        self.close_after_bytes = None
        return True

    def next_stop(self, job_bytes: int) -> int | None:
        """How many bytes more until something is to happen."""
        marks = (self.paper_out_after_bytes, self.cover_open_after_bytes, self.close_after_bytes)
        ahead = [mark - job_bytes for mark in marks if mark is not None]
        return max(min(ahead), 0) if ahead else None
