"""The printer of a window: notices that its clerk tells people, printed once."""
