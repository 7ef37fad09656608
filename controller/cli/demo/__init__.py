"""``jiaohao demo``: a whole hall on this machine, of the real processes and virtual devices."""

from controller.cli.demo.command import command

__all__ = ["command"]
