"""Read models: folded from events that are durable, and written down for those who read them."""
