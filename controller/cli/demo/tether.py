"""Becomes another program that ends when its parent does: ``python tether.py PARENT -- COMMAND…``.

A parent that is killed cannot end its children, so the kernel does it: SIGTERM reaches the child
when the thread that started it is gone. Standard library only; started by its path.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Tie this process to `parent` and become `command`."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it died before the tie was made
        sys.exit("the parent is gone")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[3:])
