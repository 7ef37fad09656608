"""The LED strip over a window: what it says, how it is told, who keeps it told (docs/led.md)."""
