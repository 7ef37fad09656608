"""What the hall says aloud: phrases put together from clips, and the way to a loudspeaker.

`phrases` (pure) says which clips in which order, `clips` lists them all and reads a folder of
them, `build` makes a placeholder for each, `player` plays them through a `sink`.
"""
