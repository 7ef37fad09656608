"""Days of a hall, played through the same rules and dispatcher far faster than real time."""
