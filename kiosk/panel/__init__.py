"""The panel of a kiosk: lamps, staff button, door switch, presence sensor, buzzer.

Everything on it is optional, and a kiosk works without any of it.  `base` has the words, `steady`
(pure) makes sense of bouncing contacts, `signals` (pure) says what lamps and buzzer show for a
session, `pins` is the hardware, `panel` puts them together in a thread.
"""
