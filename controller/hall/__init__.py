"""The pure core: a hall's state, the commands it obeys and the events they cause (see
README.md)."""
